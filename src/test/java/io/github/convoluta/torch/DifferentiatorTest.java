package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Differentiator;
import io.github.convoluta.engine.Gradients;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Tensor;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.DropoutLayer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.PoolingLayer;
import io.github.convoluta.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients are slopes, and results of layers are those of the network that ends there. */
@ParameterizedClass
@MethodSource("io.github.convoluta.torch.Styles#all")
class DifferentiatorTest {

	private final Operators operators;

	DifferentiatorTest(final Operators operators) {
		this.operators = operators;
	}

	/** A network with weights and two samples to look into it with. */
	private record Subject(Network network, Weights weights, float[] input, long[] shape) {

		static Subject of(final Network network) {
			final int[] extents = Arrays.copyOf(new int[] { 8, 16, 8 }, network.dimensions());
			return new Subject(network, StyleTest.weights(network, extents), TorchTest.random(2 * network.channels() * Arrays
				.stream(extents).reduce(1, (a, b) -> a * b), 2), shape(network.channels(), extents));
		}

		private static long[] shape(final int channels, final int... extents) {
			final long[] shape = new long[extents.length + 2];
			shape[0] = 2;
			shape[1] = channels;
			for (int d = 0; d < extents.length; d++)
				shape[shape.length - 1 - d] = extents[d];
			return shape;
		}

		List<String> layers() {
			return network.nodes().stream().map(Network.Node::name).toList();
		}

		/** The network that ends with this layer. */
		Network cut(final String layer) {
			return new Network("cut", network.dimensions(), network.channels(), network.nodes().subList(0, network.position(
				layer) + 1));
		}

		/** The weights that a part of the network has. */
		Weights weightsOf(final Network part) {
			final List<String> names = part.nodes().stream().map(Network.Node::name).toList();
			final List<Parameter> parameters = weights.parameters().stream().filter(p -> names.contains(p.name().substring(0, p
				.name().indexOf('.')))).toList();
			return new Weights(parameters, parameters.stream().map(p -> weights.array(p.name())).toList());
		}
	}

	static Stream<Network> networks() {
		return Stream.of(1, 2, 3).flatMap(n -> Stream.of(smooth(Architectures.create("unet depth=2 width=3", n, 2, 3)), smooth(
			Architectures.create("unet depth=1 width=3 norm=instance residual=true", n, 1, 3)), smooth(Architectures.create(
				"unet depth=1 width=3 norm=none", n, 1, 2)), Architectures.create("timeseries width=4", n, 2, 3), classifier(n)));
	}

	/** Without the corners of rectifiers, of which a deep network has so many that every step meets some. */
	private static Network smooth(final Network network) {
		return new Network(network.name(), network.dimensions(), network.channels(), network.nodes().stream().map(node -> node
			.layer().activation().equals(Activation.RELU) ? new Network.Node(node.name(), node.layer().with(Activation.of(
				Activation.Kind.SOFTPLUS)), node.inputs()) : node).toList());
	}

	/** Pooling of every kind, dropout, and a skip over what does nothing but in training. */
	private static Network classifier(final int n) {
		final NetworkBuilder b = NetworkBuilder.network(n + "-D classifier", n, 2).convolution(4, 3, LayerPadding.SAME,
			Activation.RELU).batchNormalization();
		final int skip = b.here();
		b.layer(new DropoutLayer(0.5, true)).concatenate(skip).pooling(PoolingLayer.Kind.AVERAGE, 2, 2, LayerPadding.SAME);
		b.convolution(4, 3, LayerPadding.VALID, Activation.LINEAR).activation(Activation.RELU).maxPooling(2);
		return b.flatten().dense(5, Activation.TANH).dense(3, Activation.SOFTMAX).build();
	}

	private Differentiator load(final Subject s) {
		return TorchDifferentiator.load(s.network, s.weights, Device.CPU, operators);
	}

	private static float[] predict(final Network network, final Weights weights, final float[] input, final long... shape) {
		try (Inference inference = TorchInference.loadPortable(network, weights)) {
			return inference.predict(input, shape);
		}
	}

	/** Some results of each sample weigh, since the sum of many has rounding errors that hide its slope. */
	private static float[] weights(final long... resultShape) {
		final float[] weights = new float[(int) Arrays.stream(resultShape).reduce(1, (a, b) -> a * b)];
		final Random random = new Random(3);
		for (int sample = 0; sample < 2; sample++)
			for (int k = 0; k < 12; k++)
				weights[sample * weights.length / 2 + random.nextInt(weights.length / 2)] = (float) random.nextGaussian();
		return weights;
	}

