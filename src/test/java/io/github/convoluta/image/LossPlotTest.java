package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import ij.gui.Plot;
import io.github.convoluta.training.History;
import org.junit.jupiter.api.Test;

class LossPlotTest {

	private static History.Epoch epoch(final int number, final double validation) {
		return new History.Epoch(number, 2.0 / number, validation, 0.5, 0.5, 0.001);
	}

	private static LossPlot withoutWindow() {
		return new LossPlot("loss", plot -> {});
	}

	private static float[][] object(final Plot plot, final int i) {
		return plot.getDataObjectArrays(i);
	}

	private static void assertInside(final Plot plot) {
		final double[] limits = plot.getLimits();
		for (int i = 0; i < 2; i++)
			for (int k = 0; k < object(plot, i)[0].length; k++) {
				final float x = object(plot, i)[0][k], y = object(plot, i)[1][k];
				assertTrue(x < limits[1] && x >= limits[0] && y > limits[2] && y < limits[3], x + " " + y + " " + Arrays.toString(
					limits));
			}
	}

	/** Five steps an epoch; the third is not finished. */
	@Test
	void validationStandsWhereItsEpochEnds() {
		final LossPlot plot = withoutWindow();
		for (int step = 1; step <= 13; step++) {
			plot.step(step / 5.0, 10 - step);
			if (step % 5 == 0 && step < 13) plot.epoch(epoch(step / 5, 3));
		}
		final Plot shown = plot.plot();
		assertArrayEquals(new float[] { 1, 2 }, object(shown, 1)[0]);
		assertArrayEquals(new float[] { 3, 3 }, object(shown, 1)[1]);
		final float[] x = object(shown, 0)[0], y = object(shown, 0)[1];
		assertEquals(13, x.length);
		assertEquals(2.6f, x[12]);
		assertEquals(-3, y[12]);
		assertInside(shown);
	}

	@Test
	void theNewestStepIsShownHoweverManyThereAre() {
		for (final int steps : new int[] { 1, 399, 400, 401, 1000, 1201 }) {
			final LossPlot plot = withoutWindow();
			for (int step = 1; step <= steps; step++)
				plot.step(step / 100.0, step == steps ? 1000 * steps : 1);
			plot.epoch(epoch(1, 5));
			final float[][] curve = object(plot.plot(), 0);
			assertTrue(curve[0].length <= 400, curve[0].length + " points");
			assertEquals(steps / 100f, curve[0][curve[0].length - 1]);
			assertTrue(curve[1][curve[1].length - 1] > 1, "the last step counts");
			assertInside(plot.plot());
		}
	}

	@Test
	void afterResumingTheEarlierEpochsAreThere() {
		final LossPlot plot = withoutWindow();
		plot.resumed(new History(List.of(epoch(1, 4), epoch(2, 3))));
		plot.step(2.5, 0.9);
		plot.step(3, 0.8);
		plot.epoch(epoch(3, 2));
		final Plot shown = plot.plot();
		assertArrayEquals(new float[] { 0.5f, 1.5f, 2.5f, 3 }, object(shown, 0)[0]);
		assertArrayEquals(new float[] { 2, 1, 0.9f, 0.8f }, object(shown, 0)[1]);
		assertArrayEquals(new float[] { 1, 2, 3 }, object(shown, 1)[0]);
		assertArrayEquals(new float[] { 4, 3, 2 }, object(shown, 1)[1]);
		assertInside(shown);
	}

	@Test
	void withoutValidationThereIsOneCurve() {
		final LossPlot plot = withoutWindow();
		plot.step(1, 2);
		plot.epoch(epoch(1, Double.NaN));
		assertEquals(1, Arrays.stream(plot.plot().getPlotObjectDesignations()).filter(d -> d.contains("training") || d.contains(
			"validation")).filter(d -> !d.toLowerCase().contains("legend")).count());
	}
}
