package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.Command;

/** Results of the input's type mean what 32-bit results mean, whatever calibration function the input has. */
class CalibratedOutputTest {

	private static ImagePlus filtered(final Class<? extends Command> command, final ImagePlus image,
		final Map<String, Object> keys) throws Exception
	{
		final Map<String, Object> inputs = new HashMap<>(keys);
		inputs.put("image", image);
		return (ImagePlus) ScriptedCommand.run(command, inputs).getOutput("filtered");
	}

	/** 16-bit, whose stored numbers are 32768 more than its values. */
	private static ImagePlus signed(final int w, final int h, final java.util.function.IntUnaryOperator values) {
		final ShortProcessor ip = new ShortProcessor(w, h);
		for (int i = 0; i < w * h; i++)
			ip.set(i, values.applyAsInt(i) + 32768);
		final ImagePlus image = new ImagePlus("signed", ip);
		image.getCalibration().setSigned16BitCalibration();
		return image;
	}

	private static double value(final ImagePlus image, final int x, final int y) {
		return image.getCalibration().getCValue(image.getProcessor().getf(x, y));
	}

	static Stream<Arguments> filters() {
		return Stream.of(Arguments.of(ConvolveCommand.class, Map.of("kernel", "box 3", "border", "replicate"), 100.0), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "gaussian 3", "border", "mirror", "method", "fourier"), 100.0),
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "-2", "offset", 50.0), -150.0), //
			Arguments.of(EdgesCommand.class, Map.of("operator", "sobel"), 0.0), //
			Arguments.of(EdgesCommand.class, Map.of("operator", "log", "sigma", 2.0), 0.0), //
			Arguments.of(PoolCommand.class, Map.of("operation", "sum"), 400.0), //
			Arguments.of(PoolCommand.class, Map.of("operation", "median", "window", "3", "stride", "1"), 100.0), //
			Arguments.of(PoolCommand.class, Map.of("operation", "l2"), 200.0), //
			Arguments.of(PoolCommand.class, Map.of("operation", "average", "global", true), 100.0), //
			Arguments.of(PoolCommand.class, Map.of("operation", "max", "pad", "1"), 100.0), //
			Arguments.of(DifferenceEquationCommand.class, Map.of("a", "1", "b", "0.5"), 50.0), //
			Arguments.of(DifferenceEquationCommand.class, Map.of("a", "1 -0.5", "b", "0.5", "zerophase", true), 100.0), //
			Arguments.of(MovingAverageCommand.class, Map.of(), 100.0), //
			Arguments.of(UpsampleCommand.class, Map.of("method", "nearest"), 100.0), //
			Arguments.of(UpsampleCommand.class, Map.of("method", "linear", "factor", "3"), 100.0));
	}

	@ParameterizedTest
	@MethodSource("filters")
	void aConstantOf100Signed(final Class<? extends Command> command, final Map<String, Object> keys, final double expected)
		throws Exception
	{
		final ImagePlus image = signed(12, 10, i -> 100);
		final Map<String, Object> all = new HashMap<>(keys);
		all.put("output", "input type");
		final ImagePlus result = filtered(command, image, all);
		assertEquals(16, result.getBitDepth());
		assertTrue(result.getCalibration().isSigned16Bit());
		for (int y = 0; y < result.getHeight(); y++)
			for (int x = 0; x < result.getWidth(); x++)
				assertEquals(expected, value(result, x, y), x + "," + y);
		assertEquals(100, value(image, 3, 3));
	}

	@Test
	void resultsAreThe32BitOnesRoundedAndClamped() throws Exception {
		final ImagePlus image = signed(40, 30, i -> (i * 7919 % 60000) - 30000);
		for (final Map<String, Object> keys : java.util.List.<Map<String, Object>> of(Map.of("kernel", "unsharp 1 3"), Map.of(
			"kernel", "sobel x"), Map.of("kernel", "box 5", "border", "constant", "value", -700.0)))
			assertAgrees(image, keys, -32768, 32767);
	}

	private static void assertAgrees(final ImagePlus image, final Map<String, Object> keys, final double least,
		final double most) throws Exception
	{
		final ImagePlus exact = filtered(ConvolveCommand.class, image, keys);
		final Map<String, Object> all = new HashMap<>(keys);
		all.put("output", "input type");
		final ImagePlus stored = filtered(ConvolveCommand.class, image, all);
		final double step = Math.abs(image.getCalibration().getCValue(1) - image.getCalibration().getCValue(0));
		for (int y = 0; y < image.getHeight(); y++)
			for (int x = 0; x < image.getWidth(); x++)
				assertEquals(Math.min(most, Math.max(least, exact.getProcessor().getf(x, y))), value(stored, x, y), 0.5001 * step,
					x + "," + y);
	}

	@Test
	void straightLinesOfEverySlope() throws Exception {
		for (final double[] line : new double[][] { { -1000, 1 }, { 3, 0.25 }, { 40, -0.5 }, { 0, 1e-6 } }) {
			final ByteProcessor ip = new ByteProcessor(30, 20);
			for (int i = 0; i < 600; i++)
				ip.set(i, i * 37 % 256);
			final ImagePlus image = new ImagePlus("line", ip);
			image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, line, "units");
			final double end = line[0] + 255 * line[1];
			assertAgrees(image, Map.of("kernel", "box 3", "border", "replicate"), Math.min(line[0], end), Math.max(line[0], end));
		}
	}

	@Test
	void otherFunctionsTakeTheNearestValue() throws Exception {
		final ByteProcessor ip = new ByteProcessor(16, 16);
		for (int i = 0; i < 256; i++)
			ip.set(i, i);
		final ImagePlus image = new ImagePlus("density", ip);
		image.getCalibration().setFunction(Calibration.UNCALIBRATED_OD, null, "OD");
		assertNearest(image);
		final float[] table = new float[256];
		for (int i = 0; i < 256; i++)
			// Neither ascending nor without gaps.
			table[i] = i == 17 ? Float.NaN : (i * 101 % 256) * 0.5f - 20;
		final ImagePlus custom = new ImagePlus("custom", ip.duplicate());
		custom.getCalibration().setCTable(table, "x");
		custom.getProcessor().set(17, 18);
		assertNearest(custom);
	}

	private static void assertNearest(final ImagePlus image) throws Exception {
		final Map<String, Object> keys = Map.of("kernel", "box 3", "border", "replicate");
		final ImagePlus exact = filtered(ConvolveCommand.class, image, keys);
		final Map<String, Object> all = new HashMap<>(keys);
		all.put("output", "input type");
		final ImagePlus stored = filtered(ConvolveCommand.class, image, all);
		final float[] table = image.getCalibration().getCTable();
		for (int i = 0; i < 256; i++) {
			final float wanted = exact.getProcessor().getf(i), found = table[stored.getProcessor().get(i)];
			double nearest = Double.MAX_VALUE;
			for (final float v : table)
				if (!Float.isNaN(v)) nearest = Math.min(nearest, Math.abs(v - wanted));
			assertEquals(nearest, Math.abs(found - wanted), 1e-6);
		}
	}

	@Test
	void aFunctionWithoutInverseIsRefused() {
		final ImagePlus image = new ImagePlus("flat", new ByteProcessor(8, 8));
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 7, 0 }, "u");
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> filtered(ConvolveCommand.class,
			image, Map.of("output", "input type")));
		assertTrue(e.getMessage().contains("same value") && e.getMessage().contains("output=[32-bit]"), e.getMessage());
	}

	@Test
	void thresholdsAreCalibratedAndMasksAreNot() throws Exception {
		// A step of 40 units, stored as 4 grey values.
		final ByteProcessor ip = new ByteProcessor(40, 20);
		for (int y = 0; y < 20; y++)
			for (int x = 20; x < 40; x++)
				ip.set(x, y, 4);
		final ImagePlus image = new ImagePlus("step", ip);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -100, 10 }, "u");
		final ImagePlus floats = new ImagePlus("step", new FloatProcessor(40, 20));
		for (int i = 0; i < 800; i++)
			floats.getProcessor().setf(i, -100 + 10 * ip.get(i));
		for (final Map<String, Object> keys : java.util.List.<Map<String, Object>> of(Map.of("operator", "canny", "low", 5.0,
			"high", 10.0), Map.of("operator", "log", "result", "crossings", "low", 3.0)))
		{
			final ImagePlus mask = filtered(EdgesCommand.class, image, keys);
			final byte[] pixels = (byte[]) mask.getProcessor().getPixels();
			assertArrayEquals((byte[]) filtered(EdgesCommand.class, floats, keys).getProcessor().getPixels(), pixels);
			int marks = 0;
			for (final byte b : pixels)
				marks += b != 0 ? 1 : 0;
			assertTrue(marks >= 20, marks + " marks");
			assertFalse(mask.getCalibration().calibrated());
		}
	}

	@Test
	void outsideASelectionStoredValuesStay() throws Exception {
		final ImagePlus image = signed(20, 20, i -> i - 200);
		image.setRoi(5, 5, 6, 6);
		final ImagePlus result = filtered(ConvolveCommand.class, image, Map.of("kernel", "0", "output", "input type"));
		for (int y = 0; y < 20; y++)
			for (int x = 0; x < 20; x++)
				assertEquals(x >= 5 && x < 11 && y >= 5 && y < 11 ? 0 : y * 20 + x - 200, value(result, x, y));
	}

	@Test
	void kernelImagesAreReadInCalibratedValues() throws Exception {
		final ImagePlus kernel = signed(3, 1, i -> i - 1);
		kernel.setTitle("signed kernel");
		final ImageProcessor weights = io.github.convoluta.image.KernelImages.toImage(io.github.convoluta.image.KernelImages
			.toKernel(kernel), "k").getProcessor();
		assertArrayEquals(new float[] { -1, 0, 1 }, (float[]) weights.getPixels());
	}

	@Test
	void aSelectionOutsideTheImageIsRefused() {
		final ImagePlus image = IJ.createImage("here", "8-bit ramp", 30, 20, 1);
		image.setRoi(new ij.gui.Roi(100, 100, 5, 5));
		for (final Map<String, Object> keys : java.util.List.<Map<String, Object>> of(Map.of("operation", "max"), Map.of(
			"window", "3", "stride", "1", "pad", "1")))
		{
			final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> filtered(PoolCommand.class,
				image, keys));
			assertEquals("The selection lies wholly outside the image \"here\" of 30x20 pixels. " +
				"Move it into the image, or remove it (Edit>Selection>Select None).", e.getMessage());
		}
		// Only the empty corner of the oval's box lies inside.
		image.setRoi(new ij.gui.OvalRoi(-18, -18, 20, 20));
		assertThrows(IllegalArgumentException.class, () -> filtered(ConvolveCommand.class, image, Map.of()));
		assertThrows(IllegalArgumentException.class, () -> io.github.convoluta.image.NetworkViews.of(image,
			io.github.convoluta.image.SpatialAxes.XY));
	}
}