	/** The weighted sum of the results of one sample that {@link Differentiator#gradients} differentiates. */
	private static double sum(final float[] results, final float[] weights, final int sample) {
		double sum = 0;
		for (int i = sample * weights.length / 2; i < (sample + 1) * weights.length / 2; i++)
			sum += (double) results[i] * weights[i];
		return sum;
	}

	/** A slope; another step tells a corner, which maxima and rectifiers have, from a wrong gradient. */
	private static void assertSlope(final Slope slope, final double gradient, final String where) {
		final double tolerance = 1e-3 + 0.02 * Math.abs(gradient);
		double found = Double.NaN;
		for (final float h : new float[] { 3e-3f, 1e-2f, 1e-3f })
			if (!(Math.abs(found - gradient) <= tolerance)) found = slope.with(h);
		assertEquals(found, gradient, tolerance, where);
	}

	@FunctionalInterface
	private interface Slope {

		double with(float step);
	}

	/** The slope of the sum along one number of an array that it is computed from. */
	private static double slope(final float[] array, final int i, final float h, final DoubleSupplier sum) {
		final float before = array[i];
		array[i] = before + h;
		final double up = sum.getAsDouble();
		array[i] = before - h;
		final double down = sum.getAsDouble();
		array[i] = before;
		return (up - down) / (2 * h);
	}

	@ParameterizedTest
	@MethodSource("networks")
	void gradientsByTheInputAreSlopes(final Network network) {
		final Subject s = Subject.of(network);
		final Network logits = network.logits();
		try (Differentiator torch = load(s); Inference inference = TorchInference.loadPortable(logits, s.weights)) {
			final float[] weights = weights(torch.resultShape(s.shape));
			final Gradients found = torch.gradients(s.input, s.shape, weights, List.of());
			assertArrayEquals(s.shape, found.input().shape());
			final Random random = new Random(4);
			for (int sample = 0; sample < 2; sample++) {
				final int chosen = sample;
				assertEquals(sum(inference.predict(s.input, s.shape), weights, sample), found.sums()[sample], 1e-3);
				final float[] gradient = found.input().values();
				final int half = s.input.length / 2;
				for (int repeat = 0; repeat < 6; repeat++) {
					// Half of them where the gradient is steepest of some.
					final int i = random.ints(repeat % 2 == 0 ? 1 : 20, sample * half, (sample + 1) * half).boxed().max(Comparator
						.comparing(k -> Math.abs(gradient[k]))).orElseThrow();
					assertSlope(h -> slope(s.input, i, h, () -> sum(inference.predict(s.input, s.shape), weights, chosen)),
						gradient[i], network.name() + " [" + i + "]");
				}
			}
		}
	}

	/** Adding to a bias adds to every result of its layer. */
	@ParameterizedTest
	@MethodSource("networks")
	void gradientsByLayersAddUpToTheSlopesOfBiases(final Network network) {
		final Subject s = Subject.of(network);
		final List<String> layers = s.layers().stream().filter(l -> network.logits().nodes().get(network.position(l)).layer()
			.activation().equals(Activation.LINEAR) && s.weights.parameters().stream().anyMatch(p -> p.name().equals(l + ".bias")))
			.toList();
		assertTrue(layers.size() > 1);
		try (Differentiator torch = load(s)) {
			final float[] weights = weights(torch.resultShape(s.shape));
			final Gradients found = torch.gradients(s.input, s.shape, weights, layers);
			final Map<String, Tensor> activations = torch.activations(s.input, s.shape, layers);
			for (final String layer : layers) {
				final Tensor gradient = found.layers().get(layer);
				assertArrayEquals(activations.get(layer).shape(), gradient.shape());
				final int channels = (int) gradient.shape()[1], positions = gradient.values().length / channels / 2;
				final int channel = layers.indexOf(layer) % channels;
				double expected = 0;
				for (int i = 0; i < gradient.values().length; i++)
					if (i / positions % channels == channel) expected += gradient.values()[i];
				assertSlope(h -> slope(s.weights.array(layer + ".bias"), channel, h, () -> {
					final float[] results = predict(network.logits(), s.weights, s.input, s.shape);
					return sum(results, weights, 0) + sum(results, weights, 1);
				}), expected, network.name() + " " + layer + " channel " + channel);
			}
		}
	}

