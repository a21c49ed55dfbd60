package io.github.convoluta.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.filter.Monitor;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Distances of boundaries against those of all pairs of their pixels. */
class SurfaceDistancesTest {

	private static final int W = 17, H = 13, D = 5;
	private static final double[] SPACING = { 0.5, 0.7, 2 };

	@Test
	void areThoseOfAllPairsOfBoundaryPixels() {
		final Random random = new Random(4);
		for (int repeat = 0; repeat < 10; repeat++) {
			final float[] truth = ball(random), predicted = ball(random);
			final SurfaceDistances found = SurfaceDistances.of(ArrayImgs.floats(truth, W, H, D), ArrayImgs.floats(predicted, W, H,
				D), 3, SPACING, Monitor.NONE);
			final List<double[]> a = boundary(truth), b = boundary(predicted);
			final double[] toTruth = least(b, a), toPrediction = least(a, b);
			Arrays.sort(found.toTruth());
			Arrays.sort(found.toPrediction());
			assertArrayEquals(toTruth, found.toTruth(), 1e-9);
			assertArrayEquals(toPrediction, found.toPrediction(), 1e-9);
			assertEquals(Math.max(toTruth[toTruth.length - 1], toPrediction[toPrediction.length - 1]), found.hausdorff(), 1e-9);
			assertEquals((Arrays.stream(toTruth).average().orElseThrow() + Arrays.stream(toPrediction).average().orElseThrow()) /
				2, found.mean(), 1e-9);
		}
	}

	@Test
	void shiftedRegionsAreAsFarApartAsTheShift() {
		final float[] truth = new float[30 * 30], predicted = new float[30 * 30];
		for (int y = 5; y < 15; y++)
			for (int x = 5; x < 15; x++) {
				truth[y * 30 + x] = 1;
				predicted[y * 30 + x + 3] = 1;
			}
		final SurfaceDistances found = SurfaceDistances.of(ArrayImgs.floats(truth, 30, 30), ArrayImgs.floats(predicted, 30, 30),
			1, new double[] { 2, 2 }, Monitor.NONE);
		assertEquals(6, found.hausdorff());
		assertEquals(6, found.hausdorff95());
	}

	@Test
	void ninetyFivePercentAreInterpolatedAsNumpyDoes() {
		// numpy.percentile([0, 1, 2, 3, 4, 10], 95) = 8.5
		assertEquals(8.5, new SurfaceDistances(new double[] { 0, 10, 2 }, new double[] { 1, 4, 3 }).hausdorff95(), 1e-12);
	}

	@Test
	void withoutARegionNothingIsDefined() {
		final SurfaceDistances found = SurfaceDistances.of(ArrayImgs.floats(4, 4), ArrayImgs.floats(new float[] { 1, 0, 0, 0, 0,
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 4, 4), 1, new double[] { 1, 1 }, Monitor.NONE);
		assertFalse(found.isDefined());
		assertEquals(Double.NaN, found.mean());
		assertEquals(Double.NaN, found.hausdorff95());
	}

	private static float[] ball(final Random random) {
		final float[] image = new float[W * H * D];
		final double cx = 5 + 6 * random.nextDouble(), cy = 4 + 5 * random.nextDouble(), r = 3 + 2 * random.nextDouble();
		for (int i = 0; i < image.length; i++)
			image[i] = Math.hypot(Math.hypot(i % W - cx, i / W % H - cy), 2 * (i / W / H - 2)) < r ? 3 : random.nextInt(3);
		return image;
	}

	private static List<double[]> boundary(final float[] image) {
		final List<double[]> found = new ArrayList<>();
		for (int z = 0; z < D; z++)
			for (int y = 0; y < H; y++)
				for (int x = 0; x < W; x++)
					if (at(image, x, y, z) && !(at(image, x - 1, y, z) && at(image, x + 1, y, z) && at(image, x, y - 1, z) && at(image,
						x, y + 1, z) && at(image, x, y, z - 1) && at(image, x, y, z + 1))) found.add(new double[] { x * SPACING[0], y *
							SPACING[1], z * SPACING[2] });
		return found;
	}

	private static boolean at(final float[] image, final int x, final int y, final int z) {
		return x >= 0 && y >= 0 && z >= 0 && x < W && y < H && z < D && image[(z * H + y) * W + x] == 3;
	}

	private static double[] least(final List<double[]> from, final List<double[]> to) {
		return from.stream().mapToDouble(p -> to.stream().mapToDouble(q -> Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] -
			q[1], 2) + Math.pow(p[2] - q[2], 2))).min().orElseThrow()).sorted().toArray();
	}
}
