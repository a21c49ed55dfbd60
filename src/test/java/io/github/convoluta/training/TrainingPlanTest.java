package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings of a training do to what is learnt. */
class TrainingPlanTest {

	private static final TrainingPlan PLAN = TrainingPlan.USUAL.batch(16).learningRate(0.02).augmentation(false);
	private static final int LENGTH = 8;
	private static final Network ONE_BY_ONE = NetworkBuilder.network("one by one", 2, 1).convolution(1, 1, LayerPadding.SAME,
		Activation.LINEAR).build();

	/** Signals of two classes around -1 and 1, with noise. */
	private static ClassifiedArrays signals(final int first, final int second, final double noise) {
		final Random random = new Random(5);
		final List<float[]> values = new ArrayList<>();
		final int[] classes = new int[first + second];
		for (int i = 0; i < classes.length; i++) {
			classes[i] = i < first ? 0 : 1;
			final float[] signal = new float[LENGTH];
			for (int x = 0; x < LENGTH; x++)
				signal[x] = (float) (2 * classes[i] - 1 + noise * random.nextGaussian());
			values.add(signal);
		}
		return new ClassifiedArrays(new Shape(List.of(LENGTH), 1), values, classes);
	}

	private static ModelTraining.Outcome learn(final ClassifiedArrays samples, final TrainingPlan plan) {
		return ModelTraining.of(new TorchEngine(), NetworkSource.resolve("mlp width=4 depth=1", 1, 1, 2), LENGTH).plan(plan)
			.classification(samples, IntStream.range(0, samples.size()).toArray(), List.of("a", "b"));
	}

	private static List<History.Epoch> epochs(final ModelTraining.Outcome outcome) {
		return outcome.result().history().epochs();
	}

	private static double[] rates(final ModelTraining.Outcome outcome) {
		return epochs(outcome).stream().mapToDouble(History.Epoch::learningRate).toArray();
	}

	/** Every loss has its own numbers, and all of them lead to the same. */
	@Test
	void everyLossForClassesLearnsThem() {
		final ClassifiedArrays samples = signals(40, 40, 0.5);
		final Set<Double> losses = new HashSet<>();
		for (final String name : List.of("crossentropy", "dice", "dice+ce", "focal")) {
			final ModelTraining.Outcome outcome = learn(samples, PLAN.epochs(12).loss(Loss.named(name)));
			assertTrue(outcome.result().validation().accuracy() > 0.95, name);
			losses.add(epochs(outcome).get(0).trainingLoss());
		}
		assertEquals(4, losses.size());
		assertEquals(epochs(learn(samples, PLAN.epochs(2))), epochs(learn(samples, PLAN.epochs(2).loss(Loss.named(
			"crossentropy")))));
	}

	@Test
	void everyOptimizerLearns() {
		final ClassifiedArrays samples = signals(40, 40, 0.5);
		final Set<Double> losses = new HashSet<>();
		for (final String name : List.of("adam", "adamw", "sgd", "rmsprop")) {
			final ModelTraining.Outcome outcome = learn(samples, PLAN.epochs(12).optimizer(Optimizer.named(name)));
			assertTrue(outcome.result().validation().accuracy() > 0.95, name);
			losses.add(epochs(outcome).get(2).trainingLoss());
		}
		assertEquals(4, losses.size());
	}

	/** Of classes that overlap the rare one is hardly ever chosen, unless it counts as much as the other. */
	@Test
	void balancedWeightsFindMoreOfTheRareClass() {
		final ClassifiedArrays samples = signals(180, 20, 4);
		final TrainingPlan plan = PLAN.epochs(15).validation(0.5);
		final double without = learn(samples, plan).result().validation().matrix().recall(1), with = learn(samples, plan
			.balanced(true)).result().validation().matrix().recall(1);
		assertTrue(with > without + 0.2, without + " and " + with);
	}

	@Test
	void balancedWeightsAreMeansOverCounts() {
		assertEquals(List.of(0.625f, 2.5f, 1f), ClassWeights.balanced(80, 20, 0));
		assertEquals(List.of(1f, 1f), ClassWeights.balanced(7, 7));
		final long[] counts = { 3, 50, 947 };
		final List<Float> weights = ClassWeights.balanced(counts);
		assertEquals(1000, IntStream.range(0, 3).mapToDouble(c -> counts[c] * weights.get(c)).sum(), 1e-3);
	}

