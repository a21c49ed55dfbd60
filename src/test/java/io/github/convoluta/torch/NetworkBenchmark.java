package io.github.convoluta.torch;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step and a prediction of usual networks, beside the same networks made of DJL's own blocks and in
 * eager PyTorch (fails there, and goes on, where no Python with torch is found, see {@link PythonPeer}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class NetworkBenchmark {

	/** Who computes. */
	public enum Engine {
		DJL, PYTHON, FP32, BF16
	}

	/** Networks and their inputs: samples, channels, (z,) y, x. */
	public enum Case {

		DIGITS("digits", 10, 64, 1, 28, 28), XRAY("xray", 2, 32, 3, 128, 128), UNET_2D("unet depth=3 width=16", 2, 4, 1, 256,
			256), UNET_3D("unet depth=3 width=16", 2, 1, 1, 64, 64, 64);

		private final String architecture;
		private final int classes;
		private final long[] shape;

		Case(final String architecture, final int classes, final long... shape) {
			this.architecture = architecture;
			this.classes = classes;
			this.shape = shape;
		}
	}

	@Param
	public Engine engine;
	@Param
	public Case problem;

	private float[] x, large;
	private long[] y, labels, whole;
	private DjlPeer peer;
	private PythonPeer python;
	private Trainer trainer;
	private Inference torch;

	@Setup(Level.Trial)
	public void load() {
		final long[] shape = problem.shape;
		final int n = shape.length - 2;
		final Network network = Architectures.create(problem.architecture, n, (int) shape[1], problem.classes);
		final Random random = new Random(1);
		labels = network.isDense() ? new long[n + 1] : new long[1];
		labels[0] = shape[0];
		for (int d = 1; d < labels.length; d++)
			labels[d] = shape[d + 1];
		x = values(shape, random);
		y = new long[(int) Arrays.stream(labels).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < y.length; i++)
			y[i] = random.nextInt(problem.classes);
		whole = problem == Case.UNET_2D ? new long[] { 1, 1, 512, 512 } : problem == Case.UNET_3D ? new long[] { 1, 1, 96, 96,
			96 } : shape;
		large = values(whole, random);
		if (engine == Engine.DJL) {
			peer = new DjlPeer(network, shape);
			return;
		}
		if (engine == Engine.PYTHON) {
			python = new PythonPeer(network, shape, whole);
			return;
		}
		final int[] extents = new int[n];
		for (int d = 0; d < n; d++)
			extents[d] = (int) shape[n + 1 - d];
		final Weights weights = Weights.random(Parameter.of(network, extents), 1);
		final Precision precision = engine == Engine.FP32 ? Precision.FP32 : Precision.BF16;
		trainer = new TorchEngine().train(network, weights, new TrainingMethod(Loss.crossEntropy(), Optimizer.adam(), 0,
			precision, Device.CPU));
		torch = new TorchEngine().load(network, weights, precision, Device.CPU);
	}

	private static float[] values(final long[] shape, final Random random) {
		final float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextFloat();
		return values;
	}

	@TearDown(Level.Trial)
	public void close() throws IOException {
		if (peer != null) peer.close();
		else if (python != null) python.close();
		else if (trainer != null) {
			trainer.close();
			torch.close();
		}
	}

	@Benchmark
	public float train() {
		if (python != null) return python.step("train");
		return peer != null ? peer.step(x, problem.shape, y, labels) : trainer.step(new Batch(x, problem.shape,
			new Target.Classes(y, labels)), 1e-3);
	}

	@Benchmark
	public float[] predict() {
		if (python != null) return new float[] { python.step("predict") };
		return peer != null ? peer.predict(large, whole) : torch.predict(large, whole);
	}
}
