package io.github.convoluta.torch;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;

/**
 * Operators that not every libtorch has; where one is missing, networks are written with those that all have, which is
 * the portable style.
 *
 * @param convolution whether the library oneDNN is there, whose convolution computes an activation too
 * @param adam whether a step of Adam is one operator
 */
record Operators(Ability convolution, Ability adam) {

	static final Operators ALL = new Operators(Ability.YES, Ability.YES);

	/** Extent of the pictures to try with. */
	private static final int SIZE = 6;

	/** None of them, for this reason. */
	static Operators none(final String reason) {
		return new Operators(Ability.no(reason), Ability.no(reason));
	}

	/** Loads and runs tiny networks that name them. Takes some hundredths of a second. */
	static Operators probe() {
		return new Operators(Ability.of(Operators::convolve), Ability.of(Operators::step));
	}

	/** Whether convolutions copy their input, once for every window that a pixel is in, before they compute. */
	public boolean unfolds() {
		return !convolution.works();
	}

	private static void convolve() {
		for (int n = 2; n <= 3; n++) {
			final Network network = network(n);
			final Weights weights = Weights.random(parameters(network), 1);
			final float[] input = input(n);
			try (Inference direct = TorchInference.load(network, weights, Precision.FP32, Device.CPU, ALL); Inference portable =
				TorchInference.loadPortable(network, weights))
			{
				final float[] found = direct.predict(input, shape(n)), expected = portable.predict(input, shape(n));
				for (int i = 0; i < expected.length; i++)
					if (!(Math.abs(found[i] - expected[i]) < 1e-3)) throw new IllegalStateException("its convolutions give " +
						found[i] + " instead of " + expected[i]);
			}
		}
	}

	private static void step() {
		final Network network = network(2);
		final Weights weights = Weights.random(parameters(network), 1);
		final float[] input = input(2), target = new float[input.length];
		for (final Optimizer optimizer : List.of(Optimizer.adam(), Optimizer.adamW()))
			try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(new Loss.MeanSquaredError(), optimizer),
				new Operators(Ability.no("not tried"), Ability.YES)))
			{
				trainer.step(new Batch(input, shape(2), new Target.Values(target, shape(2))), 1e-3);
			}
	}

	/** With every way in which the operators are called. */
	private static Network network(final int n) {
		return NetworkBuilder.network("probe", n, 2).convolution(4, 3, LayerPadding.SAME, Activation.RELU).layer(
			new ConvolutionLayer(2, Collections.nCopies(n, 1), Collections.nCopies(n, 1), LayerPadding.VALID, Collections.nCopies(
				n, 1), 1, false, 0, Activation.LINEAR)).build();
	}

	private static List<Parameter> parameters(final Network network) {
		final int[] extents = new int[network.dimensions()];
		Arrays.fill(extents, SIZE);
		return Parameter.of(network, extents);
	}

	private static float[] input(final int n) {
		final float[] input = new float[2 * (int) Math.pow(SIZE, n)];
		for (int i = 0; i < input.length; i++)
			input[i] = i % 7 - 3;
		return input;
	}

	private static long[] shape(final int n) {
		final long[] shape = new long[n + 2];
		Arrays.fill(shape, SIZE);
		shape[0] = 1;
		shape[1] = 2;
		return shape;
	}
}
