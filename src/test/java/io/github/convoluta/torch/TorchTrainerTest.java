package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
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
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.github.convoluta.torch.Styles#all")
class TorchTrainerTest {

	private final Operators operators;

	TorchTrainerTest(final Operators operators) {
		this.operators = operators;
	}

	private static long[] labels(final int n, final int classes, final long seed, final boolean sparse) {
		final Random random = new Random(seed);
		final long[] labels = new long[n];
		for (int i = 0; i < n; i++)
			labels[i] = sparse && random.nextInt(3) > 0 ? Target.IGNORED : random.nextInt(classes);
		return labels;
	}

	static Stream<Loss> losses() {
		return Stream.of(Loss.crossEntropy(), new Loss.CrossEntropy(List.of(1f, 3f, 0.5f)), new Loss.Focal(2), new Loss.Focal(2,
			List.of(1f, 3f, 0.5f)), new Loss.Dice(0), new Loss.Dice(1), new Loss.Dice(1, List.of(1f, 3f, 0.5f)),
			new Loss.MeanSquaredError(), new Loss.MeanAbsoluteError());
	}

	/** The law of every gradient: it is the slope of the loss. */
	@ParameterizedTest
	@MethodSource("losses")
	void gradientsAreTheSlopesOfTheLoss(final Loss loss) {
		final Network network = NetworkBuilder.network("g", 2, 2).convolution(4, 3, LayerPadding.SAME, Activation.TANH)
			.batchNormalization().convolution(3, 3, LayerPadding.SAME, Activation.SOFTMAX).build();
		final Weights weights = Weights.random(Parameter.of(network, 6, 5), 1);
		final long[] shape = { 2, 2, 5, 6 };
		final float[] x = TorchTest.random(120, 2);
		final boolean classes = loss.isForClasses();
		final long[] targetShape = classes ? new long[] { 2, 5, 6 } : new long[] { 2, 3, 5, 6 };
		final float[] values = TorchTest.random(180, 3);
		final Batch batch = classes ? TorchTest.batch(x, shape, labels(60, 3, 3, true), targetShape) : TorchTest.batch(x, shape,
			values, targetShape);
		final List<float[]> gradients;
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(loss, Optimizer.adam()), operators)) {
			gradients = trainer.gradients(batch, false);
		}
		final List<Integer> trainable = IntStream.range(0, weights.parameters().size()).filter(i -> weights.parameters().get(i)
			.role().isTrainable()).boxed().toList();
		final float h = 1e-2f;
		for (int k = 0; k < trainable.size(); k++) {
			final int index = trainable.get(k);
			final float[] w = weights.arrays().get(index);
			for (int i = 0; i < w.length; i += Math.max(1, w.length / 5)) {
				final float before = w[i];
				w[i] = before + h;
				final double up = lossOf(network, weights, loss, batch);
				w[i] = before - h;
				final double down = lossOf(network, weights, loss, batch);
				w[i] = before;
				final double slope = (up - down) / (2 * h);
				assertEquals(slope, gradients.get(k)[i], 2e-3 + 0.02 * Math.abs(slope), loss + " " + weights.parameters().get(index)
					.name() + "[" + i + "]");
			}
		}
	}

	static Stream<Loss> lossesForClasses() {
		return Stream.concat(losses(), Stream.of(new Loss.Focal(0), new Loss.Focal(0.5), new Loss.CrossEntropy(List.of(0f, 0f,
			0f)))).filter(Loss::isForClasses);
	}

	/** Where nothing is labelled there is nothing to learn: no step moves a weight. */
	@ParameterizedTest
	@MethodSource("lossesForClasses")
	void aLossOverNothingIsNothing(final Loss loss) {
		final Network network = NetworkBuilder.network("g", 2, 2).convolution(4, 3, LayerPadding.SAME, Activation.TANH)
			.convolution(3, 3, LayerPadding.SAME, Activation.SOFTMAX).build();
		final long[] shape = { 2, 2, 5, 6 }, targetShape = { 2, 5, 6 }, none = new long[60];
		final float[] x = TorchTest.random(120, 2);
		Arrays.fill(none, Target.IGNORED);
		final Weights weights = Weights.random(Parameter.of(network, 6, 5), 1);
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(loss, new Optimizer.Sgd(0, 0), 5,
			Precision.FP32, Device.CPU), operators))
		{
			assertEquals(0, trainer.evaluate(TorchTest.batch(x, shape, none, targetShape)).loss(), 1e-6);
			for (final float[] gradient : trainer.gradients(TorchTest.batch(x, shape, none, targetShape), true))
				assertArrayEquals(new float[gradient.length], gradient);
			assertEquals(0, trainer.step(TorchTest.batch(x, shape, none, targetShape), 0.1), 1e-6);
			for (int i = 0; i < weights.arrays().size(); i++)
				assertArrayEquals(weights.arrays().get(i), trainer.weights().arrays().get(i));
			none[7] = 2;
			for (final float[] gradient : trainer.gradients(TorchTest.batch(x, shape, none, targetShape), true))
				for (final float g : gradient)
					assertTrue(Float.isFinite(g), loss + ": one label is enough");
		}
	}

	/** Losses for values have one for every position, so that only a batch without samples is nothing. */
	@ParameterizedTest
	@MethodSource("losses")
	void aBatchWithoutSamplesIsNothing(final Loss loss) {
		final Network network = NetworkBuilder.network("g", 1, 2).convolution(3, 3, LayerPadding.SAME, Activation.LINEAR)
			.build();
		final Weights weights = Weights.random(Parameter.of(network, 6), 1);
		final long[] shape = { 0, 2, 6 };
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(loss, new Optimizer.Sgd(0, 0)),
			operators))
		{
			final Batch none = loss.isForClasses() ? TorchTest.batch(new float[0], shape, new long[0], new long[] { 0, 6 })
				: TorchTest.batch(new float[0], shape, new float[0], new long[] { 0, 3, 6 });
			for (final float[] gradient : trainer.gradients(none, true))
				assertArrayEquals(new float[gradient.length], gradient);
			assertEquals(0, trainer.evaluate(none).loss());
		}
	}

	/** Samples without labels change nothing: the mean is over what is labelled, by the weights of its classes. */
	@Test
	void crossEntropyIsTheMeanOverWhatIsLabelled() {
		final Network network = NetworkBuilder.network("g", 1, 3).convolution(3, 1, LayerPadding.SAME, Activation.SOFTMAX)
			.build();
		final Weights weights = Weights.random(Parameter.of(network, 40), 1);
		final float[] x = TorchTest.random(120, 2), factors = { 1, 3, 0.5f };
		final long[] y = labels(40, 3, 3, true), shape = { 1, 3, 40 }, targetShape = { 1, 40 };
		for (final Loss loss : new Loss[] { Loss.crossEntropy(), new Loss.CrossEntropy(List.of(1f, 3f, 0.5f)), new Loss.Focal(2),
			new Loss.Focal(2, List.of(1f, 3f, 0.5f)) })
			try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(loss, Optimizer.adam()), operators)) {
				final BatchResult e = trainer.evaluate(TorchTest.batch(x, shape, y, targetShape));
				double sum = 0, all = 0;
				for (int i = 0; i < 40; i++) {
					if (y[i] < 0) continue;
					double exponentials = 0;
					for (int c = 0; c < 3; c++)
						exponentials += Math.exp(e.values()[c * 40 + i]);
					final double factor = ((Loss.ForClasses) loss).classWeights().isEmpty() ? 1 : factors[(int) y[i]];
					final double entropy = Math.log(exponentials) - e.values()[(int) y[i] * 40 + i];
					sum += factor * entropy * (loss instanceof Loss.Focal ? Math.pow(1 - Math.exp(-entropy), 2) : 1);
					all += factor;
				}
				assertEquals(sum / all, e.loss(), 1e-5);
			}
	}

	/** Weights of the classes count in the cross-entropy that is added to the coefficients. */
	@Test
	void theSharesOfALossAddUp() {
		final Network network = NetworkBuilder.network("g", 1, 3).convolution(3, 1, LayerPadding.SAME, Activation.SOFTMAX)
			.build();
		final Weights weights = Weights.random(Parameter.of(network, 40), 1);
		final Batch batch = TorchTest.batch(TorchTest.random(120, 2), new long[] { 1, 3, 40 }, labels(40, 3, 3, true),
			new long[] { 1, 40 });
		final List<Float> factors = List.of(1f, 3f, 0.5f);
		assertEquals(lossOf(network, weights, new Loss.Dice(0), batch) + 0.5 * lossOf(network, weights, new Loss.CrossEntropy(
			factors), batch), lossOf(network, weights, new Loss.Dice(0.5).weighted(factors), batch), 1e-5);
	}

	private double lossOf(final Network network, final Weights weights, final Loss loss, final Batch batch) {
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(loss, Optimizer.adam()), operators)) {
			return trainer.evaluate(batch).loss();
		}
	}

	static Stream<Optimizer> optimizers() {
		return Stream.of(Optimizer.adam(), Optimizer.adamW(), new Optimizer.Sgd(0, 0), new Optimizer.Sgd(0.9, 1e-4), Optimizer
			.rmsProp());
	}

	static Stream<Optimizer> decayingOptimizers() {
		return Stream.concat(optimizers(), Stream.of(Optimizer.adam(), Optimizer.adamW(), Optimizer.sgd(), Optimizer.rmsProp())
			.map(o -> o.decaying(0.3)));
	}

	/** A weight after a step, by the formulas in PyTorch's documentation. */
	private static double stepped(final Optimizer optimizer, final double weight, final double gradient, final double[] state,
		final int step, final double rate)
	{
		final boolean decoupled = optimizer instanceof final Optimizer.Adam a && a.decoupled();
		final double w = decoupled ? weight * (1 - rate * optimizer.weightDecay()) : weight, g = decoupled ? gradient
			: gradient + optimizer.weightDecay() * weight;
		if (optimizer instanceof final Optimizer.Adam adam) {
			state[0] = adam.beta1() * state[0] + (1 - adam.beta1()) * g;
			state[1] = adam.beta2() * state[1] + (1 - adam.beta2()) * g * g;
			return w - rate * state[0] / (1 - Math.pow(adam.beta1(), step)) / (Math.sqrt(state[1] / (1 - Math.pow(adam.beta2(),
				step))) + 1e-8);
		}
		if (optimizer instanceof final Optimizer.RmsProp rms) {
			state[1] = rms.decay() * state[1] + (1 - rms.decay()) * g * g;
			return w - rate * g / (Math.sqrt(state[1]) + rms.epsilon());
		}
		state[0] = ((Optimizer.Sgd) optimizer).momentum() * state[0] + g;
		return w - rate * state[0];
	}

	@ParameterizedTest
	@MethodSource("decayingOptimizers")
	void everyOptimizerStepsAsItsFormulaSays(final Optimizer optimizer) {
		final Network network = NetworkBuilder.network("g", 1, 2).convolution(4, 3, LayerPadding.SAME, Activation.TANH)
			.convolution(1, 3, LayerPadding.SAME, Activation.LINEAR).build();
		final Weights first = Weights.random(Parameter.of(network, 12), 1);
		final Batch batch = TorchTest.batch(TorchTest.random(72, 2), new long[] { 3, 2, 12 }, TorchTest.random(36, 3),
			new long[] { 3, 1, 12 });
		final double[][][] state = first.arrays().stream().map(a -> new double[a.length][2]).toArray(double[][][]::new);
		try (TorchTrainer trainer = TorchTrainer.start(network, first, new TrainingMethod(new Loss.MeanSquaredError(),
			optimizer), operators))
		{
			for (int step = 1; step <= 3; step++) {
				final Weights before = trainer.weights();
				final List<float[]> gradients = trainer.gradients(batch, true);
				trainer.step(batch, 0.01);
				final Weights after = trainer.weights();
				for (int k = 0; k < state.length; k++)
					for (int i = 0; i < state[k].length; i++)
						assertEquals(stepped(optimizer, before.arrays().get(k)[i], gradients.get(k)[i], state[k][i], step, 0.01), after
							.arrays().get(k)[i], 1e-5, optimizer + ", step " + step);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("optimizers")
	void everyOptimizerLearns(final Optimizer optimizer) {
		final Network network = Architectures.create("unet depth=1 width=4", 2, 1, 2);
		final float[] x = TorchTest.random(4 * 256, 1);
		final long[] y = new long[4 * 256];
		for (int i = 0; i < y.length; i++)
			y[i] = x[i] > 0 ? 1 : 0;
		try (Trainer trainer = TorchTrainer.start(network, Weights.random(Parameter.of(network, 16, 16), 5), new TrainingMethod(
			Loss.crossEntropy(), optimizer), operators))
		{
			float first = 0, last = 0;
			for (int i = 0; i < 60; i++) {
				last = trainer.step(TorchTest.batch(x, new long[] { 4, 1, 16, 16 }, y, new long[] { 4, 16, 16 }),
					optimizer instanceof final Optimizer.Sgd sgd ? sgd.momentum() > 0 ? 0.05 : 0.5 : 0.01);
				if (i == 0) first = last;
			}
			assertTrue(last < 0.6 * first, optimizer + ": from " + first + " to " + last);
		}
	}

	/** The first step of plain gradient descent is the gradient times the rate. */
	@Test
	void gradientDescentFollowsTheGradient() {
		final Network network = Architectures.create("digits", 2, 1, 4);
		final Weights weights = Weights.random(Parameter.of(network, 16, 16), 5);
		final float[] x = TorchTest.random(3 * 256, 1);
		final long[] y = { 0, 3, 1 }, shape = { 3, 1, 16, 16 };
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(Loss.crossEntropy(), new Optimizer.Sgd(0,
			0)), operators))
		{
			final List<float[]> gradients = trainer.gradients(TorchTest.batch(x, shape, y, new long[] { 3 }), true);
			trainer.step(TorchTest.batch(x, shape, y, new long[] { 3 }), 0.1);
			final Weights after = trainer.weights();
			for (int k = 0; k < gradients.size(); k++)
				for (int i = 0; i < gradients.get(k).length; i++)
					assertEquals(weights.arrays().get(k)[i] - 0.1f * gradients.get(k)[i], after.arrays().get(k)[i], 1e-5);
		}
	}

	/** Plain descent at rate 1 goes as far as the gradients are long. */
	@Test
	void longGradientsAreShortenedTogether() {
		final Network network = Architectures.create("digits", 2, 1, 4);
		final Weights weights = Weights.random(Parameter.of(network, 16, 16), 5);
		final float[] x = TorchTest.random(3 * 256, 1);
		final long[] y = { 0, 3, 1 }, shape = { 3, 1, 16, 16 };
		double whole = 0;
		for (final double clip : new double[] { 0, 0.01, 1e6 })
			try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(Loss.crossEntropy(), new Optimizer.Sgd(
				0, 0), clip, Precision.FP32, Device.CPU), operators))
			{
				trainer.step(TorchTest.batch(x, shape, y, new long[] { 3 }), 1);
				final Weights after = trainer.weights();
				double square = 0;
				for (int k = 0; k < after.arrays().size(); k++)
					for (int i = 0; i < after.arrays().get(k).length; i++)
						square += Math.pow(after.arrays().get(k)[i] - weights.arrays().get(k)[i], 2);
				final double length = Math.sqrt(square);
				if (clip == 0) whole = length;
				assertEquals(clip == 0.01 ? clip : whole, length, 1e-3 * length);
			}
		assertTrue(whole > 0.1, "otherwise nothing was shortened: " + whole);
	}

	@Test
	void theSameSeedGivesTheSameLosses() {
		final float[][] losses = new float[2][5];
		for (final float[] run : losses) {
			final Network network = Architectures.create("cnn depth=2 width=4", 3, 1, 3);
			try (Trainer trainer = TorchTrainer.start(network, Weights.random(Parameter.of(network, 8, 8, 8), 2),
				new TrainingMethod(Loss.crossEntropy(), Optimizer.adam()), operators))
			{
				for (int i = 0; i < run.length; i++)
					run[i] = trainer.step(TorchTest.batch(TorchTest.random(4 * 512, i), new long[] { 4, 1, 8, 8, 8 }, labels(4, 3, i,
						false), new long[] { 4 }), 1e-3);
			}
		}
		assertArrayEquals(losses[0], losses[1]);
	}

	@Test
	void runningStatisticsAndPredictionsFollowTraining() {
		final Network network = Architectures.create("unet depth=1 width=4", 1, 1, 2);
		final Weights weights = Weights.random(Parameter.of(network, 32), 5);
		try (Trainer trainer = TorchTrainer.start(network, weights, new TrainingMethod(Loss.crossEntropy(), Optimizer.adam()),
			operators))
		{
			for (int i = 0; i < 20; i++)
				trainer.step(TorchTest.batch(TorchTest.random(8 * 32, i), new long[] { 8, 1, 32 }, labels(8 * 32, 2, i, true),
					new long[] { 8, 32 }), 1e-2);
			final Weights after = trainer.weights();
			assertTrue(Math.abs(after.array("norm1.running_var")[0] - 1) > 1e-3);
			try (Inference torch = TorchInference.load(network, after, Precision.FP32, Device.CPU, operators)) {
				final float[] p = torch.predict(TorchTest.random(32, 9), 1, 1, 32);
				assertEquals(64, p.length);
				for (int i = 0; i < 32; i++)
					assertEquals(1, p[i] + p[32 + i], 1e-5);
			}
		}
	}
}
