package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Target;
import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of trainings of tiny networks. */
@Timeout(60)
class TrainingRecordTest {

	private static final int EPOCHS = 3;

	private final TorchEngine engine = new TorchEngine();

	/** Bright squares on a dark ground, with slices of which one is kept apart. */
	private static List<LabelledImage> squares() {
		return IntStream.range(0, 5).mapToObj(i -> {
			final float[] values = new float[32 * 32];
			final byte[] labels = new byte[32 * 32];
			for (int p = 0; p < values.length; p++) {
				final boolean inside = (p % 32 / 8 + p / 256 + i) % 3 == 0;
				labels[p] = (byte) (inside ? 2 : 1);
				values[p] = (inside ? 3 : 0) + p % 7 * 0.1f;
			}
			return new LabelledImage(ArrayImgs.floats(values, 32, 32, 1), ArrayImgs.unsignedBytes(labels, 32, 32), "slice " + i);
		}).toList();
	}

	private ModelTraining training(final TrainingRecord record, final Network network, final int epochs, final int... patch) {
		return ModelTraining.of(engine, network, patch).plan(TrainingPlan.USUAL.epochs(epochs).batch(8).steps(2)).listener(
			record);
	}

	private ModelTraining.Outcome segment(final TrainingRecord record, final Checkpoints checkpoints, final int epochs) {
		return training(record, NetworkSource.resolve("unet depth=2 width=4", 2, 1, 2), epochs, 16, 16).checkpoints(checkpoints)
			.segmentation(LabelIndex.of(squares(), false, false, fraction -> {}));
	}

	@Test
	void segmentations() {
		final TrainingRecord record = new TrainingRecord(EPOCHS, true);
		final ModelTraining.Outcome outcome = segment(record, Checkpoints.NONE, EPOCHS);
		assertEquals(outcome.result().history(), record.history());
		assertEquals(2 * EPOCHS, record.curve().size());
		assertEquals(record.history().epochs().get(0).trainingLoss(), (record.curve().get(0).loss() + record.curve().get(1)
			.loss()) / 2, 1e-9);
		assertEquals(1, record.curve().get(1).epoch(), 1e-9);
		for (final History.Epoch e : record.history().epochs())
			assertEquals(e.dice(), IntStream.range(0, 2).mapToDouble(c -> record.dice().get(e.number())[c]).filter(d -> !Double
				.isNaN(d)).average().orElseThrow(), 1e-12);
		final TrainingRecord.Checked checked = record.checked();
		assertEquals(record.history().best(), checked.epoch());
		assertTrue(checked.best());
		assertEquals(outcome.result().validation(), checked.validation());
		final HeldOutPredictions predictions = checked.predictions();
		assertEquals(record.setup().heldOut().size(), predictions.size());
		final ConfusionMatrix sum = new ConfusionMatrix(2);
		double least = Double.POSITIVE_INFINITY;
		for (final int i : predictions.worstFirst()) {
			final HeldOutSample sample = predictions.sample(i);
			assertTrue(sample.prediction().error() <= least);
			least = sample.prediction().error();
			assertArrayEquals(new int[] { 16, 16 }, sample.extents());
			assertFalse(sample.isClassified());
			assertAsTheModelSays(outcome.model(), sample);
			int wrong = 0;
			for (int p = 0; p < 256; p++) {
				sum.add(sample.trueClasses()[p], sample.prediction().classes()[p]);
				if (sample.trueClasses()[p] != sample.prediction().classes()[p]) wrong++;
			}
			assertEquals(wrong / 256.0, sample.prediction().error(), 1e-12);
		}
		for (int t = 0; t < 2; t++)
			for (int p = 0; p < 2; p++) {
				assertEquals(checked.validation().matrix().count(t, p), sum.count(t, p));
				final List<Integer> having = predictions.having(t, p);
				assertEquals(sum.count(t, p) == 0, having.isEmpty());
			}
		assertEquals(List.of("cell", "rest").size(), record.setup().counts().length);
		assertNull(record.ending());
		record.end("done");
		record.end("again");
		assertEquals("done", record.ending());
	}

	private void assertAsTheModelSays(final TrainedModel model, final HeldOutSample sample) {
		try (Inference inference = engine.load(model.network(), model.weights())) {
			final float[] values = inference.predict(sample.batch().input(), sample.batch().shape());
			for (int p = 0; p < 256; p++)
				assertEquals(values[256 + p] > values[p] ? 1 : 0, sample.prediction().classes()[p]);
		}
	}

	@Test
	void theModelOfAnEpochPredictsAsTheKeptOneDoes() {
		final TrainedModel[] models = new TrainedModel[EPOCHS];
		final TrainingSetup[] setups = new TrainingSetup[1];
		final ModelTraining.Outcome outcome = training(null, NetworkSource.resolve("unet depth=2 width=4", 2, 1, 1), EPOCHS, 16,
			16).listener(new TrainingLoop.Listener()
		{

				@Override
				public void begins(final TrainingSetup setup, final TrainingSettings settings) {
					setups[0] = setup;
				}

				@Override
				public void state(final TrainingState state) {
					models[state.last().number() - 1] = setups[0].draft().model(state.weights(), state.history());
				}
			}).regression(squares().stream().map(i -> new LabelledImage(i.image(), i.image())).toList(), List.of("value"));
		final TrainedModel same = models[outcome.result().history().best() - 1];
		assertEquals(outcome.model().network(), same.network());
		for (int i = 0; i < same.weights().arrays().size(); i++)
			assertArrayEquals(outcome.model().weights().arrays().get(i), same.weights().arrays().get(i));
	}

