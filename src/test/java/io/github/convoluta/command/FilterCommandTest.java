package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.process.FloatProcessor;
import io.github.convoluta.image.TestImages;
import org.junit.jupiter.api.Test;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.module.Module;

/** Commands run through SciJava, as scripts run them. */
class FilterCommandTest {

	private static Module run(final Class<? extends Command> command, final ImagePlus image, final Map<String, Object> inputs)
		throws Exception
	{
		final Map<String, Object> all = new HashMap<>(inputs);
		all.put("image", image);
		return ScriptedCommand.run(command, all);
	}

	@Test
	void theTextbookColourExample() throws Exception {
		// 6x6x3 with 3x3x3 gives 4x4.
		final ImagePlus image = IJ.createImage("rgb", "RGB ramp", 6, 6, 1);
		final ImagePlus result = (ImagePlus) run(ConvolveCommand.class, image, Map.of("kernel",
			"1 0 -1;1 0 -1;1 0 -1;;2 0 -2;2 0 -2;2 0 -2;;0 0 0;0 1 0;0 0 0", "channels", "sum", "padding", "valid")).getOutput(
				"filtered");
		assertEquals(4, result.getWidth());
		assertEquals(4, result.getHeight());
		assertEquals(1, result.getStackSize());
		final int[] p = (int[]) image.getProcessor().getPixels();
		int expected = p[2 * 6 + 1] & 0xff;
		for (int y = 0; y < 3; y++)
			for (int c = 0; c < 2; c++) {
				final int left = p[(y + 1) * 6] >> 16 - 8 * c & 0xff, right = p[(y + 1) * 6 + 2] >> 16 - 8 * c & 0xff;
				expected += (c + 1) * (left - right);
			}
		assertEquals(expected, result.getProcessor().getf(0, 1));
	}

	@Test
	void aKernelWithTheWrongNumberOfChannelsIsRefused() {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run(ConvolveCommand.class,
			TestImages.tissue(), Map.of("kernel", "1 1;1 1;;2 2;2 2", "channels", "sum")));
		assertTrue(e.getMessage().contains("3 channels, but the kernel has 2 slices"), e.getMessage());
	}

	@Test
	void everyRowIsASignalAlongX() throws Exception {
		final ImagePlus image = new ImagePlus("rows", new FloatProcessor(6, 2, new float[] { 1, 2, -5, 4, 2, -1, 0, 0, 1, 0, 0,
			0 }));
		final ImagePlus result = (ImagePlus) run(ConvolveCommand.class, image, Map.of("kernel", "-1 2 -1", "axes", "X",
			"padding", "full", "operation", "convolution")).getOutput("filtered");
		assertEquals(8, result.getWidth());
		assertEquals(2, result.getHeight());
		final float[] expected = { -1, 0, 8, -16, 11, 1, -4, 1 };
		for (int x = 0; x < 8; x++)
			assertEquals(expected[x], result.getProcessor().getf(x, 0));
		assertEquals(2, result.getProcessor().getf(3, 1));
	}

	@Test
	void commandsCheckAgainWhatMacrosWouldHaveChecked() {
		final ImagePlus image = TestImages.cells();
		for (final Map<String, Object> wrong : List.<Map<String, Object>> of(Map.of("axes", "XQ"), Map.of("divisor", 0.0), Map
			.of("stride", "0"), Map.of("stride", "1 2 3"), Map.of("output", "8-bit"), Map.of("kernel", "")))
			assertThrows(IllegalArgumentException.class, () -> run(ConvolveCommand.class, image, wrong), wrong.toString());
		assertThrows(IllegalArgumentException.class, () -> run(EdgesCommand.class, image, Map.of("sigma", -1.0)));
		assertThrows(IllegalArgumentException.class, () -> run(PoolCommand.class, new ImagePlus(), Map.of()));
	}

	@Test
	void sigmaInCalibratedUnitsIsDividedByTheSpacing() throws Exception {
		final ImagePlus image = TestImages.ct();
		final ImagePlus calibrated = (ImagePlus) run(EdgesCommand.class, image, Map.of("operator", "gaussian", "sigma", 3.0,
			"unit", "calibrated")).getOutput("filtered");
		final ImagePlus pixels = (ImagePlus) run(EdgesCommand.class, image, Map.of("operator", "gaussian", "sigma", 2.0))
			.getOutput("filtered");
		assertEquals(pixels.getStack().getVoxel(20, 30, 10), calibrated.getStack().getVoxel(20, 30, 10));
	}

	@Test
	void theBeatsOfTheElectrocardiogramAreFound() throws Exception {
		final ImagePlus sharp = (ImagePlus) run(ConvolveCommand.class, TestImages.ecg(), Map.of("kernel", "log 2.5", "axes", "X",
			"border", "mirror", "divisor", -1.0)).getOutput("filtered");
		final float[] r = (float[]) sharp.getProcessor().getPixels();
		int beats = 0;
		for (int i = 0; i < r.length; i++)
			if (TestImages.isBeat(i)) {
				beats++;
				for (int k = -60; k <= 60; k++)
					if (i + k >= 0 && i + k < r.length) assertTrue(r[i + k] <= r[i] || Math.abs(k) <= 1, "at " + (i + k));
			}
		assertEquals(10, beats);
	}

	@Test
	void escapeStopsTheFilterAndLeavesNoResult() throws Exception {
		final ImagePlus image = IJ.createImage("large", "32-bit ramp", 3000, 3000, 1);
		final Thread user = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted())
				IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		});
		user.start();
		try {
			final Module module = run(ConvolveCommand.class, image, Map.of("kernel", "box 25", "method", "direct"));
			assertTrue(((ContextCommand) module.getDelegateObject()).isCanceled());
			assertNull(module.getOutput("filtered"));
		}
		finally {
			user.interrupt();
			user.join();
			IJ.resetEscape();
		}
		final Module again = run(ConvolveCommand.class, TestImages.cells(), Map.of());
		assertFalse(((ContextCommand) again.getDelegateObject()).isCanceled());
		assertNotNull(again.getOutput("filtered"));
	}
}
