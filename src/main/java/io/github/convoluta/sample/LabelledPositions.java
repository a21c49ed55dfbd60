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

	static LabelledPositions of(final LabelledImage image, final ClassValues classes, final long seed,
		final Monitor monitor)
	{
		final long[] counts = new long[classes.count()];
		final long[][] kept = new long[classes.count()][KEPT];
		final ClassLookup lookup = classes.lookup();
		final SplittableRandom random = new SplittableRandom(seed);
		ClassValues.Rows.forEach(image.labels(), monitor, (row, first) -> {
			for (int x = 0; x < row.length; x++) {
				final long c = lookup.classOf(row[x]);
				if (c < 0) continue;
				// Each pixel of a class ends up among the kept ones with the same chance.
				final long seen = counts[(int) c]++;
				final long slot = seen < KEPT ? seen : random.nextLong(seen + 1);
				if (slot < KEPT) kept[(int) c][(int) slot] = first + x;
			}
		});
		for (int c = 0; c < kept.length; c++)
			kept[c] = Arrays.copyOf(kept[c], (int) Math.min(KEPT, counts[c]));
		return new LabelledPositions(counts, kept);
	}
}
