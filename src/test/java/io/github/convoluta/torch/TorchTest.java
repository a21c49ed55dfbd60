package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.CroppingLayer;
import io.github.convoluta.network.DropoutLayer;
import io.github.convoluta.network.GlobalPoolingLayer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.PoolingLayer;
import io.github.convoluta.network.Shape;
import io.github.convoluta.network.TransposedConvolutionLayer;
import io.github.convoluta.network.UpsamplingLayer;
import io.github.convoluta.network.ZeroPaddingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.github.convoluta.torch.Styles#all")
class TorchTest {

	private final Operators operators;

	TorchTest(final Operators operators) {
		this.operators = operators;
	}

	/** Normally distributed numbers. */
	static float[] random(final int n, final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = (float) random.nextGaussian();
		return values;
	}

	/** A batch with classes as its target. */
	static Batch batch(final float[] input, final long[] shape, final long[] classes, final long[] targetShape) {
		return new Batch(input, shape, new Target.Classes(classes, targetShape));
	}

	/** A batch with values as its target. */
	static Batch batch(final float[] input, final long[] shape, final float[] values, final long[] targetShape) {
		return new Batch(input, shape, new Target.Values(values, targetShape));
	}

	private static List<Integer> all(final int n, final int value) {
		return Collections.nCopies(n, value);
	}

	/** Shape of a network's result: samples, channels, (z,) (y,) x. */
	static long[] resultShape(final Network network, final int samples, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		final Shape out = shapes.get(shapes.size() - 1);
		final long[] result = new long[out.dimensions() + 2];
		result[0] = samples;
		result[1] = out.channels();
		for (int d = 0; d < out.dimensions(); d++)
			result[result.length - 1 - d] = out.spatial().get(d);
		return result;
	}

	static Stream<Network> layers() {
		return Stream.of(1, 2, 3).flatMap(n -> {
			final Stream.Builder<Network> s = Stream.builder();
			for (final LayerPadding p : new LayerPadding[] { LayerPadding.VALID, LayerPadding.SAME, LayerPadding.of(1, n) })
				for (final int size : new int[] { 2, 3 })
					for (final int stride : new int[] { 1, 2, 3 })
						s.add(one(n, new ConvolutionLayer(4, all(n, size), all(n, stride), p, all(n, stride == 1 ? 2 : 1), 2, size == 2,
							0, Activation.of(Activation.Kind.GELU))));
			for (final PoolingLayer.Kind kind : PoolingLayer.Kind.values())
				for (final boolean partial : new boolean[] { true, false })
					s.add(one(n, new PoolingLayer(kind, all(n, 3), all(n, 2), LayerPadding.of(1, n), partial)));
			s.add(one(n, new PoolingLayer(PoolingLayer.Kind.MAX, all(n, 2), all(n, 2), LayerPadding.SAME, false)));
			s.add(one(n, new PoolingLayer(PoolingLayer.Kind.MIN, all(n, 2), all(n, 1), LayerPadding.SAME, false)));
			s.add(one(n, new TransposedConvolutionLayer(3, all(n, 3), all(n, 2), LayerPadding.VALID, true, Activation.TANH)));
			s.add(one(n, new TransposedConvolutionLayer(3, all(n, 4), all(n, 2), LayerPadding.SAME, false, Activation.LINEAR)));
			s.add(one(n, new TransposedConvolutionLayer(3, all(n, 3), all(n, 2), LayerPadding.SAME, true, Activation.LINEAR)));
			for (final NormalizationLayer.Kind kind : NormalizationLayer.Kind.values())
				s.add(one(n, new NormalizationLayer(kind, kind == NormalizationLayer.Kind.GROUP ? 2 : 1)));
			s.add(one(n, new UpsamplingLayer(all(n, 2), false)));
			s.add(one(n, new UpsamplingLayer(all(n, 3), true)));
			s.add(one(n, new CroppingLayer(all(n, 1), all(n, 2))));
			s.add(one(n, new ZeroPaddingLayer(all(n, 2), all(n, 1))));
			s.add(one(n, new GlobalPoolingLayer(true)));
			s.add(one(n, new GlobalPoolingLayer(false)));
			s.add(one(n, new DropoutLayer(0.5, true)));
			return s.build();
		});
	}

	private static Network one(final int n, final io.github.convoluta.network.Layer layer) {
		return NetworkBuilder.network(n + "-D " + layer, n, 4).layer(layer).build();
	}

	private float[] predict(final Network network, final float[] input, final int... extents) {
		final List<Parameter> parameters = Parameter.of(network, extents);
		final long[] shape = new long[extents.length + 2];
		shape[1] = network.channels();
		for (int d = 0; d < extents.length; d++)
			shape[shape.length - 1 - d] = extents[d];
		shape[0] = input.length / Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
		try (Inference torch = TorchInference.load(network, Weights.random(parameters, 7), Precision.FP32, Device.CPU,
			operators))
		{
			return torch.predict(input, shape);
		}
	}

