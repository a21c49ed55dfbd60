package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.github.convoluta.network.Halo;
import io.github.convoluta.network.Network;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * What must be computed for a part of an image so that it comes out as in the whole image. Such a block begins and ends where
 * the network's pooling does, and all layers fit into it.
 *
 * @param halo what the network sees around a part
 * @param divisor the network's: what blocks begin and end at multiples of, x first
 * @param least extents of the smallest block that the network takes
 * @param padded multiples of the divisor up to which the image is mirrored
 * @param overlap pixels of each neighbour that are computed as well
 */
record BlockGrid(Halo halo, int[] divisor, long[] least, long[] padded, int[] overlap) {

	/** Extents to which images are mirrored at most. */
	static final long LARGEST = 1L << 20;
	/** Binary digits of the number of pixels that a network is tried with. */
	private static final int TRIED_BITS = 20;

	/** The grid of an image whose tiles don't overlap. */
	static BlockGrid of(final Network network, final long[] extents) {
		final int n = extents.length;
		final long[] most = new long[n];
		Arrays.fill(most, LARGEST);
		final long[] least = padded(network, new long[n], most);
		// What fits a network that a smaller image fits needn't be tried as a whole, which no network could compute at once.
		Arrays.setAll(most, d -> Math.max(least[d], up(1L << TRIED_BITS / n, network.divisor()[d])));
		return new BlockGrid(Halo.of(network), network.divisor(), least, padded(network, extents, most), new int[n]);
	}

	/** The same for tiles that overlap. */
	BlockGrid with(final int[] newOverlap) {
		return new BlockGrid(halo, divisor, least, padded, newOverlap);
	}

	/** The least multiples of the divisor that hold the image and that the network takes, tried up to {@code most}. */
	private static long[] padded(final Network network, final long[] extents, final long[] most) {
		final int[] divisor = network.divisor();
		final long[] padded = new long[extents.length];
		for (int d = 0; d < padded.length; d++)
			padded[d] = up(Math.max(1, extents[d]), divisor[d]);
		while (true)
			try {
				network.shapes(IntStream.range(0, padded.length).map(d -> (int) Math.min(padded[d], most[d])).toArray());
				return padded;
			}
			catch (final IllegalArgumentException e) {
				int shortest = 0;
				for (int d = 1; d < padded.length; d++)
					if (padded[d] < padded[shortest]) shortest = d;
				if (padded[shortest] >= LARGEST) throw e;
				padded[shortest] += divisor[shortest];
			}
	}

	static long up(final long value, final long divisor) {
		return (value + divisor - 1) / divisor * divisor;
	}

	/** Pixels needed before a part. */
	private long before(final int d) {
		// At the image's ends there is a halo on one side only, and still all layers must fit.
		return Math.max(halo.before().get(d) + overlap[d], least[d] - divisor[d]);
	}

	/** Pixels needed behind a part. */
	private long after(final int d) {
		return Math.max(halo.after().get(d) + overlap[d], least[d] - divisor[d]);
	}

	/** Pixels computed before a part that begins at multiples of the divisor. */
	long[] before() {
		return IntStream.range(0, padded.length).mapToLong(d -> up(before(d), divisor[d])).toArray();
	}

	/** Pixels computed behind a part that ends at multiples of the divisor. */
	long[] after() {
		return IntStream.range(0, padded.length).mapToLong(d -> up(after(d), divisor[d])).toArray();
	}

	/** What is computed for a part of the image. */
	FinalInterval block(final Interval part) {
		final long[] min = new long[padded.length], max = new long[padded.length];
		for (int d = 0; d < min.length; d++) {
			min[d] = Math.max(0, part.min(d) - before(d)) / divisor[d] * divisor[d];
			max[d] = Math.min(padded[d], up(part.max(d) + 1 + after(d), divisor[d])) - 1;
		}
		return new FinalInterval(min, max);
	}

	/** Extents of the largest block that is computed for parts of these extents, the first of which begins at the origin. */
	int[] largest(final long[] origin, final int[] part) {
		final long[] before = before(), after = after();
		final int[] largest = new int[part.length];
		for (int d = 0; d < part.length; d++) {
			final boolean fits = part[d] % divisor[d] == 0 && origin[d] % divisor[d] == 0;
			final long covering = fits ? part[d] : up(part[d] + divisor[d] - 1L, divisor[d]);
			largest[d] = (int) Math.min(padded[d], before[d] + covering + after[d]);
		}
		return largest;
	}
}
