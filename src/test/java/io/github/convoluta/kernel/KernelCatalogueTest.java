package io.github.convoluta.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCatalogueTest {

	@ParameterizedTest
	@ValueSource(strings = { "identity 3", "box 3", "mean 5", "gaussian 1.5", "sharpen", "unsharp 2 0.7", "motion 9 30",
		"average 4" })
	void averagingKernelsKeepAFlatImage(final String name) {
		for (int n = name.startsWith("motion") ? 2 : 1; n <= 3; n++)
			assertEquals(1, KernelCatalogue.create(name, n).sum(), 1e-9, name + " in " + n + "-D");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sobel", "sobel y", "prewitt", "scharr", "roberts", "roberts 2", "kirsch", "kirsch se",
		"laplacian", "laplacian 8", "log 2", "dog 1 2", "line", "line vertical", "line diagonal", "line antidiagonal" })
	void derivativeKernelsIgnoreAFlatImage(final String name) {
		assertEquals(0, KernelCatalogue.create(name, 2).sum(), 1e-9);
	}

	@Test
	void textbookWeights() {
		assertEquals(KernelText.parse("-1 0 1; -2 0 2; -1 0 1"), KernelCatalogue.create("sobel", 2));
		assertEquals(KernelText.parse("-3 -10 -3; 0 0 0; 3 10 3"), KernelCatalogue.create("scharr y", 2));
		assertEquals(KernelText.parse("0 -1 0; -1 5 -1; 0 -1 0"), KernelCatalogue.create("sharpen", 2));
		assertEquals(KernelText.parse("0 1 0; 1 -4 1; 0 1 0"), KernelCatalogue.create("laplacian", 2));
		assertEquals(KernelText.parse("1 1 1; 1 -8 1; 1 1 1"), KernelCatalogue.create("laplacian 8", 2));
		assertEquals(KernelText.parse("5 5 5; -3 0 -3; -3 -3 -3"), KernelCatalogue.create("kirsch north", 2));
		assertEquals(KernelText.parse("-3 5 5; -3 0 5; -3 -3 -3"), KernelCatalogue.create("kirsch north-east", 2));
		assertEquals(KernelText.parse("-3 -3 5; -3 0 5; -3 -3 5"), KernelCatalogue.create("kirsch e", 2));
		assertEquals(KernelText.parse("-2 -1 0; -1 1 1; 0 1 2"), KernelCatalogue.create("emboss", 2));
		for (final int neighbours : new int[] { 6, 18, 26 })
			assertEquals(-neighbours, KernelCatalogue.create("laplacian " + neighbours, 3).value(1, 1, 1));
	}

	@Test
	void theEightKirschKernelsDiffer() {
		final String[] directions = { "n", "nw", "w", "sw", "s", "se", "e", "ne" };
		for (int i = 0; i < 8; i++)
			for (int j = 0; j < i; j++)
				assertNotEquals(KernelCatalogue.create("kirsch " + directions[i], 2), KernelCatalogue.create("kirsch " +
					directions[j], 2));
	}

	@Test
	void horizontalMotionIsAMeanAlongARow() {
		final double[] row = KernelCatalogue.create("motion 5", 1).values();
		assertEquals(5, row.length);
		for (final double v : row)
			assertEquals(0.2, v, 1e-9);
		final Kernel up = KernelCatalogue.create("motion 5 90", 2);
		assertEquals(1, up.value(2, 0) + up.value(2, 1) + up.value(2, 2) + up.value(2, 3) + up.value(2, 4), 1e-9);
	}

	@Test
	void derivativesOfGaussiansAreCalibratedOnPolynomials() {
		final double[] first = Gaussian.derivative(1.7), second = Gaussian.secondDerivative(1.7);
		final int r = first.length / 2;
		double slope = 0, curvature = 0, flat = 0;
		for (int i = 0; i < first.length; i++) {
			slope += first[i] * 3 * (i - r);
			curvature += second[i] * 2.5 * (i - r) * (i - r);
			flat += second[i];
		}
		assertEquals(3, slope, 1e-9);
		assertEquals(5, curvature, 1e-9);
		assertEquals(0, flat, 1e-9);
	}

	@ParameterizedTest
	@CsvSource({ "gaussian -1, sigma must be a number above 0", "gaussian 1 2, does not take the argument \"2\"",
		"kirsch up, direction must be one of north", "sobel z, axis must be one of x, y", "identity 2, an odd number",
		"gaussian abc, a number" })
	void wrongArgumentsAreNamed(final String text, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> KernelCatalogue.create(text, 2)).getMessage();
		assertTrue(message.contains(expected), message);
	}

	@Test
	void normalizationDividesBySums() {
		final Kernel k = Kernel.of1D(1, -3, 4);
		assertEquals(0.5, KernelNormalization.SUM.factor(k));
		assertEquals(1.0 / 8, KernelNormalization.ABSOLUTE.factor(k));
		assertEquals(1, KernelNormalization.SUM.factor(Kernel.of1D(1, 0, -1)));
	}

	@Test
	void kernelsAreImmutable() {
		final double[] values = { 1, 2, 3 };
		final Kernel kernel = Kernel.of1D(values);
		values[0] = 9;
		kernel.values()[1] = 9;
		kernel.size()[0] = 9;
		assertArrayEquals(new double[] { 1, 2, 3 }, kernel.values());
		assertEquals(kernel, kernel.flipped().flipped());
		assertEquals(1, kernel.flipped().origin(0));
		assertEquals(0, Kernel.of1D(1, 2).flipped().origin(0));
	}
}
