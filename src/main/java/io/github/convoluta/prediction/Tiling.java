package io.github.convoluta.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSummary;

/**
 * How an image is cut into tiles. Every tile is computed with a halo as wide as the network sees, on the grid that its
 * pooling has in the whole image, so that tiles fit together as if the image had been computed at once; this does not hold
 * for networks that normalise over the whole input (instance or group normalisation). Images are mirrored up to a multiple
 * of the pooling.
 *
 * @param extents of the image, x first
 * @param padded extents up to which it is mirrored
 * @param tile extents of a tile without its halo
 * @param halo pixels around it
 * @param overlap pixels by which neighbouring tiles reach into each other, where they are blended; 0 for none
 */
record Tiling(long[] extents, long[] padded, int[] tile, int[] halo, int[] overlap) {

	/** Reorders and other scratch memory of the engine, as a factor. */
	private static final double SCRATCH = 1.25;
	/** Arrays of Java and of the binding hold fewer numbers. */
	private static final long MOST_VALUES = (1L << 29) - 16;

	/**
	 * A tile.
	 *
	 * @param coreMin first pixel of the part that counts
	 * @param coreSize its extents, within the image
	 * @param blockMin first pixel of what is computed
	 * @param blockSize its extents
	 */
	record Tile(long[] coreMin, int[] coreSize, long[] blockMin, int[] blockSize) {}

	/**
	 * Tiles as large as memory allows, or as wanted.
	 *
	 * @param wanted extents of a tile without halo, rounded up to a multiple of the pooling; null to choose
	 * @param blend share of the tile by which neighbours overlap, from 0 to 0.5
	 * @param memory bytes that a tile may take
	 * @param unfolds whether the engine unfolds the inputs of convolutions, which takes more memory
	 * @throws IllegalArgumentException if even the smallest tile takes more; the message has the numbers
	 */
	static Tiling of(final Network network, final long[] extents, final int[] wanted, final double blend,
		final long memory, final boolean unfolds)
	{
		final int n = extents.length;
		final int[] divisor = network.divisor(), field = network.receptiveField(), halo = new int[n], tile = new int[n];
		final long[] padded = new long[n];
		for (int d = 0; d < n; d++) {
			halo[d] = up(field[d] / 2 + 1, divisor[d]);
			padded[d] = (extents[d] + divisor[d] - 1) / divisor[d] * divisor[d];
			tile[d] = (int) Math.min(padded[d], up(wanted == null ? Integer.MAX_VALUE / 2 : wanted[d], divisor[d]));
		}
		Tiling tiling = new Tiling(extents, padded, tile, halo, overlap(tile, blend));
		while (wanted == null && !tiling.fits(network, memory, unfolds)) {
			// The axis that loses least to halos is the one where the tile is longest beside its halo.
			int longest = -1;
			for (int d = 0; d < n; d++)
				if (tile[d] > divisor[d] && (longest < 0 || (double) tile[d] / halo[d] > (double) tile[longest] / halo[longest]))
					longest = d;
			if (longest < 0) break;
			tile[longest] = up((tile[longest] + 1) / 2, divisor[longest]);
			tiling = new Tiling(extents, padded, tile, halo, overlap(tile, blend));
		}
		if (!tiling.fits(network, memory, unfolds)) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"A tile of %s with its halo of %s takes about %.1f GB, but only %.1f GB can be used. Use a smaller tile, or a narrower network.",
			Arrays.toString(tile), Arrays.toString(halo), tiling.memory(network, unfolds) / 1e9, memory / 1e9));
		return tiling;
	}

	private static int up(final int value, final int divisor) {
		return (value + divisor - 1) / divisor * divisor;
	}

	private static int[] overlap(final int[] tile, final double blend) {
		return Arrays.stream(tile).map(t -> (int) (blend * t / 2)).toArray();
	}

	private boolean fits(final Network network, final long memory, final boolean unfolds) {
		final int[] block = largest();
		long values = 1;
		for (final int b : block)
			values *= b;
		final int channels = Math.max(network.channels(), network.shapes(block).get(network.nodes().size() - 1).channels());
		return values * channels < MOST_VALUES && memory(network, unfolds) <= memory;
	}

	private double memory(final Network network, final boolean unfolds) {
		return SCRATCH * NetworkSummary.of(network, largest()).predictionMemory(1, unfolds);
	}

	/** Extents of the largest block. */
	private int[] largest() {
		final int[] block = new int[extents.length];
		for (int d = 0; d < block.length; d++)
			block[d] = (int) Math.min(padded[d], tile[d] + 2L * (halo[d] + up(overlap[d], halo[d])));
		return block;
	}

	/** All tiles, x fastest. */
	List<Tile> tiles() {
		final int n = extents.length;
		final List<Tile> tiles = new ArrayList<>();
		final long[] core = new long[n];
		while (true) {
			final long[] min = new long[n], from = new long[n];
			final int[] size = new int[n], length = new int[n];
			for (int d = 0; d < n; d++) {
				final long first = Math.max(0, core[d] - overlap[d]), last = Math.min(extents[d], core[d] + tile[d] + overlap[d]);
				min[d] = first;
				size[d] = (int) (last - first);
				// The block begins on the pooling's grid, of which halos are multiples.
				final long reach = halo[d] + (overlap[d] == 0 ? 0 : up(overlap[d], halo[d]));
				from[d] = Math.max(0, core[d] - reach);
				length[d] = (int) (Math.min(padded[d], core[d] + tile[d] + reach) - from[d]);
			}
			tiles.add(new Tile(min, size, from, length));
			int d = 0;
			for (; d < n; d++) {
				core[d] += tile[d];
				if (core[d] < extents[d]) break;
				core[d] = 0;
			}
			if (d == n) return tiles;
		}
	}

	/** How much position {@code i} of a core that begins at {@code min} counts: ramps of neighbouring cores add up to 1. */
	float weight(final int d, final long min, final int i) {
		if (overlap[d] == 0) return 1;
		final long end = (min > 0 ? min + overlap[d] : 0) + tile[d];
		final double ramp = 2.0 * overlap[d];
		double weight = 1;
		if (min > 0) weight = Math.min(weight, (i + 0.5) / ramp);
		if (end < extents[d]) weight = Math.min(weight, (end + overlap[d] - min - i - 0.5) / ramp);
		return (float) weight;
	}
}