	@Test
	void values() {
		final TrainingRecord record = new TrainingRecord(1, true);
		training(record, NetworkSource.resolve("unet depth=2 width=4", 2, 1, 1), 1, 16, 16).regression(squares().stream().map(
			i -> new LabelledImage(i.image(), i.image())).toList(), List.of("value"));
		final TrainingRecord.Checked checked = record.checked();
		assertNull(checked.validation().matrix());
		final HeldOutPredictions predictions = checked.predictions();
		assertEquals(checked.validation().loss(), predictions.worstFirst().stream().mapToDouble(i -> predictions.sample(i)
			.prediction().error()).average().orElseThrow(), 1e-5);
		final HeldOutSample sample = predictions.sample(0);
		assertNull(sample.trueClasses());
		assertEquals(256, sample.trueValues().length);
		assertEquals(256, sample.prediction().values().length);
	}

	@Test
	void classes() {
		final TrainingRecord record = new TrainingRecord(2, true);
		final int[] numbers = IntStream.range(0, 40).map(i -> i % 2).toArray();
		final ClassifiedArrays data = new ClassifiedArrays(new Shape(List.of(4), 1), IntStream.of(numbers).mapToObj(
			c -> new float[] { c, 1, c, 0 }).toList(), numbers);
		training(record, Architectures.create("mlp width=4 depth=1", 1, 1, 2), 2, 4).classification(data, IntStream.range(0, 40)
			.toArray(), List.of("flat", "steep"));
		final HeldOutPredictions predictions = record.checked().predictions();
		final ConfusionMatrix matrix = record.checked().validation().matrix();
		int all = 0;
		for (int t = 0; t < 2; t++)
			for (int p = 0; p < 2; p++) {
				assertEquals(matrix.count(t, p), predictions.having(t, p).size());
				all += predictions.having(t, p).size();
			}
		assertEquals(predictions.size(), all);
		final HeldOutSample sample = predictions.sample(0);
		assertTrue(sample.isClassified());
		assertTrue(sample.prediction().error() >= 0 && sample.prediction().error() <= 1);
		assertEquals(((Target.Classes) sample.batch().target()).numbers()[0], sample.trueClasses()[0]);
		assertTrue(record.warnings().stream().anyMatch(w -> w.contains("value by value")), record.warnings().toString());
		assertTrue(record.warnings().stream().anyMatch(w -> w.contains("Measured on 8 samples only")));
	}

	@Test
	void aResumedTrainingShowsWhatWasBefore(@TempDir final Path folder) {
		final ModelTraining.Outcome first = segment(new TrainingRecord(2, true), Checkpoints.in(folder, false), 2);
		final TrainingRecord record = new TrainingRecord(EPOCHS, true);
		segment(record, Checkpoints.in(folder, true), EPOCHS);
		assertEquals(first.result().history().epochs(), record.history().epochs().subList(0, 2));
		assertEquals(2 + 2, record.curve().size());
		assertEquals(0.5, record.curve().get(0).epoch());
		assertEquals(first.result().history().epochs().get(0).trainingLoss(), record.curve().get(0).loss());
		assertEquals(List.of(EPOCHS), List.copyOf(record.dice().keySet()));
		assertEquals(EPOCHS, record.checked().epoch());
	}

	@Test
	void predictionsAreOnlyKeptForThoseWhoLook() {
		final TrainingRecord record = new TrainingRecord(1, false);
		segment(record, Checkpoints.NONE, 1);
		assertNull(record.checked().predictions());
		assertEquals(1, record.checked().epoch());
	}

	@Test
	void longCurvesHaveFewPointsAndTheSameMean() {
		final LossCurve curve = new LossCurve();
		final int n = 1 << 16;
		for (int i = 0; i < n; i++)
			curve.step(i + 1.0, i);
		assertTrue(curve.points().size() < 800 && curve.points().size() >= 400);
		assertEquals((n - 1) / 2.0, curve.points().stream().mapToDouble(LossCurve.Point::loss).average().orElseThrow(), 200);
		assertEquals(n, curve.points().get(curve.points().size() - 1).epoch(), 200);
	}

	@Test
	void timeLeftIsToldOnceStepsWereDone() {
		final TrainingRecord record = new TrainingRecord(10, false);
		assertTrue(Double.isNaN(record.secondsLeft()));
		record.preparing("looking", 0.5);
		assertEquals("looking", record.stage());
		assertEquals(0.5, record.fraction());
		record.step(0.5, 1);
		assertTrue(record.secondsLeft() >= 0);
		record.end("done");
		assertTrue(Double.isNaN(record.secondsLeft()));
	}
}
