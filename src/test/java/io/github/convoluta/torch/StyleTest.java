package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.OptimizerState;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.TransposedConvolutionLayer;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All ways of writing a network's code compute the same. */
@ParameterizedClass
@MethodSource("io.github.convoluta.torch.Styles#all")
class StyleTest {

	private final Operators operators;

	StyleTest(final Operators operators) {
		this.operators = operators;
	}

	/** Weights whose biases and running statistics are not the trivial ones. */
	static Weights weights(final Network network, final int... extents) {
		final Weights weights = Weights.random(Parameter.of(network, extents), 3);
		final Random random = new Random(4);
		for (int i = 0; i < weights.arrays().size(); i++)
			if (weights.parameters().get(i).shape().size() == 1) for (int k = 0; k < weights.arrays().get(i).length; k++)
				weights.arrays().get(i)[k] += 0.3f * random.nextFloat();
		return weights;
	}

	@ParameterizedTest
	@CsvSource({ "unet depth=2 width=4,1", "unet depth=2 width=4 residual=true norm=group,2",
		"unet depth=2 width=4 norm=instance,3", "resnet18 width=8,1", "fcn width=4,3", "cnn width=4 depth=2,2", "digits,1" })
	void predictionsAgree(final String architecture, final int channels) {
		for (int n = 1; n <= 3; n++) {
			final Example e = Example.of(architecture, n, channels);
			final TrainingMethod method = new TrainingMethod(new Loss.MeanSquaredError(), Optimizer.adam());
			try (Trainer trainer = TorchTrainer.start(e.network, e.weights, method, operators)) {
				assertArrayEquals(e.expected, trainer.evaluate(TorchTest.batch(e.input, e.shape, new float[e.expected.length],
					TorchTest.resultShape(e.network, 2, e.extents))).values(), 2e-4f);
			}
			try (Inference torch = TorchInference.load(e.network, e.weights, Precision.FP32, Device.CPU, operators)) {
				assertArrayEquals(e.expected, torch.predict(e.input, e.shape), 2e-4f, architecture + " " + n + "-D");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "unet depth=2 width=4,1", "unet depth=2 width=4 residual=true norm=group,2",
		"unet depth=2 width=4 norm=instance,3", "resnet18 width=8,1", "fcn width=4,3", "cnn width=4 depth=2,2", "digits,1" })
	void predictionsWith16BitsAreClose(final String architecture, final int channels) {
		Styles.assumeBfloat16();
		for (int n = 1; n <= 3; n++) {
			final Example e = Example.of(architecture, n, channels);
			try (Inference torch = TorchInference.load(e.network, e.weights, Precision.BF16, Device.CPU, operators)) {
				final float[] rough = torch.predict(e.input, e.shape);
				double difference = 0;
				for (int i = 0; i < e.expected.length; i++)
					difference += Math.abs(e.expected[i] - rough[i]);
				assertTrue(difference / rough.length < 0.02, architecture + " " + n + "-D: " + difference / rough.length);
			}
		}
	}

	/** A network, an input and the result of the code that is written to files. */
	private record Example(Network network, Weights weights, int[] extents, float[] input, long[] shape, float[] expected) {

		static Example of(final String architecture, final int n, final int channels) {
			final int[] extents = new int[n];
			Arrays.fill(extents, 16);
			final long[] shape = new long[n + 2];
			Arrays.fill(shape, 16);
			shape[0] = 2;
			shape[1] = channels;
			final Network network = Architectures.create(architecture, n, channels, 3);
			final Weights weights = StyleTest.weights(network, extents);
			final float[] input = TorchTest.random((int) (2 * channels * Math.pow(16, n)), 5);
			try (Inference portable = TorchInference.loadPortable(network, weights)) {
				return new Example(network, weights, extents, input, shape, portable.predict(input, shape));
			}
		}
	}

	/** Small whole numbers are exact with 16 bits too. */
	@ParameterizedTest
	@CsvSource({ "1,true", "2,true", "3,true", "2,false", "3,false" })
	void transposedConvolutionsAgreeInBothPrecisions(final int n, final boolean bias) {
		Styles.assumeBfloat16();
		final List<Integer> size = List.of(2, 3, 4).subList(0, n);
		final NetworkBuilder builder = NetworkBuilder.network("up", n, 3);
		builder.layer(new TransposedConvolutionLayer(5, size, size, LayerPadding.VALID, bias, Activation.LINEAR));
		builder.layer(new TransposedConvolutionLayer(2, size, Collections.nCopies(n, 1), LayerPadding.VALID, bias,
			Activation.LINEAR));
		final Network network = builder.build();
		final int[] extents = { 4, 3, 2 };
		final Weights weights = Weights.random(Parameter.of(network, Arrays.copyOf(extents, n)), 1);
		final Random random = new Random(2);
		for (final float[] array : weights.arrays())
			for (int i = 0; i < array.length; i++)
				array[i] = random.nextInt(3) - 1;
		final long[] shape = new long[n + 2];
		shape[0] = 2;
		shape[1] = 3;
		for (int d = 0; d < n; d++)
			shape[n + 1 - d] = extents[d];
		final float[] x = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < x.length; i++)
			x[i] = random.nextInt(3) - 1;
		final long[] result = TorchTest.resultShape(network, 2, Arrays.copyOf(extents, n));
		final float[] target = new float[(int) Arrays.stream(result).reduce(1, (a, b) -> a * b)];
		final List<float[]> values = new ArrayList<>();
		final List<List<float[]>> gradients = new ArrayList<>();
		for (final Precision precision : Precision.values())
			try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(new Loss.MeanSquaredError(), Optimizer
				.adam(), 0, precision, Device.CPU), operators))
			{
				values.add(trainer.evaluate(TorchTest.batch(x, shape, target, result)).values());
				gradients.add(trainer.gradients(TorchTest.batch(x, shape, target, result), true));
			}
		assertArrayEquals(values.get(0), values.get(1));
		for (int k = 0; k < gradients.get(0).size(); k++) {
			float largest = 0;
			for (final float g : gradients.get(0).get(k))
				largest = Math.max(largest, Math.abs(g));
			assertArrayEquals(gradients.get(0).get(k), gradients.get(1).get(k), 0.01f * largest);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "2,1", "2,3", "3,1", "3,2" })
	void trainingInBothPrecisionsLearnsTheSame(final int n, final int channels) {
		Styles.assumeBfloat16();
		final Network network = Architectures.create("unet depth=1 width=8", n, channels, 2);
		final int[] extents = new int[n];
		Arrays.fill(extents, 16);
		final long[] shape = new long[n + 2], labels = new long[n + 1];
		Arrays.fill(shape, 16);
		Arrays.fill(labels, 16);
		shape[0] = labels[0] = 2;
		shape[1] = channels;
		final int volume = (int) Math.pow(16, n);
		final float[] x = TorchTest.random(2 * channels * volume, 1);
		final long[] y = new long[2 * volume];
		for (int i = 0; i < y.length; i++)
			y[i] = x[i / volume * channels * volume + i % volume] > 0.5 ? 1 : 0;
		final Weights first = Weights.random(Parameter.of(network, extents), 5);
		final float[] last = new float[2];
		for (final Precision precision : Precision.values())
			try (Trainer trainer = TorchTrainer.start(network, first, new TrainingMethod(Loss.crossEntropy(), Optimizer.adam(), 1,
				precision, Device.CPU), operators))
			{
				final float before = trainer.evaluate(TorchTest.batch(x, shape, y, labels)).loss();
				for (int i = 0; i < 30; i++)
					trainer.step(TorchTest.batch(x, shape, y, labels), 0.02);
				last[precision.ordinal()] = trainer.evaluate(TorchTest.batch(x, shape, y, labels)).loss();
				assertTrue(last[precision.ordinal()] < 0.5 * before, precision + ": from " + before + " to " + last[precision
					.ordinal()]);
			}
		assertEquals(last[0], last[1], 0.1);
	}

	/** Layouts must not mix up weights: gradients and the optimiser's step are the same with filters stored either way. */
	@ParameterizedTest
	@CsvSource({ "2,1", "2,3", "3,1", "3,2" })
	void theFusedStepIsAdams(final int n, final int channels) {
		final Network network = Architectures.create("unet depth=1 width=4", n, channels, 2);
		final int[] extents = new int[n];
		Arrays.fill(extents, 8);
		final long[] shape = new long[n + 2], labels = new long[n + 1];
		Arrays.fill(shape, 8);
		Arrays.fill(labels, 8);
		shape[0] = labels[0] = 2;
		shape[1] = channels;
		final int volume = (int) Math.pow(8, n);
		final float[] x = TorchTest.random(2 * channels * volume, 1);
		final long[] y = new long[2 * volume];
		for (int i = 0; i < y.length; i++)
			y[i] = i % 3 == 0 ? 1 : 0;
		final Weights first = Weights.random(Parameter.of(network, extents), 5);
		try (Trainer trainer = TorchTrainer.start(network, first, new TrainingMethod(Loss.crossEntropy(), Optimizer.adam()),
			operators))
		{
			final List<float[]> gradients = trainer.gradients(TorchTest.batch(x, shape, y, labels), true);
			trainer.step(TorchTest.batch(x, shape, y, labels), 1e-3);
			final OptimizerState state = trainer.optimizerState();
			final Weights after = trainer.weights();
			assertEquals(1, state.steps());
			for (int k = 0, t = 0; k < first.arrays().size(); k++) {
				if (!first.parameters().get(k).role().isTrainable()) continue;
				final float[] g = gradients.get(t);
				for (int i = 0; i < g.length; i++) {
					assertEquals(0.1 * g[i], state.first().get(t)[i], 1e-6, first.parameters().get(k).name());
					final double step = 1e-3 * g[i] / (Math.abs(g[i]) + 1e-8);
					if (Math.abs(g[i]) > 1e-5) assertEquals(first.arrays().get(k)[i] - step, after.arrays().get(k)[i], 2e-5, first
						.parameters().get(k).name());
				}
				t++;
			}
		}
	}
}
