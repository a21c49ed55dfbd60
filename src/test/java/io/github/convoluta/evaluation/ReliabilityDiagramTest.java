package io.github.convoluta.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

/** Reliability of probabilities with known truth. */
class ReliabilityDiagramTest {

	@Test
	void binsAndErrorCountedByHand() {
		final double[][] p = { { 0.9, 0.1 }, { 0.95, 0.05 }, { 0.3, 0.7 }, { 0.45, 0.55 } };
		final ReliabilityDiagram c = ReliabilityDiagram.of(p, new int[] { 0, 1, 1, 0 }, 10);
		assertEquals(1, c.bins().get(5).count());
		assertEquals(1, c.bins().get(6).count());
		assertEquals(1, c.bins().get(8).count());
		assertEquals(1, c.bins().get(9).count());
		assertEquals((Math.abs(0 - 0.55) + Math.abs(1 - 0.7) + Math.abs(1 - 0.9) + Math.abs(0 - 0.95)) / 4, c.error(), 1e-12);
	}

	@Test
	void truthsDrawnFromTheProbabilitiesAreWellCalibrated() {
		final Random random = new Random(5);
		final int n = 50_000;
		final double[][] p = new double[n][];
		final int[] truths = new int[n];
		for (int i = 0; i < n; i++) {
			final double q = random.nextDouble();
			p[i] = new double[] { q, 1 - q };
			truths[i] = random.nextDouble() < q ? 0 : 1;
		}
		assertEquals(0, ReliabilityDiagram.of(p, truths, 10).error(), 0.02);
	}
}