	/** What follows a layer is a network too, whose gradient by its input is that by the layer. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void gradientsByALayerAreThoseOfWhatFollowsIt(final int n) {
		final Network network = NetworkBuilder.network("chain", n, 1).convolution(4, 3, LayerPadding.SAME, Activation.RELU)
			.batchNormalization().maxPooling(2).convolution(5, 3, LayerPadding.SAME, Activation.TANH).transposedConvolution(3, 2)
			.convolution(3, 1, LayerPadding.SAME, Activation.SOFTMAX).build();
		final Subject s = Subject.of(network);
		try (Differentiator whole = load(s)) {
			final float[] weights = weights(whole.resultShape(s.shape));
			final List<String> layers = s.layers();
			final Gradients found = whole.gradients(s.input, s.shape, weights, layers);
			assertEquals(layers, List.copyOf(found.layers().keySet()));
			final Map<String, Tensor> activations = whole.activations(s.input, s.shape, layers);
			for (int i = 0; i < layers.size() - 1; i++) {
				final List<Network.Node> rest = new ArrayList<>();
				for (final Network.Node node : network.nodes().subList(i + 1, layers.size()))
					rest.add(new Network.Node(node.name(), node.layer(), List.of(rest.size() - 1)));
				final Tensor at = activations.get(layers.get(i));
				final Network tail = new Network("tail", n, (int) at.shape()[1], rest);
				try (Differentiator torch = TorchDifferentiator.load(tail, s.weightsOf(tail), Device.CPU, operators)) {
					assertArrayEquals(torch.gradients(at.values(), at.shape(), weights, List.of()).input().values(), found.layers()
						.get(layers.get(i)).values(), 1e-5f, layers.get(i));
				}
			}
			assertArrayEquals(weights, found.layers().get(layers.get(layers.size() - 1)).values(),
				"the last layer's results are the weighted ones");
		}
	}

	@ParameterizedTest
	@MethodSource("networks")
	void activationsAreTheResultsOfTheNetworkCutThere(final Network network) {
		final Subject s = Subject.of(network);
		final List<String> layers = s.layers();
		try (Differentiator torch = load(s)) {
			final Map<String, Tensor> found = torch.activations(s.input, s.shape, layers);
			assertEquals(layers, List.copyOf(found.keySet()));
			for (final String layer : layers) {
				final Network cut = s.cut(layer);
				final List<Shape> shapes = cut.shapes(Arrays.copyOf(new int[] { 8, 16, 8 }, network.dimensions()));
				assertArrayEquals(Subject.shape(shapes.get(shapes.size() - 1).channels(), shapes.get(shapes.size() - 1).spatial()
					.stream().mapToInt(e -> e).toArray()), found.get(layer).shape(), layer);
				assertArrayEquals(predict(cut, s.weightsOf(cut), s.input, s.shape), found.get(layer).values(), 1e-4f, layer);
			}
			try (Inference inference = TorchInference.load(network, s.weights, Precision.FP32, Device.CPU, operators)) {
				assertArrayEquals(inference.predict(s.input, s.shape), found.get(layers.get(layers.size() - 1)).values(), 1e-4f);
			}
		}
	}

	/** Dropout hands its input on as it is; what else reads that input belongs to the layer before alone. */
	@Test
	void whatIsHandedOnUnchangedHasItsOwnGradient() {
		final NetworkBuilder b = NetworkBuilder.network("skip", 1, 1).convolution(2, 1, LayerPadding.SAME, Activation.LINEAR);
		final int before = b.here();
		final Network network = b.dropout(0.5).add(before).build();
		final Subject s = Subject.of(network);
		final List<String> layers = s.layers();
		try (Differentiator torch = load(s)) {
			final float[] weights = TorchTest.random(2 * 2 * 8, 3), twice = new float[weights.length];
			for (int i = 0; i < twice.length; i++)
				twice[i] = 2 * weights[i];
			final Map<String, Tensor> found = torch.gradients(s.input, s.shape, weights, layers).layers();
			assertArrayEquals(weights, found.get(layers.get(1)).values());
			assertArrayEquals(twice, found.get(layers.get(0)).values());
		}
	}

	/** Nothing reads such a layer, so nothing depends on it. */
	@Test
	void theGradientByALayerThatIsNotReadIsZero() {
		final NetworkBuilder b = NetworkBuilder.network("idle", 2, 1).convolution(2, 3, LayerPadding.SAME, Activation.RELU);
		final int first = b.here();
		final Network network = b.convolution(4, 3, LayerPadding.SAME, Activation.RELU).from(first).convolution(2, 1,
			LayerPadding.SAME, Activation.LINEAR).build();
		final Subject s = Subject.of(network);
		try (Differentiator torch = load(s)) {
			final String idle = s.layers().get(1);
			assertArrayEquals(new float[2 * 4 * 8 * 16], torch.classGradients(s.input, s.shape, 1, List.of(idle)).layers().get(
				idle).values());
		}
	}

