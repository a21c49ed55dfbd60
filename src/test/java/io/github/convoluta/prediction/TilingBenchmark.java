package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.PredictedImages;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.RandomAccessibleInterval;
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

/** An ImageJ stack of 512x512x64 pixels, labelled by the predictor, beside the bare network on as many numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 4)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class TilingBenchmark {

	private static final int WIDTH = 512, SLICES = 64;

	/** How the stack is taken. */
	public enum Case {
		PLANES, VOLUME
	}

	@Param
	public Precision precision;
	@Param
	public Case stack;

	private final float[] pixels = new float[WIDTH * WIDTH * SLICES];
	private List<RandomAccessibleInterval<?>> views;
	private PredictedImages labels;
	private Predictor predictor;
	private Inference torch;

	@Setup(Level.Trial)
	public void load() {
		final Random random = new Random(1);
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = random.nextFloat();
		final ImageStack slices = new ImageStack(WIDTH, WIDTH);
		for (int z = 0; z < SLICES; z++)
			slices.addSlice("", Arrays.copyOfRange(pixels, z * WIDTH * WIDTH, (z + 1) * WIDTH * WIDTH));
		final NetworkViews image = NetworkViews.of(new ImagePlus("stack", slices), stack == Case.VOLUME ? SpatialAxes.XYZ
			: SpatialAxes.XY);
		views = image.all();
		final int[] patch = stack == Case.VOLUME ? new int[] { 32, 32, 32 } : new int[] { 32, 32 };
		final TrainedModel model = ExampleModel.of(Architectures.create("unet depth=3 width=16", patch.length, 1, 3),
			Task.SEGMENTATION, patch);
		labels = new PredictedImages(image, model.classes(), true, false);
		predictor = new Predictor(new TorchEngine(), model, precision, Device.CPU);
		torch = new TorchEngine().load(model.network(), model.weights(), precision, Device.CPU);
	}

	@TearDown(Level.Trial)
	public void close() {
		predictor.close();
		torch.close();
	}

	@Benchmark
	public int bareNetwork() {
		if (stack == Case.VOLUME) return torch.predict(pixels, 1, 1, SLICES, WIDTH, WIDTH).length;
		int n = 0;
		for (int z = 0; z < SLICES; z++)
			n += torch.predict(Arrays.copyOfRange(pixels, z * WIDTH * WIDTH, (z + 1) * WIDTH * WIDTH), 1, 1, WIDTH, WIDTH).length;
		return n;
	}

	@Benchmark
	public void predictor() {
		segment(PredictionOptions.USUAL);
	}

	/** In quarters, as if memory were short: halos cost what they cost. */
	@Benchmark
	public void predictorInFourTiles() {
		segment(stack == Case.VOLUME ? PredictionOptions.USUAL.withTile(WIDTH / 2, WIDTH / 2, SLICES) : PredictionOptions.USUAL
			.withTile(WIDTH / 2, WIDTH / 2));
	}

	private void segment(final PredictionOptions options) {
		final RandomAccessibleInterval<?> first = views.get(0);
		for (int i = 0; i < views.size(); i++) {
			final Tiling tiling = predictor.tiling(Arrays.copyOf(first.dimensionsAsLongArray(), first.numDimensions() - 1),
				options);
			predictor.on(views.get(i), options, Monitor.NONE).predict(tiling, labels.sink(i, tiling), Monitor.NONE);
		}
	}
}
