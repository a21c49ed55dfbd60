package io.github.convoluta.sample;

import java.util.Arrays;
import java.util.SplittableRandom;

import io.github.convoluta.filter.Monitor;

/**
 * Where the classes of a label image lie: how often each occurs, and up to some thousand random positions of each, so
 * that images of any size can be drawn from.
 *
 * @param counts pixels per class
 * @param positions indices of pixels per class, x fastest
 */
record LabelledPositions(long[] counts, long[][] positions) {

	private static final int KEPT = 4096;

	static LabelledPositions of(final ClassMap classes, final long seed, final Monitor monitor) {
		final long[] counts = new long[classes.counts().length];
		final long[][] kept = new long[counts.length][KEPT];
		final SplittableRandom random = new SplittableRandom(seed);
		classes.forEachRow(monitor, (row, first) -> {
			for (int x = 0; x < row.length; x++) {
				final int c = (int) row[x];
				if (c < 0) continue;
				// Each pixel of a class ends up among the kept ones with the same chance.
				final long seen = counts[c]++;
				final long slot = seen < KEPT ? seen : random.nextLong(seen + 1);
				if (slot < KEPT) kept[c][(int) slot] = first + x;
			}
		});
		for (int c = 0; c < kept.length; c++)
			kept[c] = Arrays.copyOf(kept[c], (int) Math.min(KEPT, counts[c]));
		return new LabelledPositions(counts, kept);
	}
}
