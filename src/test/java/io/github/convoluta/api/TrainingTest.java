package io.github.convoluta.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.training.TrainingLoop;
import net.imglib2.FinalInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** Trainings as programmers describe them: checked setting by setting, for images with and without channels. */
class TrainingTest {

	private final Img<FloatType> image = ArrayImgs.floats(16, 16), labels = ArrayImgs.floats(16, 16);

	TrainingTest() {
		for (int y = 0; y < 16; y++)
			for (int x = 0; x < 16; x++) {
				image.getAt(x, y).set(x < 8 ? 100 : 20 + (x + y) % 3);
				labels.getAt(x, y).set(x < 8 ? 1 : 2);
			}
	}

	private Training quick() {
		return Training.segmentation(image, labels).network("unet depth=1 width=2").steps(2).batch(2).epochs(1).device("cpu",
			PrecisionChoice.FP32).augmentation(false);
	}

	private static void assertNames(final String setting, final Runnable action) {
		final String message = assertThrows(RuntimeException.class, action::run).getMessage();
		assertTrue(message.contains(setting), message);
	}

	@Test
	void errorsNameTheSetting() {
		final Training training = quick();
		assertNames("epochs must be at least 1", () -> training.epochs(0));
		assertNames("batch must be at least 0", () -> training.batch(-1));
		assertNames("steps must be at least 0", () -> training.steps(-1));
		assertNames("patch needs 2 numbers", () -> training.patch(16));
		assertNames("patch must be at least 1", () -> training.patch(16, 0));
		assertNames("learningRate must be above 0", () -> training.learningRate(Double.NaN));
		assertNames("validation must be from 0 to 0.9", () -> training.validation(1));
		assertNames("geometry needs 2 pixel sizes", () -> training.geometry(false, "µm", 1));
		assertNames("spatial axes", () -> training.and(ArrayImgs.floats(16), labels));
		assertNames("1 to 3 spatial axes", () -> Training.imageToImage(image, image, 4));
	}

	/** The same seed and data give the same weights, whether the channel is an axis or not. */
	@Test
	void anImageOfOneChannelMayLackTheAxis() {
		final TrainedModel model = quick().geometry(false, "µm", 0.5, 0.5).seed(7).run().model();
		assertEquals("µm", model.unit());
		assertEquals(List.of(0.5, 0.5), model.pixelSize());
		final TrainedModel same = Training.segmentation(Views.addDimension(image, 0, 0), labels).network(NetworkSource.resolve(
			"unet depth=1 width=2", 2, 1, 2)).steps(2).batch(2).epochs(1).device("cpu", PrecisionChoice.FP32).augmentation(false)
			.seed(7).run().model();
		try (Prediction one = Prediction.of(model); Prediction other = Prediction.of(same)) {
			assertEquals(one.probabilities(image).getAt(3, 4, 1).get(), other.probabilities(Views.addDimension(image, 0, 0)).getAt(
				3, 4, 1).get());
			final PredictionOptions part = PredictionOptions.USUAL.withRegion(new FinalInterval(8, 4));
			assertArrayEquals(new long[] { 8, 4 }, one.labels(image, part).dimensionsAsLongArray());
			assertArrayEquals(new long[] { 8, 4, 2 }, one.probabilities(image, part).dimensionsAsLongArray());
		}
	}

	@Test
	void valuesAreLearntFromATarget() {
		final TrainedModel model = Training.imageToImage(image, labels, 2).network("unet depth=1 width=2").steps(2).batch(2)
			.epochs(1).device("cpu", PrecisionChoice.FP32).run().model();
		assertEquals(Task.REGRESSION, model.task());
		try (Prediction prediction = Prediction.of(model)) {
			assertArrayEquals(new long[] { 16, 16, 1 }, prediction.probabilities(image).dimensionsAsLongArray());
		}
	}

	@Test
	void aListenerHearsAndStops() {
		final List<Integer> heard = new ArrayList<>();
		quick().epochs(2).onEpoch(epoch -> heard.add(epoch.number())).run();
		assertEquals(List.of(1, 2), heard);
		assertThrows(CancellationException.class, () -> quick().listener(new TrainingLoop.Listener() {

			@Override
			public boolean step(final double progress, final double loss) {
				return false;
			}
		}).run());
	}
}
