package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.CroppingLayer;
import io.github.convoluta.network.DenseLayer;
import io.github.convoluta.network.DropoutLayer;
import io.github.convoluta.network.FlattenLayer;
import io.github.convoluta.network.GlobalPoolingLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.PoolingLayer;
import io.github.convoluta.network.TransposedConvolutionLayer;
import io.github.convoluta.network.UpsamplingLayer;
import io.github.convoluta.network.ZeroPaddingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a description accepts, libtorch computes, in exactly the shape that the description says. */
class ShapeTest {

	private static List<Integer> sizes(final int n, final IntSupplier size) {
		final List<Integer> sizes = new ArrayList<>();
		for (int d = 0; d < n; d++)
			sizes.add(size.getAsInt());
		return sizes;
	}

	/** A layer of random kind and numbers; may throw what the description says. */
	private static Layer layer(final Random r, final int n) {
		final List<Integer> size = sizes(n, () -> 1 + r.nextInt(5)), stride = sizes(n, () -> 1 + r.nextInt(4)), few = sizes(n,
			() -> r.nextInt(3));
		final LayerPadding padding = r.nextInt(3) == 0 ? LayerPadding.VALID : r.nextBoolean() ? LayerPadding.SAME
			: new LayerPadding(LayerPadding.Kind.NUMBERS, few);
		final Activation activation = Activation.of(Activation.Kind.values()[r.nextInt(Activation.Kind.values().length)]);
		return switch (r.nextInt(13)) {
			case 0, 1 -> new ConvolutionLayer(4, size, stride, padding, sizes(n, () -> 1 + r.nextInt(3)), r.nextBoolean() ? 1 : 2,
				r.nextBoolean(), 0, activation);
			case 2, 3, 4 -> new PoolingLayer(PoolingLayer.Kind.values()[r.nextInt(3)], size, stride, padding, r.nextBoolean());
			case 5, 6 -> new TransposedConvolutionLayer(3, size, stride, r.nextBoolean() ? LayerPadding.SAME : LayerPadding.VALID,
				r.nextBoolean(), activation);
			case 7 -> new UpsamplingLayer(stride, r.nextBoolean());
			case 8 -> r.nextBoolean() ? new CroppingLayer(few, sizes(n, () -> r.nextInt(3))) : new ZeroPaddingLayer(few, stride);
			case 9 -> new GlobalPoolingLayer(r.nextBoolean());
			case 10 -> new NormalizationLayer(NormalizationLayer.Kind.values()[r.nextInt(3)], 1 + r.nextInt(2));
			case 11 -> r.nextBoolean() ? new DropoutLayer(0.2, r.nextBoolean()) : new ActivationLayer(activation);
			default -> r.nextBoolean() ? new FlattenLayer() : new DenseLayer(3, r.nextBoolean(), 0, activation);
		};
	}

	private static void check(final Network network, final int... extents) {
		final long[] shape = new long[extents.length + 2], expected = TorchTest.resultShape(network, 2, extents);
		shape[0] = 2;
		shape[1] = network.channels();
		for (int d = 0; d < extents.length; d++)
			shape[shape.length - 1 - d] = extents[d];
		final float[] input = TorchTest.random((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b), 3);
		final int count = (int) Arrays.stream(expected).reduce(1, (a, b) -> a * b);
		final Weights weights = Weights.random(Parameter.of(network, extents), 7);
		final String name = network.nodes() + " on " + Arrays.toString(extents);
		try (Inference torch = new TorchEngine().load(network, weights); Inference portable = TorchInference.loadPortable(
			network, weights); Trainer trainer = new TorchEngine().train(network, weights, new TrainingMethod(
				new Loss.MeanSquaredError(), Optimizer.adam())))
		{
			final float[] result = portable.predict(input, shape);
			assertEquals(count, result.length, name);
			for (final float v : result)
				assertTrue(Float.isFinite(v), name);
			assertArrayEquals(result, torch.predict(input, shape), 1e-3f, name);
			final BatchResult evaluation = trainer.evaluate(TorchTest.batch(input, shape, new float[count], expected));
			assertArrayEquals(expected, evaluation.shape(), name);
			assertArrayEquals(result, evaluation.values(), 1e-3f, name);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,80", "2,60", "3,50" })
	void whatADescriptionAcceptsRuns(final int n, final int networks) {
		final Random r = new Random(n);
		int accepted = 0;
		while (accepted < networks) {
			final int[] extents = new int[n];
			for (int d = 0; d < n; d++)
				extents[d] = 1 + r.nextInt(7);
			final Network network;
			try {
				final NetworkBuilder b = NetworkBuilder.network("random", n, 4).convolution(4, 1, LayerPadding.SAME,
					Activation.LINEAR);
				if (r.nextInt(8) == 0) b.flatten();
				network = b.layer(layer(r, n)).build();
				network.shapes(extents);
			}
			catch (final IllegalArgumentException e) {
				assertTrue(e.getMessage() != null && e.getMessage().endsWith("."), e.getMessage());
				continue;
			}
			check(network, extents);
			accepted++;
		}
	}

	@Test
	void poolingsThatLibtorchRefusesAreRefusedWithTheirLayer() {
		final Network partial = NetworkBuilder.network("p", 1, 1).layer(new PoolingLayer(PoolingLayer.Kind.MAX, List.of(5), List
			.of(2), LayerPadding.VALID, true)).build();
		assertEquals("layer 1, MaxPooling1D 5: input 2 is smaller than the window.", assertThrows(IllegalArgumentException.class,
			() -> partial.shapes(2)).getMessage());
		check(partial, 4);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new PoolingLayer(PoolingLayer.Kind.MAX, List.of(2), List
			.of(2), LayerPadding.of(2, 1), false)).getMessage().contains("more than half of its window"));
	}

