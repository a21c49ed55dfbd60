package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Trainings that begin with what a model has learnt. */
class ContinuedTrainingTest {

	private static final int SIZE = 48;

	/** Bright discs, with strokes of some of them and of what lies between. */
	private static LabelIndex strokes(final int lines, final int classes) {
		final Random random = new Random(4);
		final float[] values = new float[SIZE * SIZE], labels = new float[SIZE * SIZE];
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++) {
				final boolean isInside = Math.hypot(x % 16 - 8, y % 16 - 8) < 5;
				values[y * SIZE + x] = (isInside ? 100 : 20) + 8 * (float) random.nextGaussian();
				if (y % 8 < lines) labels[y * SIZE + x] = isInside ? 2 : x < 4 && classes > 2 ? 3 : 1;
			}
		return LabelIndex.of(List.of(new LabelledImage(ArrayImgs.floats(values, SIZE, SIZE, 1), ArrayImgs.floats(labels, SIZE,
			SIZE))), true, false, Monitor.NONE);
	}

	private static ModelTraining training(final int classes, final int epochs, final double rate, final List<Double> steps) {
		final TrainingPlan plan = TrainingPlan.USUAL.epochs(epochs).batch(8).steps(6).learningRate(rate).augmentation(false)
			.validation(0.3);
		return ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=1 width=4 norm=none", 2, 1, classes), 16, 16)
			.plan(plan).listener(new TrainingLoop.Listener()
			{

				@Override
				public boolean step(final double progress, final double loss) {
					steps.add(loss);
					return true;
				}
			});
	}

	@Test
	void withTheSameStrokesTheLossBeginsWhereItEnded() {
		final List<Double> first = new ArrayList<>(), second = new ArrayList<>();
		final ModelTraining.Outcome begun = training(2, 4, 0.01, first).segmentation(strokes(3, 2));
		final ModelTraining.Outcome same = training(2, 1, 1e-12, second).startingFrom(begun.model()).segmentation(strokes(3, 2));
		assertEquals(begun.result().validation().loss(), same.result().history().epochs().get(0).validationLoss(), 1e-5);
		assertTrue(second.get(0) < 0.7 * first.get(0), first + " then " + second);
		assertTrue(begun.result().validation().loss() < 0.7 * first.get(0), "something was learnt");
	}

	/** Other strokes are other data: what was learnt goes on with the numbers that it was learnt with. */
	@Test
	void correctedStrokesAreLearntWithTheSameNormalization() {
		final List<Double> steps = new ArrayList<>();
		final TrainedModel begun = training(2, 3, 0.01, steps).segmentation(strokes(1, 2)).model();
		final int before = steps.size();
		final TrainedModel more = training(2, 1, 0.003, steps).startingFrom(begun).segmentation(strokes(5, 2)).model();
		assertEquals(begun.normalization(), more.normalization());
		assertTrue(steps.get(before) < 0.7 * steps.get(0), steps.toString());
	}

	@Test
	void aModelOfOtherClassesOrAnotherNetworkIsRefused() {
		final TrainedModel begun = training(2, 1, 0.01, new ArrayList<>()).segmentation(strokes(3, 2)).model();
		assertTrue(assertThrows(IllegalArgumentException.class, () -> training(3, 1, 0.01, new ArrayList<>()).startingFrom(begun)
			.segmentation(strokes(3, 3))).getMessage().startsWith(
				"The classes are 1, 2, 3, but the model to begin with has learnt 1, 2."));
		final ModelTraining other = ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=1 width=8", 2, 1, 2),
			16, 16).plan(TrainingPlan.USUAL.epochs(1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> other.startingFrom(begun).segmentation(strokes(3, 2)))
			.getMessage().startsWith("The network is "));
	}
}
