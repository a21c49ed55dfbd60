package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.prediction.Tiling;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.RandomAccessibleInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part that is seen gets the labels that it has in the whole image. */
class VisiblePartTest {

	private static final int W = 40, H = 36;

	private static ImagePlus noise(final int channels, final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("noise", W, H, channels, slices, frames, 8);
		final Random random = new Random(3);
		for (int i = 1; i <= image.getStackSize(); i++)
			random.nextBytes((byte[]) image.getStack().getPixels(i));
		return image;
	}

	private static ImagePlus labels(final Predictor predictor, final NetworkViews views, final TrainedModel model) {
		final PredictedImages results = new PredictedImages(views, model.classes(), true, false);
		final List<RandomAccessibleInterval<?>> inputs = views.all();
		final Tiling tiling = predictor.tiling(Arrays.copyOf(inputs.get(0).dimensionsAsLongArray(), views.axes().count()),
			PredictionOptions.USUAL);
		for (int i = 0; i < inputs.size(); i++)
			predictor.on(inputs.get(i), PredictionOptions.USUAL, Monitor.NONE).predict(tiling, results.sink(i, tiling),
				Monitor.NONE);
		return results.labelImage("labels");
	}

	@ParameterizedTest
	@EnumSource(SpatialAxes.class)
	void thePartIsAPieceOfTheWhole(final SpatialAxes axes) {
		final ImagePlus image = noise(2, 5, 4);
		final int[] patch = new int[axes.count()];
		Arrays.fill(patch, 16);
		final TrainedModel model = ExampleModel.of(Architectures.create("unet depth=1 width=4", axes.count(), 2, 3),
			Task.SEGMENTATION, patch);
		final NetworkViews views = NetworkViews.of(image, axes);
		final VisiblePart part = new VisiblePart(2, 3, new Rectangle(5, 7, 21, 13));
		try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			final ImagePlus whole = labels(predictor, views, model);
			final ImageProcessor plane = whole.getStack().getProcessor(whole.getStackIndex(1, 2, 3));
			assertTrue(plane.getStats().max > plane.getStats().min, "several classes");
			plane.setRoi(part.area());
			assertArrayEquals((byte[]) plane.crop().getPixels(), (byte[]) part.classes(predictor, views, 3, Monitor.NONE)
				.getPixels());
		}
	}

	@Test
	void withoutAWindowAllIsSeenAsFarAsItIsNotTooLarge() {
		final ImagePlus image = noise(1, 3, 2);
		image.setPosition(1, 2, 2);
		assertEquals(new VisiblePart(2, 2, new Rectangle(W, H)), VisiblePart.of(image));
		final Rectangle large = VisiblePart.of(IJ.createImage("large", "8-bit black", 5000, 3000, 1)).area();
		assertEquals(1 << 22, large.width * large.height, 5000);
		assertEquals(2500, large.getCenterX(), 1);
		assertEquals(1500, large.getCenterY(), 1);
	}
}
