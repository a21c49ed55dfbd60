package io.github.convoluta.region;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import io.github.convoluta.filter.Monitor;
import org.junit.jupiter.api.Test;

/** Distances against the least over all sites, and boundaries against their definition. */
class DistanceMapTest {

	@Test
	void isTheLeastOverAllSites() {
		final Random random = new Random(2);
		for (int repeat = 0; repeat < 60; repeat++) {
			final int[] extents = random.ints(1 + repeat % 3, 1, 12).toArray();
			final double[] spacing = random.doubles(extents.length, 0.1, 4).toArray();
			int count = 1;
			for (final int e : extents)
				count *= e;
			final boolean[] sites = new boolean[count];
			for (int i = 0; i < count; i++)
				sites[i] = random.nextInt(1 + repeat) == 0;
			final double[] map = DistanceMap.squared(sites, extents, spacing, Monitor.NONE);
			for (int i = 0; i < count; i++) {
				double least = Double.POSITIVE_INFINITY;
				for (int j = 0; j < count; j++)
					if (sites[j]) least = Math.min(least, squared(i, j, extents, spacing));
				assertEquals(least, map[i], 1e-9 * Math.max(1, least == Double.POSITIVE_INFINITY ? 1 : least));
			}
		}
	}

	private static double squared(final int i, final int j, final int[] extents, final double[] spacing) {
		int a = i, b = j;
		double sum = 0;
		for (int d = 0; d < extents.length; d++) {
			final double far = spacing[d] * (a % extents[d] - b % extents[d]);
			sum += far * far;
			a /= extents[d];
			b /= extents[d];
		}
		return sum;
	}

	@Test
	void aBoxIsItsOwnBoundaryButForItsInside() {
		final int[] extents = { 6, 5, 4 };
		final boolean[] mask = new boolean[120];
		for (int z = 0; z < 3; z++)
			for (int y = 1; y < 4; y++)
				for (int x = 1; x < 5; x++)
					mask[(z * 5 + y) * 6 + x] = true;
		final boolean[] boundary = DistanceMap.boundary(mask, extents);
		for (int i = 0; i < 120; i++) {
			final int x = i % 6, y = i / 6 % 5, z = i / 30;
			final boolean isInside = x > 1 && x < 4 && y == 2 && z == 1;
			assertEquals(mask[i] && !isInside, boundary[i], x + " " + y + " " + z);
		}
	}
}
