package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an image and its target to values in the target's range. */
class TrainImageToImageTest {

	private static final int N = 40, SLICES = 3;

	@TempDir
	Path folder;

	/** Stored numbers that mean 32768 less, as CT files have. */
	private static ImagePlus stack() {
		final ImagePlus image = IJ.createHyperStack("raw", N, N, 1, SLICES, 1, 16);
		final Random random = new Random(1);
		for (int z = 1; z <= SLICES; z++) {
			for (int i = 0; i < N * N; i++)
				((ShortProcessor) image.getStack().getProcessor(z)).set(i, 32768 - 1000 + random.nextInt(2000));
			image.getStack().setSliceLabel("z = " + z + " mm", z);
		}
		final Calibration calibration = image.getCalibration();
		calibration.setSigned16BitCalibration();
		calibration.pixelWidth = calibration.pixelHeight = 0.5;
		calibration.setUnit("mm");
		return image;
	}

	private static double value(final ImagePlus image, final int z, final int i) {
		return image.getCalibration().getCValue(image.getStack().getProcessor(z).getf(i));
	}

	/** Two channels: twice the value and 3, and its hundredth. */
	private String target(final ImagePlus image) {
		final ImagePlus target = IJ.createHyperStack("target", N, N, 2, SLICES, 1, 32);
		for (int z = 1; z <= SLICES; z++)
			for (int i = 0; i < N * N; i++) {
				target.getStack().getProcessor(target.getStackIndex(1, z, 1)).setf(i, (float) (2 * value(image, z, i) + 3));
				target.getStack().getProcessor(target.getStackIndex(2, z, 1)).setf(i, (float) (value(image, z, i) / 100));
			}
		final String file = folder.resolve("target.tif").toString();
		IJ.saveAsTiff(target, file);
		return file;
	}

	private void train(final ImagePlus image, final String target, final Map<String, Object> more) {
		final Map<String, Object> keys = new HashMap<>(Map.of("image", image, "target", target, "network", "C8k1RM", "epochs", 6,
			"steps", 20, "batch", 8, "patch", "16", "learningrate", 0.05, "precision", "fp32", "model", folder.resolve("m.zip")
				.toString()));
		keys.putAll(more);
		ScriptedCommand.run(TrainImageToImageCommand.class, keys);
	}

	@Test
	void valuesComeInTheRangeOfTheTargetAndKeepTheCalibration() {
		final ImagePlus image = stack();
		train(image, target(image), Map.of());
		final ImagePlus found = (ImagePlus) ScriptedCommand.run(ApplyNetworkCommand.class, Map.of("image", image, "model", folder
			.resolve("m.zip").toString())).getOutput("probabilities");
		assertEquals("raw-predicted", found.getTitle());
		assertEquals(32, found.getBitDepth());
		assertEquals(2, found.getNChannels());
		assertEquals(SLICES, found.getNSlices());
		assertEquals(0.5, found.getCalibration().pixelWidth);
		assertEquals("mm", found.getCalibration().getUnit());
		double square = 0;
		for (int z = 1; z <= SLICES; z++)
			for (int i = 0; i < N * N; i++) {
				final double v = value(image, z, i);
				square += Math.pow((found.getStack().getProcessor(found.getStackIndex(1, z, 1)).getf(i) - 2 * v - 3) / 1155, 2) +
					Math.pow((found.getStack().getProcessor(found.getStackIndex(2, z, 1)).getf(i) - v / 100) / 5.77, 2);
			}
		assertTrue(square / (2 * SLICES * N * N) < 0.01, "share of the variance that was not learnt: " + square / (2 * SLICES *
			N * N));
	}

	@Test
	void colourIsThreeChannelsAndASingleOneKeepsTheLabelsOfTheSlices() {
		final ImagePlus colours = IJ.createImage("rgb", "rgb ramp", N, N, SLICES);
		final String file = folder.resolve("rgb.tif").toString();
		IJ.saveAsTiff(colours, file);
		train(stack(), file, Map.of("epochs", 1, "steps", 1));
		final TrainedModel model = ModelFile.read(folder.resolve("m.zip"), new TorchEngine());
		assertEquals(List.of("channel 1", "channel 2", "channel 3"), model.classes());
		final ImagePlus grey = stack();
		IJ.saveAsTiff(grey, file);
		train(grey, file, Map.of("epochs", 1, "steps", 1));
		final ImagePlus found = (ImagePlus) ScriptedCommand.run(ApplyNetworkCommand.class, Map.of("image", grey, "model", folder
			.resolve("m.zip").toString())).getOutput("probabilities");
		assertEquals("z = 2 mm", found.getStack().getSliceLabel(2));
	}

	@Test
	void targetsThatDoNotFitAreNamed() {
		final String file = folder.resolve("small.tif").toString();
		IJ.saveAsTiff(new ImagePlus("small", new FloatProcessor(N, N)), file);
		final String message = assertThrows(IllegalArgumentException.class, () -> train(stack(), file, Map.of())).getMessage();
		assertTrue(message.startsWith("target=[" + file) && message.contains(
			"40x40 pixels, 1 slice and 1 frame, but the image has 40x40 " + "pixels, 3 slices"), message);
		final ImagePlus broken = stack();
		final ImagePlus target = broken.duplicate();
		target.setStack(target.getStack().convertToFloat());
		target.getStack().getProcessor(2).setf(7, Float.NaN);
		IJ.saveAsTiff(target, file);
		final String nan = assertThrows(IllegalArgumentException.class, () -> train(broken, file, Map.of())).getMessage();
		assertTrue(nan.contains("what \"raw\", slice 2 should become") && nan.contains("NaN"), nan);
	}

	@Test
	void aNetworkForWholeImagesIsRefused() {
		final ImagePlus image = stack();
		final String message = assertThrows(IllegalArgumentException.class, () -> train(image, target(image), Map.of("network",
			"cnn depth=1 width=4"))).getMessage();
		assertTrue(message.contains("the network must give a result") && message.contains("Use a network such as unet"),
			message);
	}
}
