package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.FoundClasses;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** What a training tells before its first step, and that it can be stopped there. */
class PreparationTest {

	private static final String LABELS = "looking through the labels", NUMBERS = "measuring the normalisation";

	/** Hears the stages, and ends the training in one of them. */
	private static final class Ending implements TrainingLoop.Listener {

		private final String last;
		private final Set<String> stages = new LinkedHashSet<>();
		private double least = 1, most;
		private int steps;

		Ending(final String last) {
			this.last = last;
		}

		@Override
		public void preparing(final String stage, final double fraction) {
			stages.add(stage);
			least = Math.min(least, fraction);
			most = Math.max(most, fraction);
		}

		@Override
		public boolean step(final double progress, final double loss) {
			++steps;
			return true;
		}

		@Override
		public boolean goesOn() {
			return !stages.contains(last);
		}
	}

	private static ModelTraining.Outcome train(final TrainingLoop.Listener listener) {
		final float[] labels = new float[300 * 300];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i % 2;
		return ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=1 width=4", 2, 1, 2), 16, 16).plan(
			TrainingPlan.USUAL.epochs(1).batch(2).steps(1).learningRate(0.001).augmentation(false)).listener(listener)
			.segmentation(LabelIndex.of(List.of(new LabelledImage(ArrayImgs.floats(labels.clone(), 300, 300, 1), ArrayImgs.floats(
				labels, 300, 300))), new ClassValues(List.of(0, 1), false), listener.stage(LABELS)));
	}

	@Test
	void longStagesTellWhatTheyDo() {
		final Ending listener = new Ending("nothing");
		train(listener);
		assertTrue(listener.stages.containsAll(Set.of(LABELS, NUMBERS)), listener.stages.toString());
		assertTrue(listener.least >= 0 && listener.least < 0.1 && listener.most > 0.5 && listener.most <= 1, listener.least +
			" to " + listener.most);
	}

	@Test
	void everyStageCanBeStopped() {
		for (final String stage : new String[] { LABELS, NUMBERS }) {
			final Ending listener = new Ending(stage);
			assertThrows(CancellationException.class, () -> train(listener), stage);
			assertTrue(listener.stages.contains(stage), listener.stages.toString());
			assertEquals(0, listener.steps);
		}
	}

	@Test
	void lookingForClassesCanBeStopped() {
		final int[] calls = new int[1];
		assertThrows(CancellationException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(new float[1 << 20], 1024,
			1024)), false, false, fraction -> {
				if (++calls[0] == 3) throw new CancellationException();
			}));
	}

	@Test
	void theSameSeedGivesTheSameModel() {
		final TrainedModel one = train(new TrainingLoop.Listener() {}).model(), two = train(new TrainingLoop.Listener() {})
			.model();
		assertEquals(one.normalization(), two.normalization());
		assertEquals(one.history(), two.history());
		for (int i = 0; i < one.weights().arrays().size(); i++)
			assertArrayEquals(one.weights().arrays().get(i), two.weights().arrays().get(i));
	}

	/** Strokes in the corners only: every step has something to learn from, and none ends in 0 / 0. */
	@Test
	void strokesInCornersAreLearntFrom() {
		final int n = 32;
		final float[] values = new float[n * n], labels = new float[n * n];
		for (int i = 0; i < n * n; i++)
			values[i] = i % n < n / 2 ? 0 : 1;
		labels[0] = labels[n * (n - 1)] = 1;
		labels[n - 1] = labels[n * n - 1] = 2;
		final ModelTraining.Outcome outcome = ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=1 width=4", 2,
			1, 2), n, n).plan(TrainingPlan.USUAL.epochs(3).batch(1).steps(40)).segmentation(LabelIndex.of(List.of(
				new LabelledImage(ArrayImgs.floats(values, n, n, 1), ArrayImgs.floats(labels, n, n))), new ClassValues(List.of(1, 2),
					true), Monitor.NONE));
		for (final History.Epoch e : outcome.result().history().epochs())
			assertTrue(e.trainingLoss() > 0 && e.trainingLoss() < 10, outcome.result().history().toCsv());
	}
}