	/** What is only noise can't be predicted: the loss on what was kept apart soon rises. */
	@Test
	void patienceEndsAtTheBestEpoch() {
		final ClassifiedArrays noise = signals(30, 30, 100);
		final ModelTraining.Outcome outcome = learn(noise, PLAN.epochs(60).patience(3).learningRate(0.1));
		final List<History.Epoch> epochs = epochs(outcome);
		assertTrue(epochs.size() < 60, epochs.size() + " epochs");
		final double[] losses = epochs.stream().mapToDouble(History.Epoch::validationLoss).toArray();
		final double least = DoubleStream.of(losses).min().getAsDouble();
		assertEquals(least, losses[losses.length - 4], 0);
		assertEquals(least, outcome.result().validation().loss(), 0);
		assertEquals(60, epochs(learn(noise, PLAN.epochs(60).learningRate(0.1))).size());
	}

	@Test
	void ratesFollowTheSchedule() {
		final ClassifiedArrays samples = signals(20, 20, 0.5);
		final TrainingPlan plan = PLAN.epochs(6);
		assertArrayEquals(new double[] { 0.02, 0.02, 0.01, 0.01, 0.005, 0.005 }, rates(learn(samples, plan.schedule(Schedule
			.parse("step 2 0.5")))), 1e-12);
		assertArrayEquals(new double[] { 0.02, 0.02, 0.02, 0.02, 0.02, 0.02 }, rates(learn(samples, plan.schedule(Schedule.parse(
			"constant")))), 1e-12);
		final double[] cosine = rates(learn(samples, plan.schedule(Schedule.parse("cosine"))));
		for (int e = 1; e < 6; e++)
			assertTrue(cosine[e] < cosine[e - 1] && cosine[5] > 0);
	}

	@Test
	void plateausLowerTheRateWhereNothingGetsBetter() {
		final ModelTraining.Outcome outcome = learn(signals(30, 30, 100), PLAN.epochs(20).learningRate(0.1).schedule(Schedule
			.parse("plateau 2 0.5")));
		final List<History.Epoch> epochs = epochs(outcome);
		double least = Double.POSITIVE_INFINITY, rate = 0.1;
		int worse = 0;
		for (final History.Epoch e : epochs) {
			assertEquals(rate, e.learningRate(), 1e-12, outcome.result().history().toCsv());
			worse = e.validationLoss() < least ? 0 : worse + 1;
			least = Math.min(least, e.validationLoss());
			if (worse < 2) continue;
			rate /= 2;
			worse = 0;
		}
		assertTrue(rate < 0.1);
	}

	private static double size(final ModelTraining.Outcome outcome) {
		return outcome.model().weights().arrays().stream().flatMapToDouble(a -> IntStream.range(0, a.length).mapToDouble(
			i -> a[i] * a[i])).sum();
	}

	@Test
	void decayMakesWeightsSmaller() {
		final ClassifiedArrays samples = signals(20, 20, 0.5);
		for (final String name : List.of("adam", "adamw", "sgd", "rmsprop")) {
			final Optimizer optimizer = Optimizer.named(name);
			final TrainingPlan plan = PLAN.epochs(10).validation(0);
			final double without = size(learn(samples, plan.optimizer(optimizer.decaying(0)))), with = size(learn(samples, plan
				.optimizer(optimizer.decaying(1))));
			assertTrue(with < 0.9 * without, name + ": " + with + " and " + without);
		}
		assertEquals(0.01, Optimizer.named("adamw").weightDecay(), 0);
	}