	/** Averages over windows that reach beyond the image are those of the samples within. */
	@Test
	void averagesCountRealSamplesOnly() {
		final Network network = NetworkBuilder.network("p", 1, 1).layer(new PoolingLayer(PoolingLayer.Kind.AVERAGE, List.of(4),
			List.of(2), LayerPadding.SAME, false)).build();
		final float[] in = { 1, 2, 4, 8, 16 };
		// Three windows of 4, 2 apart, need 3 more samples: 1 before and 2 behind.
		try (Inference torch = new TorchEngine().load(network, new Weights(List.of(), List.of()))) {
			assertArrayEquals(new float[] { (1 + 2 + 4) / 3f, (2 + 4 + 8 + 16) / 4f, (8 + 16) / 2f }, torch.predict(in, 1, 1, 5),
				1e-5f);
		}
	}

	/** Whatever name a layer may have, its network can be loaded, trained and applied. */
	@ParameterizedTest
	@ValueSource(strings = { "forward", "class", "training", "train_step", "m", "v", "steps", "gradients", "evaluate",
		"arrays", "moments", "convolve_halves", "self", "torch", "ops", "none", "true", "int", "float", "bool", "str", "list",
		"tensor", "print", "x", "p", "v0", "w0", "k0", "g0", "a0", "x_m", "lambda", "global", "nonlocal", "async", "await",
		"match", "case", "type", "inf", "nan", "number", "weight", "bias", "loss", "params", "found", "grads", "lr", "y",
		"length", "share", "rate", "annotate", "unchecked_cast", "device", "object", "module", "super", "eval", "train",
		"parameters", "uninitialized", "is", "in", "not", "with", "yield", "exec", "nn" })
	void namesOfLayersAreFreeOrRefused(final String name) {
		final Network.Node node;
		try {
			node = new Network.Node(name, new ConvolutionLayer(2, List.of(3), List.of(1), LayerPadding.SAME, List.of(1), 1, true,
				0, Activation.RELU), List.of(Network.INPUT));
		}
		catch (final IllegalArgumentException e) {
			assertTrue(e.getMessage().contains("No layer can be called \"" + name + "\""), e.getMessage());
			return;
		}
		check(new Network("n", 1, 1, List.of(node)), 5);
	}

	/** Members of the class that a training's code has are no names for layers. */
	@Test
	void membersOfTheCodeAreReserved() {
		final Network network = NetworkBuilder.network("n", 3, 1).convolution(1, 3, LayerPadding.SAME, Activation.RELU).build();
		final List<Parameter> parameters = Parameter.of(network, 4, 4, 4);
		final TrainingMethod method = new TrainingMethod(Loss.crossEntropy(), Optimizer.adam());
		final String code = TrainingCode.methods(network, parameters, method, ForwardStyle.training(3, Precision.FP32,
			Device.CPU, Operators.ALL), Operators.ALL) + HalvedConvolution.METHOD;
		int found = 0;
		for (final String line : code.split("\n")) {
			if (!line.strip().startsWith("def ")) continue;
			final String name = line.strip().substring(4, line.strip().indexOf('('));
			assertThrows(IllegalArgumentException.class, () -> new Network.Node(name, new FlattenLayer(), List.of(-1)), name);
			found++;
		}
		assertEquals(6, found);
	}
}