	/** A dense layer's logit of a class has that class's weights as its gradient, to the last bit. */
	@Test
	void aLinearNetworkHasItsWeightsAsItsGradient() {
		final Network network = NetworkBuilder.network("linear", 2, 1).flatten().dense(3, Activation.SOFTMAX).build();
		final Subject s = Subject.of(network);
		final float[] w = s.weights.array(s.layers().get(1) + ".weight");
		try (Differentiator torch = load(s)) {
			for (int c = 0; c < 3; c++) {
				final Gradients found = torch.classGradients(s.input, s.shape, c, List.of());
				final float[] row = Arrays.copyOfRange(w, c * 128, (c + 1) * 128);
				assertArrayEquals(row, Arrays.copyOfRange(found.input().values(), 0, 128));
				assertArrayEquals(row, Arrays.copyOfRange(found.input().values(), 128, 256));
				final float[] logits = predict(network.logits(), s.weights, s.input, s.shape);
				assertArrayEquals(new float[] { logits[c], logits[3 + c] }, found.sums(), 1e-5f);
			}
		}
	}

	/** The score of a class at one position of a segmentation: its gradient is the filter, laid where it was applied. */
	@Test
	void aConvolutionHasItsFilterAsTheGradientOfOnePosition() {
		final Network network = NetworkBuilder.network("filter", 2, 1).convolution(2, 3, LayerPadding.SAME, Activation.SOFTMAX)
			.build();
		final Subject s = Subject.of(network);
		final float[] filter = s.weights.array(s.layers().get(0) + ".weight"), one = new float[2 * 2 * 8 * 16], expected =
			new float[2 * 8 * 16];
		one[1 * 128 + 5 * 8 + 4] = 1;
		for (int v = 0; v < 3; v++)
			for (int u = 0; u < 3; u++)
				expected[(4 + v) * 8 + 3 + u] = filter[9 + v * 3 + u];
		try (Differentiator torch = load(s)) {
			assertArrayEquals(expected, torch.gradients(s.input, s.shape, one, List.of()).input().values());
		}
	}

	/** For segmentations the class's score is its sum over all positions. */
	@Test
	void theScoreOfAClassIsASumOverPositions() {
		final Subject s = Subject.of(Architectures.create("unet depth=1 width=2", 2, 1, 3));
		final float[] weights = new float[2 * 3 * 128];
		for (int i = 0; i < weights.length; i++)
			weights[i] = i / 128 % 3 == 2 ? 1 : 0;
		try (Differentiator torch = load(s)) {
			final Gradients sum = torch.gradients(s.input, s.shape, weights, List.of()), score = torch.classGradients(s.input,
				s.shape, 2, List.of());
			assertArrayEquals(sum.sums(), score.sums());
			assertArrayEquals(sum.input().values(), score.input().values());
		}
	}

	/** Asking changes nothing: the same question has the same answer, and after a refusal too. */
	@Test
	void whatDoesNotFitIsRefused() {
		final Subject s = Subject.of(classifier(2));
		try (Differentiator torch = load(s)) {
			final float[] first = torch.classGradients(s.input, s.shape, 0, List.of()).input().values();
			assertRefused(() -> torch.activations(s.input, s.shape, List.of("conv9")), "no layer \"conv9\"", String.join(", ", s
				.layers()));
			assertRefused(() -> torch.classGradients(s.input, s.shape, 0, List.of("")), "no layer \"\"");
			assertRefused(() -> torch.classGradients(s.input, s.shape, 3, List.of()), "class number 3", "0 to 2");
			assertRefused(() -> torch.classGradients(s.input, s.shape, -1, List.of()), "class number -1");
			assertRefused(() -> torch.gradients(s.input, s.shape, new float[5], List.of()), "5 weights", "6 values", "[2, 3]");
			assertRefused(() -> torch.gradients(new float[7], s.shape, new float[6], List.of()), "7 values", "512");
			assertRefused(() -> torch.activations(s.input, new long[] { 1, 4, 16, 8 }, List.of()), "2 channels", "[1, 4, 16, 8]");
			assertRefused(() -> torch.activations(s.input, new long[] { 2, 2, 128 }, List.of()), "2 spatial axes");
			assertEquals(Map.of(), torch.activations(s.input, s.shape, List.of()));
			assertArrayEquals(first, torch.classGradients(s.input, s.shape, 0, List.of()).input().values());
		}
	}

	private static void assertRefused(final Runnable question, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, question::run).getMessage();
		for (final String part : parts)
			assertTrue(message.contains(part), message);
	}
}