	/** Absolute differences are led to the median, squared ones to the mean. */
	@Test
	void targetsAreLearntByEitherDifference() {
		final int n = 16;
		final float[] image = new float[n * n], target = new float[n * n];
		for (int i = 0; i < n * n; i++)
			target[i] = i % 4 == 0 ? 4 : 0;
		final LabelledImage pair = new LabelledImage(ArrayImgs.floats(image, n, n, 1), ArrayImgs.floats(target, n, n, 1));
		final double[] results = new double[2];
		final String[] names = { "mse", "mae" };
		for (int l = 0; l < 2; l++) {
			final ModelTraining.Outcome outcome = ModelTraining.of(new TorchEngine(), ONE_BY_ONE, n, n).plan(PLAN.epochs(30).steps(
				10).batch(1).learningRate(0.05).validation(0).loss(Loss.named(names[l]))).regression(List.of(pair), List.of(
					"value"));
			try (var inference = new TorchEngine().load(outcome.model().network(), outcome.model().weights())) {
				results[l] = inference.predict(new float[n * n], 1, 1, n, n)[0];
			}
		}
		assertEquals(1, results[0], 0.1);
		assertEquals(0, results[1], 0.1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "huber", "", "dice ce" })
	void unknownLossesAreRefusedWithThoseThereAre(final String name) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Loss.named(name)).getMessage().contains(
			"crossentropy, dice, dice+ce"));
	}

	@Test
	void whatDoesNotFitIsRefused() {
		final ClassifiedArrays samples = signals(10, 10, 0.5);
		for (final TrainingPlan plan : List.of(PLAN.loss(Loss.named("mse")), PLAN.loss(Loss.named("mae")).balanced(true), PLAN
			.loss(Loss.named("dice")).balanced(true)))
			assertTrue(assertThrows(IllegalArgumentException.class, () -> learn(samples, plan)).getMessage().contains("loss="),
				plan.toString());
		assertThrows(IllegalArgumentException.class, () -> Optimizer.named("lion"));
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(new float[64], 8, 8, 1), ArrayImgs.floats(new float[64],
			8, 8, 1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelTraining.of(new TorchEngine(), ONE_BY_ONE, 8, 8).plan(
			PLAN.loss(Loss.named("focal"))).regression(List.of(image), List.of("v"))).getMessage().contains("mse or mae"));
	}

	/** A setting without validation says that it does nothing. */
	@Test
	void settingsThatNeedValidationSaySo() {
		final List<String> remarks = new ArrayList<>();
		final TrainingLoop.Listener listener = new TrainingLoop.Listener() {

			@Override
			public void remark(final String text) {
				remarks.add(text);
			}
		};
		final ClassifiedArrays samples = signals(10, 10, 0.5);
		ModelTraining.of(new TorchEngine(), NetworkSource.resolve("mlp width=4 depth=1", 1, 1, 2), LENGTH).plan(PLAN.epochs(1)
			.validation(0).patience(2)).listener(listener).classification(samples, IntStream.range(0, 20).toArray(), List.of("a",
				"b"));
		assertTrue(remarks.stream().anyMatch(r -> r.contains("patience")), remarks.toString());
	}

	/** A rare class of pixels is found by weights too. */
	@Test
	void segmentationsAreBalanced() {
		final int n = 32;
		final Random random = new Random(2);
		final float[] image = new float[n * n], labels = new float[n * n];
		for (int i = 0; i < n * n; i++) {
			labels[i] = random.nextInt(20) == 0 ? 1 : 0;
			image[i] = (float) (labels[i] + random.nextGaussian());
		}
		final LabelledImage pair = new LabelledImage(ArrayImgs.floats(image, n, n, 1), ArrayImgs.floats(labels, n, n));
		final double[] recalls = new double[2];
		for (int b = 0; b < 2; b++)
			recalls[b] = ModelTraining.of(new TorchEngine(), NetworkBuilder.network("pixels", 2, 1).convolution(4, 1,
				LayerPadding.SAME, Activation.RELU).convolution(2, 1, LayerPadding.SAME, Activation.LINEAR).build(), n, n).plan(PLAN
					.epochs(20).steps(10).batch(1).validation(0.25).loss(Loss.crossEntropy()).balanced(b == 1)).segmentation(LabelIndex
						.of(List.of(pair), false, false, Monitor.NONE)).result().validation().matrix().recall(1);
		assertTrue(recalls[1] > recalls[0] + 0.2, Arrays.toString(recalls));
	}

	@Test
	void namesAreThoseThatAreRead() {
		for (final String name : List.of("crossentropy", "dice", "dice+ce", "focal", "mse", "mae"))
			assertEquals(name, Loss.named(name).text());
		for (final String name : List.of("adam", "adamw", "sgd", "rmsprop"))
			assertEquals(name, Optimizer.named(name).name());
		assertNotEquals(Optimizer.named("adam").text(), Optimizer.named("adam").decaying(0.5).text());
	}
}
