package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;

import io.github.convoluta.filter.Edges.Operator;
import io.github.convoluta.filter.Edges.Result;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgesTest {

	private static Img<FloatType> apply(final Operator operator, final Result result, final double sigma, final int axes,
		final Img<FloatType> image)
	{
		final double[] sigmas = new double[axes];
		Arrays.fill(sigmas, sigma);
		final Img<FloatType> target = ArrayImgs.floats(image.dimensionsAsLongArray());
		new Edges(operator, result, sigmas, 2, 5, Border.REPLICATE).apply(image, target, Monitor.NONE);
		return target;
	}

	/** {@code 2 x + 3 y - 4 z}: every derivative is known. */
	private static Img<FloatType> ramp(final long... size) {
		final Img<FloatType> image = ArrayImgs.floats(size);
		final float[] slope = { 2, 3, -4 };
		final var c = image.localizingCursor();
		while (c.hasNext()) {
			c.fwd();
			float v = 0;
			for (int d = 0; d < size.length; d++)
				v += slope[d] * c.getIntPosition(d);
			c.get().set(v);
		}
		return image;
	}

	@ParameterizedTest
	@EnumSource(value = Operator.class, names = { "SOBEL", "PREWITT", "SCHARR" })
	void componentsAreTheCataloguesKernels(final Operator operator) {
		final String name = operator.name().toLowerCase(Locale.ROOT);
		for (int axes = 1; axes <= 3; axes++) {
			final long[] size = Arrays.copyOf(new long[] { 19, 17, 11 }, Math.max(2, axes));
			final Img<FloatType> image = Reference.random(3, size);
			for (int c = 0; c < axes; c++) {
				final float[] expected = Reference.floats(Convolution.with(KernelCatalogue.create(name + " " + "xyz".charAt(c),
					axes)).border(Border.REPLICATE).apply(image));
				assertArrayEquals(expected, Reference.floats(apply(operator, Result.valueOf("XYZ".substring(c, c + 1)), 1, axes,
					image)), 2e-3f);
			}
		}
	}

	@Test
	void gaussianDerivativesOfARampAreItsSlopes() {
		final Img<FloatType> image = ramp(40, 40, 40);
		for (int c = 0; c < 3; c++) {
			final Img<FloatType> d = apply(Operator.GAUSSIAN, Result.valueOf("XYZ".substring(c, c + 1)), 1.5, 3, image);
			assertEquals(new double[] { 2, 3, -4 }[c], d.getAt(20, 20, 20).get(), 1e-3);
		}
		assertEquals(Math.sqrt(4 + 9 + 16), apply(Operator.GAUSSIAN, Result.MAGNITUDE, 1.5, 3, image).getAt(20, 20, 20).get(),
			1e-3);
	}

	@Test
	void directionIsTheAngleOfAscentWithYUp() {
		// Grows by 2 to the right and by 3 downwards, so ascends to the lower right.
		final float direction = apply(Operator.SOBEL, Result.DIRECTION, 1, 2, ramp(20, 20)).getAt(10, 10).get();
		assertEquals(Math.toDegrees(Math.atan2(-3, 2)), direction, 1e-4);
		assertEquals(0, apply(Operator.SOBEL, Result.DIRECTION, 1, 2, ArrayImgs.floats(9, 9)).getAt(4, 4).get());
	}

	@Test
	void laplacianOfAParabolaIsItsCurvature() {
		final Img<FloatType> image = ArrayImgs.floats(41, 41);
		for (int y = 0; y < 41; y++)
			for (int x = 0; x < 41; x++)
				image.getAt(x, y).set(0.5f * (x - 20) * (x - 20) + 1.5f * (y - 20) * (y - 20));
		assertEquals(4, apply(Operator.LAPLACIAN, Result.RESPONSE, 1, 2, image).getAt(20, 20).get(), 1e-3);
		assertEquals(4, apply(Operator.LOG, Result.RESPONSE, 1.5, 2, image).getAt(20, 20).get(), 1e-3);
	}

	@Test
	void zeroCrossingsOfAStepLieOnTheStep() {
		final Img<FloatType> image = ArrayImgs.floats(60, 30);
		for (int y = 0; y < 30; y++)
			for (int x = 31; x < 60; x++)
				image.getAt(x, y).set(100);
		final Img<FloatType> marks = apply(Operator.LOG, Result.CROSSINGS, 2, 2, image);
		for (int y = 0; y < 30; y++)
			for (int x = 0; x < 60; x++)
				if (x == 30 || x == 31) continue;
				else assertEquals(0, marks.getAt(x, y).get(), "at " + x + "," + y);
		for (int y = 0; y < 30; y++)
			assertEquals(255, marks.getAt(30, y).get() + marks.getAt(31, y).get(), "one mark per row");
	}

	@Test
	void cannyFindsAThinCircle() {
		final Img<FloatType> image = ArrayImgs.floats(101, 101);
		for (int y = 0; y < 101; y++)
			for (int x = 0; x < 101; x++)
				image.getAt(x, y).set(Math.hypot(x - 50, y - 50) < 30.3 ? 200 : 20);
		final Img<FloatType> edges = apply(Operator.CANNY, Result.EDGES, 1.5, 2, image);
		int count = 0;
		for (int y = 0; y < 101; y++)
			for (int x = 0; x < 101; x++)
				if (edges.getAt(x, y).get() > 0) {
					count++;
					assertEquals(30.3, Math.hypot(x - 50, y - 50), 1.2);
				}
		// Every direction is covered, and no more than about one pixel wide.
		assertTrue(count > 160 && count < 260, count + " edge pixels");
		for (int angle = 0; angle < 360; angle += 5) {
			boolean hit = false;
			for (double r = 28; r < 33; r += 0.5)
				hit |= edges.getAt((int) Math.round(50 + r * Math.cos(Math.toRadians(angle))), (int) Math.round(50 + r * Math.sin(
					Math.toRadians(angle)))).get() > 0;
			assertTrue(hit, "gap at " + angle);
		}
	}

	@Test
	void cannyFindsAThinSphere() {
		final int n = 48;
		final Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(n, n, n);
		for (int z = 0; z < n; z++)
			for (int y = 0; y < n; y++)
				for (int x = 0; x < n; x++)
					image.getAt(x, y, z).set(dist(x, y, z) < 14.2 ? 200 : 20);
		final Img<UnsignedByteType> edges = ArrayImgs.unsignedBytes(n, n, n);
		new Edges(Operator.CANNY, Result.EDGES, new double[] { 1.5, 1.5, 1.5 }, 10, 20, Border.MIRROR).apply(image, edges,
			Monitor.NONE);
		int count = 0;
		for (int z = 0; z < n; z++)
			for (int y = 0; y < n; y++)
				for (int x = 0; x < n; x++)
					if (edges.getAt(x, y, z).get() > 0) {
						count++;
						assertEquals(14.2, dist(x, y, z), 1.3);
					}
		final double area = 4 * Math.PI * 14.2 * 14.2;
		assertTrue(count > 0.7 * area && count < 1.6 * area, count + " of about " + area);
	}

	private static double dist(final int x, final int y, final int z) {
		return Math.sqrt((x - 24) * (x - 24) + (y - 24) * (y - 24) + (z - 24) * (z - 24));
	}

	@Test
	void hysteresisKeepsWeakEdgesConnectedToStrongOnes() {
		// A step that fades along y: strong at the top, weak at the bottom; and a weak step of its own further right.
		final Img<FloatType> image = ArrayImgs.floats(90, 60);
		for (int y = 0; y < 60; y++)
			for (int x = 0; x < 90; x++)
				image.getAt(x, y).set((x >= 30 ? 100 - y : 0) + (x >= 70 ? 40 : 0));
		final Img<UnsignedByteType> edges = ArrayImgs.unsignedBytes(90, 60);
		new Edges(Operator.CANNY, Result.EDGES, new double[] { 1.5, 1.5 }, 6, 18, Border.REPLICATE).apply(image, edges,
			Monitor.NONE);
		int connected = 0, lonely = 0;
		for (int y = 0; y < 60; y++) {
			for (int x = 25; x < 35; x++)
				connected += edges.getAt(x, y).get() > 0 ? 1 : 0;
			for (int x = 65; x < 75; x++)
				lonely += edges.getAt(x, y).get() > 0 ? 1 : 0;
		}
		assertTrue(connected >= 58, connected + " rows of the connected edge");
		assertEquals(0, lonely);
	}

	@Test
	void cannyHasNoSeamsBetweenTiles() {
		final Img<FloatType> image = ArrayImgs.floats(2500, 400);
		for (int y = 0; y < 400; y++)
			for (int x = 0; x < 2500; x++)
				image.getAt(x, y).set((float) (100 * Math.sin(x / 17.0 + y / 31.0)));
		final Img<UnsignedByteType> whole = ArrayImgs.unsignedBytes(2500, 400), part = ArrayImgs.unsignedBytes(700, 100);
		final Edges canny = new Edges(Operator.CANNY, Result.EDGES, new double[] { 1, 1 }, 0.5, 3, Border.REFLECT);
		canny.apply(image, whole, Monitor.NONE);
		canny.apply(net.imglib2.view.Views.interval(image, new long[] { 1800, 150 }, new long[] { 2499, 249 }), part,
			Monitor.NONE);
		for (int y = 20; y < 80; y++)
			for (int x = 20; x < 680; x++)
				assertEquals(whole.getAt(1800 + x, 150 + y).get(), part.getAt(x, y).get());
	}

	@Test
	void whatAnOperatorCannotShowIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> new Edges(Operator.SOBEL, Result.CROSSINGS,
			new double[] { 1, 1 }, 0, 0, Border.ZERO)).getMessage();
		assertTrue(message.contains("sobel can't show crossings"), message);
		assertThrows(IllegalArgumentException.class, () -> new Edges(Operator.SOBEL, Result.Z, new double[] { 1, 1 }, 0, 0,
			Border.ZERO));
		assertThrows(IllegalArgumentException.class, () -> Gradient.of(Gradient.Operator.ROBERTS, 3));
		assertThrows(IllegalArgumentException.class, () -> new Canny(Gradient.gaussian(1, 1), 5, 2));
	}
}