	@ParameterizedTest
	@MethodSource("layers")
	void resultsHaveTheShapesThatTheDescriptionSays(final Network network) {
		final int[] extents = Arrays.copyOf(new int[] { 9, 8, 7 }, network.dimensions());
		final List<Shape> shapes = network.shapes(extents);
		final int count = 4 * Arrays.stream(extents).reduce(1, (a, b) -> a * b);
		final float[] result = predict(network, random(2 * count, 3), extents);
		assertEquals(2 * shapes.get(shapes.size() - 1).count(), result.length);
		for (final float v : result)
			assertEquals(true, Float.isFinite(v));
	}

	@Test
	void aConvolutionIsTheCorrelationOfTheFilters() {
		final Network network = NetworkBuilder.network("c", 2, 2).layer(new ConvolutionLayer(1, List.of(3, 2), List.of(2, 1),
			LayerPadding.SAME, List.of(1, 1), 1, true, 0, Activation.LINEAR)).build();
		final Weights weights = Weights.random(Parameter.of(network, 7, 5), 7);
		final float[] in = random(2 * 5 * 7, 4), w = weights.array("conv1.weight");
		final float[] out = predict(network, in, 7, 5);
		assertEquals(4 * 5, out.length);
		for (int y = 0; y < 5; y++)
			for (int x = 0; x < 4; x++) {
				double expected = 0;
				for (int c = 0; c < 2; c++)
					for (int v = 0; v < 2; v++)
						for (int u = 0; u < 3; u++) {
							// Along x 7 samples with stride 2 and size 3 need one zero at each end, along y one at the far end.
							final int px = 2 * x + u - 1, py = y + v;
							if (px >= 0 && px < 7 && py < 5) expected += w[(c * 2 + v) * 3 + u] * in[(c * 5 + py) * 7 + px];
						}
				assertEquals(expected, out[y * 4 + x], 1e-5);
			}
	}

	@Test
	void activationsAreTheFunctionsOfTheDescription() {
		final float[] in = { -10, -3, -0.5f, 0, 0.25f, 2, 5, 6, 10 };
		for (final Activation a : new Activation[] { Activation.RELU, Activation.relu(0.5, null, 0), Activation.relu(0, 5.0, 0),
			Activation.relu(0, null, 5), Activation.relu(0.5, null, 5), Activation.relu(0.1, 6.0, 1), Activation.of(
				Activation.Kind.LEAKY_RELU), Activation.of(Activation.Kind.ELU), Activation.of(Activation.Kind.GELU),
			Activation.SIGMOID, Activation.TANH, Activation.of(Activation.Kind.SOFTPLUS), Activation.LINEAR })
		{
			final float[] out = predict(NetworkBuilder.network("a", 1, 1).layer(new ActivationLayer(a)).build(), in, in.length);
			for (int i = 0; i < in.length; i++)
				assertEquals(a.apply(in[i]), out[i], 2e-6, a + " at " + in[i]);
		}
	}

	@Test
	void architecturesRun() {
		for (final String name : new String[] { "digits", "lenet5", "resnet18 width=8", "fcn width=4",
			"unet depth=2 width=4 residual=true", "unet depth=2 width=8 norm=group", "timeseries width=8", "mlp width=10" })
			for (int n = 1; n <= 3; n++) {
				final Network network = Architectures.create(name, n, 1, 3);
				final int[] extents = new int[n];
				Arrays.fill(extents, 32);
				final float[] result = predict(network, random((int) Math.pow(32, n), 5), extents);
				float sum = 0;
				for (final float v : result)
					sum += v;
				assertEquals(result.length / 3, sum, 1e-3 * result.length, name + " in " + n + "-D: classes must sum to 1");
			}
	}

	@Test
	void theSameSeedGivesTheSameWeights() {
		final List<Parameter> p = Parameter.of(Architectures.create("digits", 2, 1, 10), 28, 28);
		assertArrayEquals(Weights.random(p, 3).array("conv2.weight"), Weights.random(p, 3).array("conv2.weight"));
		double square = 0;
		final float[] w = Weights.random(p, 3).array("conv2.weight");
		for (final float v : w)
			square += v * v;
		assertEquals(2.0 / (25 * 32), square / w.length, 1e-4);
	}

	@Test
	void aStateDictHoldsTheNamesAndTheWeights() throws IOException {
		final List<Parameter> parameters = Parameter.of(Architectures.create("unet depth=1 width=2", 2, 1, 2), 8, 8);
		final Weights weights = Weights.random(parameters, 4);
		final ByteArrayOutputStream target = new ByteArrayOutputStream();
		TorchArchive.writeStateDict(weights, target);
		final List<float[]> read = TorchArchive.readWeights(parameters, target.toByteArray()).arrays();
		for (int i = 0; i < read.size(); i++)
			assertArrayEquals(weights.arrays().get(i), read.get(i));
		final String text = target.toString(StandardCharsets.ISO_8859_1);
		for (final Parameter p : parameters)
			assertTrue(text.contains(p.name()), p.name());
	}
}
