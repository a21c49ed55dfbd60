package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.AdditionLayer;
import io.github.convoluta.network.ConcatenationLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.PoolingLayer;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of every gradient, for every kind of layer in every dimension: it is the slope of the loss. */
@ParameterizedClass
@MethodSource("io.github.convoluta.torch.Styles#all")
class LayerGradientTest {

	private final Operators operators;

	LayerGradientTest(final Operators operators) {
		this.operators = operators;
	}

	static Stream<Network> networks() {
		final Stream<Network> single = TorchTest.layers().map(n -> after(n.dimensions(), n.nodes().get(0).layer()));
		final Stream<Network> more = Stream.of(1, 2, 3).flatMap(n -> Stream.concat(Stream.of(Activation.Kind.values()).map(
			kind -> after(n, new ActivationLayer(Activation.of(kind)))), Stream.of(two(n, new AdditionLayer()), two(n,
				new ConcatenationLayer()), NetworkBuilder.network(n + "-D dense", n, 2).convolution(4, 1, LayerPadding.SAME,
					Activation.TANH).flatten().dense(3, Activation.TANH).build())));
		return Stream.concat(single, more);
	}

	/** A layer whose input depends on weights. */
	private static Network after(final int n, final Layer layer) {
		return NetworkBuilder.network(n + "-D " + layer, n, 2).convolution(4, 1, LayerPadding.SAME, Activation.TANH).layer(layer)
			.build();
	}

	private static Network two(final int n, final Layer layer) {
		final NetworkBuilder b = NetworkBuilder.network(n + "-D " + layer, n, 2).convolution(4, 1, LayerPadding.SAME,
			Activation.TANH);
		final int first = b.here();
		b.convolution(4, 1, LayerPadding.SAME, Activation.TANH);
		return (layer instanceof AdditionLayer ? b.add(first) : b.concatenate(first)).build();
	}

	@ParameterizedTest
	@MethodSource("networks")
	void gradientsAreSlopes(final Network network) {
		final int n = network.dimensions();
		final int[] extents = Arrays.copyOf(new int[] { 7, 6, 5 }, n);
		final long[] shape = new long[n + 2];
		shape[0] = 2;
		shape[1] = 2;
		for (int d = 0; d < n; d++)
			shape[n + 1 - d] = extents[d];
		final long[] target = TorchTest.resultShape(network, 2, extents);
		final float[] x = random(shape, 1), y = random(target, 2);
		final Weights weights = Weights.random(Parameter.of(network, extents), 3);
		final TrainingMethod method = new TrainingMethod(new Loss.MeanSquaredError(), Optimizer.adam());
		try (Trainer trainer = TorchTrainer.start(network, weights, method, operators)) {
			final List<float[]> gradients = trainer.gradients(TorchTest.batch(x, shape, y, target), false);
			final Random random = new Random(4);
			for (int k = 0, t = 0; k < weights.arrays().size(); k++) {
				if (!weights.parameters().get(k).role().isTrainable()) continue;
				final float[] w = weights.arrays().get(k);
				for (int repeat = 0; repeat < 2; repeat++) {
					final int i = random.nextInt(w.length);
					final float before = w[i];
					// Where a maximum changes its place the loss has a corner: two step widths tell it from a wrong gradient.
					double best = Double.MAX_VALUE, slope = 0;
					for (final float h : new float[] { 1e-2f, 2e-3f }) {
						w[i] = before + h;
						final double up = loss(network, weights, method, x, shape, y, target);
						w[i] = before - h;
						final double down = loss(network, weights, method, x, shape, y, target);
						w[i] = before;
						final double s = (up - down) / (2 * h);
						if (Math.abs(s - gradients.get(t)[i]) < best) {
							best = Math.abs(s - gradients.get(t)[i]);
							slope = s;
						}
					}
					assertEquals(slope, gradients.get(t)[i], 1e-3 + 0.02 * Math.abs(slope), network.name() + " " + weights.parameters()
						.get(k).name() + "[" + i + "]");
				}
				t++;
			}
		}
	}

	/**
	 * Training takes maxima before rectifying, and rectifies in place. The limit of a rectifier that nothing reaches hinders it
	 * from doing so.
	 */
	@ParameterizedTest
	@CsvSource({ "1,BATCH", "2,BATCH", "3,BATCH", "1,GROUP", "2,GROUP", "3,GROUP", "1,INSTANCE", "2,INSTANCE", "3,INSTANCE" })
	void shortcutsGiveTheSameGradients(final int n, final NormalizationLayer.Kind kind) {
		final int[] extents = Arrays.copyOf(new int[] { 23, 17, 19 }, n);
		final long[] shape = new long[n + 2];
		shape[0] = 2;
		shape[1] = 2;
		for (int d = 0; d < n; d++)
			shape[n + 1 - d] = extents[d];
		final List<List<float[]>> found = new ArrayList<>();
		for (final Activation relu : new Activation[] { Activation.RELU, Activation.relu(0, 1e30, 0) }) {
			final Network network = rectified(n, new NormalizationLayer(kind, 2), relu);
			// With biases nothing is exactly 0, where both rectifiers have different slopes.
			final Weights weights = StyleTest.weights(network, extents);
			final long[] target = TorchTest.resultShape(network, 2, extents);
			try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(new Loss.MeanSquaredError(), Optimizer
				.adam()), operators))
			{
				found.add(trainer.gradients(TorchTest.batch(random(shape, 1), shape, random(target, 2), target), true));
			}
		}
		for (int k = 0; k < found.get(0).size(); k++)
			assertArrayEquals(found.get(1).get(k), found.get(0).get(k), 1e-6f);
	}

	private static Network rectified(final int n, final NormalizationLayer norm, final Activation relu) {
		final NetworkBuilder b = NetworkBuilder.network("rectified", n, 2).convolution(4, 3, LayerPadding.SAME, relu);
		b.pooling(PoolingLayer.Kind.MAX, 3, 2, LayerPadding.SAME);
		b.convolution(4, 3, LayerPadding.SAME, Activation.LINEAR).layer(norm).activation(relu).maxPooling(2);
		b.convolution(4, 3, LayerPadding.SAME, Activation.LINEAR).layer(norm).activation(relu);
		final int skip = b.here();
		b.convolution(4, 3, LayerPadding.SAME, relu).convolution(4, 1, LayerPadding.SAME, Activation.LINEAR).layer(norm);
		return b.add(skip).activation(relu).transposedConvolution(4, 2).activation(relu).build();
	}

	private double loss(final Network network, final Weights weights, final TrainingMethod method, final float[] x,
		final long[] shape, final float[] y, final long[] target)
	{
		try (Trainer trainer = TorchTrainer.start(network, weights, method, operators)) {
			return trainer.evaluate(TorchTest.batch(x, shape, y, target)).loss();
		}
	}

	private static float[] random(final long[] shape, final long seed) {
		return TorchTest.random((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b), seed);
	}
}
