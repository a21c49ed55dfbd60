package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.Command;

/** Numbers that filters can't use are refused with the key and what is allowed; unusual ones that they can use work. */
class FilterNumbersTest {

	private static ImagePlus run(final Class<? extends Command> command, final ImagePlus image, final Map<String, Object> keys)
		throws Exception
	{
		final Map<String, Object> inputs = new HashMap<>(keys);
		if (command != ShowKernelCommand.class) inputs.put("image", image);
		return (ImagePlus) ScriptedCommand.run(command, inputs).getOutput(command == ShowKernelCommand.class ? "shown"
			: "filtered");
	}

	static Stream<Arguments> wrong() {
		return Stream.of(Arguments.of(UpsampleCommand.class, Map.of("factor", "99999999999"), "factor", "1 to 10000"), //
			Arguments.of(UpsampleCommand.class, Map.of("factor", "100000"), "factor", "1 to 10000"), //
			Arguments.of(UpsampleCommand.class, Map.of("factor", "0"), "factor", "1 to 10000"), //
			Arguments.of(ConvolveCommand.class, Map.of("dilation", "4294967297"), "dilation", "1 to 2147483647"), //
			Arguments.of(ConvolveCommand.class, Map.of("dilation", "2147483647"), "dilation", "at most 67108864"), //
			Arguments.of(ConvolveCommand.class, Map.of("dilation", "1500000000", "kernel", "1 2 3 4", "axes", "X"), "dilation",
				"at most 67108864"), //
			Arguments.of(ConvolveCommand.class, Map.of("stride", "1e20"), "stride", "1 to 2147483647"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1e39"), "kernel", "from -3.4e38 to 3.4e38"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1e400"), "kernel", "finite"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1 x 1"), "kernel=[1 x 1]", "column 2"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1 2;3"), "kernel=", "same length"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1 2;3 4", "axes", "X"), "kernel=", "Choose axes"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "0,5 0,5"), "kernel=[0,5 0,5]", "with a point"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "1 2; 0,5\t0,5"), "kernel=", "Row 2"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "unsharp 1,5 2"), "kernel=", "with a point"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "gaussian 1,5"), "kernel=", "with a point"), //
			Arguments.of(ConvolveCommand.class, Map.of("kernel", "gaussian 400", "axes", "XYZ"), "kernel=", "weights"), //
			Arguments.of(ShowKernelCommand.class, Map.of("kernel", "1 x 1"), "kernel=[1 x 1]", "column 2"), //
			Arguments.of(ShowKernelCommand.class, Map.of("kernel", "0,5 0,5"), "kernel=", "with a point"), //
			Arguments.of(ConvolveCommand.class, Map.of("stride", "1,5 2"), "stride", "with a point"), //
			Arguments.of(ConvolveCommand.class, Map.of("divisor", 1e-320), "divisor", "3.4e38"), //
			Arguments.of(ConvolveCommand.class, Map.of("divisor", Double.NaN), "divisor", "3.4e38"), //
			Arguments.of(ConvolveCommand.class, Map.of("offset", 1e39), "offset", "3.4"), //
			Arguments.of(ConvolveCommand.class, Map.of("border", "constant", "value", -1e39), "value", "3.4"), //
			Arguments.of(PoolCommand.class, Map.of("window", "2147483648"), "window", "1 to 2147483647"), //
			Arguments.of(PoolCommand.class, Map.of("window", "1000000"), "window", "larger than the image"), //
			Arguments.of(PoolCommand.class, Map.of("pad", "1e15"), "pad", "0 to 2147483647"), //
			Arguments.of(PoolCommand.class, Map.of("stride", "-1"), "stride", "0 to 2147483647"), //
			Arguments.of(DifferenceEquationCommand.class, Map.of("a", "1e-320"), "a[0]", "1.8e308"), //
			Arguments.of(DifferenceEquationCommand.class, Map.of("b", "0,5 1"), "b=", "with a point"), //
			Arguments.of(MovingAverageCommand.class, Map.of("length", 5000), "length", "1.0 to 4001.0"), //
			Arguments.of(EdgesCommand.class, Map.of("low", 1e39, "high", 1e39), "low", "3.4"), //
			Arguments.of(EdgesCommand.class, Map.of("sigma", 501.0), "sigma", "0.1 to 500.0 pixels"), //
			Arguments.of(EdgesCommand.class, Map.of("sigma", 0.01), "sigma", "0.1 to 500.0 pixels"), //
			Arguments.of(EdgesCommand.class, Map.of("sigma", Double.NaN), "sigma", "0.1 to 500.0 pixels"));
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void wrongNumbersAreRefusedWithKeyAndRange(final Class<? extends Command> command, final Map<String, Object> keys,
		final String key, final String reason)
	{
		final ImagePlus image = IJ.createImage("i", "8-bit ramp", 30, 20, 1);
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run(command, image, keys));
		assertTrue(e.getMessage().contains(key) && e.getMessage().contains(reason), e.getMessage());
	}

	@Test
	void transformsThatNoMemoryHoldsAreRefused() {
		final Convolution wide = Convolution.with(KernelCatalogue.create("sobel", 2)).dilation(3000);
		final long[] size = { 20000, 20000 };
		assertTrue(assertThrows(IllegalArgumentException.class, () -> wide.method(Convolution.Method.FOURIER).methodFor(size,
			new FloatType())).getMessage().contains("method=fourier"));
		assertNotEquals(Convolution.Method.FOURIER, wide.methodFor(size, new FloatType()));
	}

	@Test
	void separatorsThatAreMeantStillWork() throws Exception {
		final float[] expected = { 0, 5, 0, 5 };
		for (final String kernel : new String[] { "0 5 0 5", "0,5,0,5", "0, 5, 0, 5", "0\t5\t0\t5", "0 , 5 , 0 , 5" })
			org.junit.jupiter.api.Assertions.assertArrayEquals(expected, (float[]) run(ShowKernelCommand.class, null, Map.of(
				"kernel", kernel)).getProcessor().getPixels());
		assertEquals(4, run(ShowKernelCommand.class, null, Map.of("kernel", "box 4,2")).getWidth());
	}

	@Test
	void tinyWeightsAreNormalizedAsOthersAre() throws Exception {
		final ImagePlus image = IJ.createImage("i", "8-bit ramp", 30, 20, 1);
		for (final Map<String, Object> keys : java.util.List.<Map<String, Object>> of(Map.of("kernel", "1e-60 1e-60 1e-60",
			"normalize", "sum"), Map.of("kernel", "1e-60 1e-60 1e-60", "divisor", 3e-60)))
		{
			final ImagePlus mean = run(ConvolveCommand.class, image, keys);
			final ImagePlus expected = run(ConvolveCommand.class, image, Map.of("kernel", "1 1 1", "divisor", 3.0));
			for (int i = 0; i < 600; i++)
				assertEquals(expected.getProcessor().getf(i), mean.getProcessor().getf(i), 1e-4);
		}
	}

	private static ImagePlus ball(final double xy, final double z, final String unit) {
		final ij.ImageStack stack = new ij.ImageStack(24, 24);
		for (int k = 0; k < 9; k++) {
			final FloatProcessor ip = new FloatProcessor(24, 24);
			for (int i = 0; i < 576; i++)
				ip.setf(i, Math.hypot(i % 24 - 12, i / 24 - 12) < 6 && Math.abs(k - 4) < 3 ? 100 : 10);
			stack.addSlice(ip);
		}
		final ImagePlus image = new ImagePlus("ball", stack);
		image.setDimensions(1, 9, 1);
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = xy;
		image.getCalibration().pixelDepth = z;
		image.getCalibration().setUnit(unit);
		return image;
	}

	@Test
	void sigmaIsCheckedInPixels() throws Exception {
		final ImagePlus image = ball(0.001, 0.001, "mm");
		final ImagePlus calibrated = run(EdgesCommand.class, image, Map.of("operator", "gaussian", "sigma", 0.002, "unit",
			"calibrated"));
		final ImagePlus pixels = run(EdgesCommand.class, image, Map.of("operator", "gaussian", "sigma", 2.0));
		assertEquals(pixels.getStack().getVoxel(8, 12, 4), calibrated.getStack().getVoxel(8, 12, 4), 1e-4);
		final ImagePlus nanometres = ball(650, 650, "nm");
		assertEquals(pixels.getStack().getVoxel(8, 12, 4), run(EdgesCommand.class, nanometres, Map.of("operator", "gaussian",
			"sigma", 1300.0, "unit", "calibrated")).getStack().getVoxel(8, 12, 4), 1e-4);
		final String message = assertThrows(IllegalArgumentException.class, () -> run(EdgesCommand.class, image, Map.of(
			"operator", "gaussian", "sigma", 2.0, "unit", "calibrated"))).getMessage();
		assertTrue(message.contains("sigma=2.0") && message.contains("2000.0 x 2000.0"), message);
	}

	@Test
	void slicesMuchThickerThanSigmaAreNotSmoothedAcross() throws Exception {
		final ImagePlus image = ball(0.1, 5, "um");
		for (final double thickness : new double[] { 5, 50, 1e6 }) {
			image.getCalibration().pixelDepth = thickness;
			for (final String operator : new String[] { "gaussian", "log", "canny" }) {
				final ImagePlus result = run(EdgesCommand.class, image, Map.of("operator", operator, "sigma", 0.2, "unit",
					"calibrated", "axes", "XYZ"));
				for (int z = 0; z < 9; z++)
					for (int i = 0; i < 576; i++)
						assertTrue(Double.isFinite(result.getStack().getVoxel(i % 24, i / 24, z)));
			}
			// Across slices the derivative is the difference between the neighbours.
			final ImagePlus dz = run(EdgesCommand.class, image, Map.of("operator", "gaussian", "sigma", 0.2, "unit", "calibrated",
				"axes", "XYZ", "result", "z"));
			assertEquals(45, dz.getStack().getVoxel(12, 12, 1), 1, "smoothed along x and y only");
			assertEquals(0, dz.getStack().getVoxel(12, 12, 4), 1e-3);
		}
	}
}
