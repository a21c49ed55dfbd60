package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.NetworkInput;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.ImagePatches;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.NonFinite;
import io.github.convoluta.sample.NormalizedSamples;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks get the same numbers in training, validation, and when they are applied; and none that is not finite. */
class OneNormalizationTest {

	private static float[] noise(final int n) {
		final Random random = new Random(4);
		final float[] values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = (float) (100 + 40 * random.nextGaussian());
		return values;
	}

	private static TrainedModel with(final TrainedModel m, final Normalization normalization) {
		return new TrainedModel(m.about(), m.network(), m.weights(), m.task(), m.axes(), normalization, m.classes(), m.patch(), m
			.pixelSize(), m.unit(), m.example(), m.history());
	}

	/** Noise is weaker after its image was made smaller, so that it matters which of the two is measured. */
	@ParameterizedTest
	@ValueSource(strings = { "none", "zeromean", "range", "percentile" })
	void aResizedImageHasTheProbabilitiesThatTrainingSaw(final String method) {
		final Normalization normalization = new Normalization.PerImage(Normalization.Method.parse(method));
		final Network network = Architectures.create("digits", 2, 1, 3);
		final TrainedModel model = with(ExampleModel.of(network, Task.CLASSIFICATION, 28, 28), normalization);
		for (final int extent : new int[] { 28, 56, 84, 17 }) {
			final RandomAccessibleInterval<?> image = ArrayImgs.floats(noise(extent * extent), extent, extent, 1);
			final Batch seen = new NormalizedSamples(new ClassifiedArrays(Shape.parse("28x28x1"), List.of(Resizing.resize(image,
				28, 28)), new int[1]), normalization).batch(0);
			final float[] trained, applied;
			try (Inference torch = new TorchEngine().load(network, model.weights())) {
				trained = torch.predict(seen.input(), seen.shape());
			}
			try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
				applied = predictor.classify(image).values();
			}
			assertArrayEquals(trained, applied, extent + " pixels");
		}
	}

	/** Part of the image is kept apart, but a model is applied to all of it. */
	@Test
	void partsAreNormalisedLikeTheWhole() {
		final float[] values = noise(400);
		for (int i = 200; i < 400; i++)
			values[i] += 1000;
		final LabelledImage whole = new LabelledImage(ArrayImgs.floats(values, 20, 20, 1), ArrayImgs.floats(new float[400], 20,
			20));
		for (final String method : new String[] { "zeromean", "range", "percentile" }) {
			final Normalization perImage = new Normalization.PerImage(Normalization.Method.parse(method));
			final float[] expected = NetworkInput.of(values, perImage, 20, 20).whole();
			final float[] part = ImagePatches.of(LabelIndex.of(List.of(whole.part(1, 0, 10)), new ClassValues(List.of(0, 1),
				false), Monitor.NONE), new int[] { 20, 10 }, perImage, 1, 1, Monitor.NONE).batch(0).input();
			assertArrayEquals(Arrays.copyOf(expected, 200), part, method);
		}
	}

	private static String refusal(final LabelledImage image, final String axes) {
		final int[] patch = new int[axes.length()];
		Arrays.fill(patch, 4);
		final List<Double> size = new ArrayList<>();
		for (int d = 0; d < patch.length; d++)
			size.add(1.0);
		final ModelTraining training = ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=1 width=4",
			patch.length, (int) image.image().dimension(patch.length), 2), patch).along(axes, new VoxelGeometry(size, axes
				.endsWith("T")), "px").plan(TrainingPlan.USUAL.epochs(1).batch(2).steps(1).learningRate(0.001).augmentation(false));
		return assertThrows(IllegalArgumentException.class, () -> training.segmentation(LabelIndex.of(List.of(image),
			new ClassValues(List.of(0, 1), false), Monitor.NONE))).getMessage();
	}

	@Test
	void pixelsThatAreNoNumbersAreNamedBeforeTraining() {
		final float[] values = noise(4 * 5 * 6 * 2), labels = new float[4 * 5 * 6];
		values[120 + (2 * 5 + 3) * 4 + 1] = Float.NaN;
		assertTrue(refusal(new LabelledImage(ArrayImgs.floats(values, 4, 5, 6, 2), ArrayImgs.floats(labels, 4, 5, 6),
			"\"ct.tif\""), "XYZ").contains("\"ct.tif\" has NaN at x=1, y=3, slice 3, channel 2."));
		values[(4 * 5 + 0) * 4 + 3] = Float.NEGATIVE_INFINITY;
		assertTrue(refusal(new LabelledImage(ArrayImgs.floats(values, 4, 5, 6, 2), ArrayImgs.floats(labels, 4, 5, 6),
			"\"ct.tif\""), "XYT").contains("a negative infinite number at x=3, y=0, frame 5, channel 1."));
		final float[] line = noise(20);
		line[7] = Float.POSITIVE_INFINITY;
		assertTrue(refusal(new LabelledImage(ArrayImgs.floats(line, 20, 1), ArrayImgs.floats(new float[20], 20)), "X").contains(
			"an image has an infinite number at x=7."));
	}

	@Test
	void wholeNumbersNeedNoLook() {
		final int[] calls = new int[1];
		assertEquals(null, NonFinite.first(ArrayImgs.unsignedBytes(300, 300, 1), "XY", fraction -> calls[0]++));
		assertEquals(0, calls[0]);
		assertEquals(null, NonFinite.first(ArrayImgs.floats(300, 300, 1), "XY", fraction -> calls[0]++));
		assertTrue(calls[0] > 0, "Escape is heard");
	}

	/** When a model is applied, such pixels spoil what is near them, and are told. */
	@Test
	void applyingTellsOfPixelsThatAreNoNumbers() {
		final TrainedModel model = ExampleModel.segmentation(2, 1, "norm=none");
		for (final Normalization normalization : new Normalization[] { model.normalization(), new Normalization.PerImage(
			new Normalization.Method.ZeroMean()) })
			try (Predictor predictor = new Predictor(new TorchEngine(), with(model, normalization), Precision.FP32, Device.CPU)) {
				final float[] good = noise(128 * 128), bad = good.clone(), expected = new float[3 * 128 * 128], found = expected
					.clone();
				assertEquals(false, predictor.values(ArrayImgs.floats(good, 128, 128, 1), ArrayImgs.floats(expected, 128, 128, 3),
					PredictionOptions.USUAL, Monitor.NONE));
				bad[0] = Float.NaN;
				assertEquals(true, predictor.values(ArrayImgs.floats(bad, 128, 128, 1), ArrayImgs.floats(found, 128, 128, 3),
					PredictionOptions.USUAL, Monitor.NONE));
				assertEquals(expected[128 * 128 - 1], found[128 * 128 - 1], 1e-3, "far from it all is as it was");
			}
	}
}
