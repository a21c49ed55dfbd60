package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All ways of writing a network's code compute the same. */
class StyleTest {

	/** Weights whose biases and running statistics are not the trivial ones. */
	static Weights weights(final Network network, final int... extents) {
		final Weights weights = Weights.random(Parameter.of(network, extents), 3);
		final Random random = new Random(4);
		for (int i = 0; i < weights.arrays().size(); i++)
			if (weights.parameters().get(i).shape().size() == 1) for (int k = 0; k < weights.arrays().get(i).length; k++)
				weights.arrays().get(i)[k] += 0.3 * random.nextFloat();
		return weights;
	}

	@ParameterizedTest
	@CsvSource({ "unet depth=2 width=4,1", "unet depth=2 width=4 residual=true norm=group,2", "unet depth=2 width=4 norm=instance,3",
		"resnet18 width=8,1", "fcn width=4,3", "cnn width=4 depth=2,2", "digits,1" })
	void predictionsAgree(final String architecture, final int channels) {
		for (int n = 1; n <= 3; n++) {
			final int[] extents = new int[n];
			Arrays.fill(extents, 16);
			final long[] shape = new long[n + 2];
			Arrays.fill(shape, 16);
			shape[0] = 2;
			shape[1] = channels;
			final Network network = Architectures.create(architecture, n, channels, 3);
			final Weights weights = weights(network, extents);
			final float[] input = TorchTest.random((int) (2 * channels * Math.pow(16, n)), 5);
			final float[] expected;
			try (Torch portable = Torch.loadPortable(network, weights)) {
				expected = portable.predict(input, shape);
			}
			final TorchTrainer.Method method = new TorchTrainer.Method(new Loss.MeanSquaredError(), Optimizer.adam());
			final long[] result = TorchTest.resultShape(network, 2, extents);
			try (TorchTrainer trainer = TorchTrainer.start(network, weights, method)) {
				assertArrayEquals(expected, trainer.evaluate(input, shape, new float[expected.length], result).values(), 2e-4f);
			}
			try (Torch torch = Torch.load(network, weights); Torch half = Torch.load(network, weights, Precision.BF16, Device.CPU)) {
				final float[] fused = torch.predict(input, shape), rough = half.predict(input, shape);
				assertEquals(expected.length, fused.length);
				double difference = 0;
				for (int i = 0; i < expected.length; i++) {
					assertEquals(expected[i], fused[i], 2e-4, architecture + " " + n + "-D");
					difference += Math.abs(expected[i] - rough[i]);
				}
				assertTrue(difference / expected.length < 0.02, architecture + " " + n + "-D bf16: " + difference / expected.length);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "2,1", "2,3", "3,1", "3,2" })
	void trainingInBothPrecisionsLearnsTheSame(final int n, final int channels) {
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
			try (TorchTrainer trainer = TorchTrainer.start(network, first, new TorchTrainer.Method(Loss.crossEntropy(), Optimizer.adam(), 1,
				precision, Device.CPU)))
			{
				final float before = trainer.evaluate(x, shape, y, labels).loss();
				for (int i = 0; i < 30; i++)
					trainer.step(x, shape, y, labels, 0.02);
				last[precision.ordinal()] = trainer.evaluate(x, shape, y, labels).loss();
				assertTrue(last[precision.ordinal()] < 0.5 * before, precision + ": from " + before + " to " + last[precision.ordinal()]);
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
		try (TorchTrainer trainer = TorchTrainer.start(network, first, new TorchTrainer.Method(Loss.crossEntropy(), Optimizer.adam()))) {
			final List<float[]> gradients = trainer.gradients(x, shape, y, labels, true);
			trainer.step(x, shape, y, labels, 1e-3);
			final OptimizerState state = trainer.optimizerState();
			final Weights after = trainer.weights();
			assertEquals(1, state.steps());
			for (int k = 0, t = 0; k < first.arrays().size(); k++) {
				if (!first.parameters().get(k).role().isTrainable()) continue;
				final float[] g = gradients.get(t);
				for (int i = 0; i < g.length; i++) {
					assertEquals(0.1 * g[i], state.first().get(t)[i], 1e-6, first.parameters().get(k).name());
					final double step = 1e-3 * g[i] / (Math.abs(g[i]) + 1e-8);
					if (Math.abs(g[i]) > 1e-5) assertEquals(first.arrays().get(k)[i] - step, after.arrays().get(k)[i], 2e-5, first.parameters().get(
						k).name());
				}
				t++;
			}
		}
	}
}
