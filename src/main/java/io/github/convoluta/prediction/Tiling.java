package io.github.convoluta.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.convoluta.network.Halo;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;

/**
 * How an image is cut into tiles. Every tile is computed with a halo as wide as the network sees on each side, on the grid
 * that its pooling has in the whole image, so that tiles fit together as if the image had been computed at once; this does
 * not hold for networks that normalise over the whole input (instance or group normalisation). Images are mirrored up to a
 * multiple of the pooling that all layers fit.
 *
 * @param extents of the image, x first
 * @param padded extents up to which it is mirrored
 * @param tile extents of a tile without its halo
 * @param before pixels computed before a tile, in multiples of the pooling
 * @param after pixels computed behind it
 * @param overlap pixels by which neighbouring tiles reach into each other, where they are blended; 0 for none
 * @param engine bytes that the largest tile takes in the engine
 * @param heap bytes that it takes in the Java heap
 */
public record Tiling(long[] extents, long[] padded, int[] tile, int[] before, int[] after, int[] overlap, double engine, double heap) {

	/** Extents to which images are mirrored at most. */
	private static final long LARGEST = 1L << 20;

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
	 * Bytes that a tile may take.
	 *
	 * @param all of them
	 * @param heap those in the Java heap
	 */
	record Limit(double all, double heap) {}

	/**
	 * Tiles as large as memory allows, or as wanted.
	 *
	 * @param wanted extents of a tile without halo, rounded up to a multiple of the pooling; null to choose
	 * @param blend share of the tile by which neighbours overlap, from 0 to 0.5
	 * @throws IllegalArgumentException if even the smallest tile takes more; the message has the numbers
	 */
	static Tiling of(final TileMemory memory, final long[] extents, final int[] wanted, final double blend, final Limit limit) {
		final Network network = memory.network();
		final Halo halo = Halo.of(network);
		final int n = extents.length;
		final int[] divisor = network.divisor(), tile = new int[n];
		final long[] padded = padded(network, extents, divisor);
		for (int d = 0; d < n; d++)
			tile[d] = (int) Math.min(Math.min(padded[d], LARGEST / divisor[d] * divisor[d]), up(wanted == null ? LARGEST : wanted[d],
				divisor[d]));
		Tiling tiling = of(memory, extents, padded, tile, halo, blend, divisor);
		while (wanted == null && !tiling.fits(limit)) {
			// The axis that loses least to halos is the one where the tile is longest beside its halo.
			int longest = -1;
			for (int d = 0; d < n; d++)
				if (tile[d] > divisor[d] && (longest < 0 || tiling.share(d) > tiling.share(longest))) longest = d;
			if (longest < 0) break;
			tile[longest] = (int) up((tile[longest] + 1) / 2, divisor[longest]);
			tiling = of(memory, extents, padded, tile, halo, blend, divisor);
		}
		if (!tiling.fits(limit)) throw new IllegalArgumentException(tiling.refusal(wanted != null, limit));
		return tiling;
	}

	private static Tiling of(final TileMemory memory, final long[] extents, final long[] padded, final int[] tile, final Halo halo,
		final double blend, final int[] divisor)
	{
		final int n = tile.length;
		final int[] before = new int[n], after = new int[n], overlap = new int[n];
		final long[] least = padded(memory.network(), new long[n], divisor);
		for (int d = 0; d < n; d++) {
			overlap[d] = (int) (blend * tile[d] / 2);
			// At the image's ends there is a halo on one side only, and still all layers must fit.
			before[d] = (int) Math.max(up((long) halo.before().get(d) + overlap[d], divisor[d]), least[d] - divisor[d]);
			after[d] = (int) Math.max(up((long) halo.after().get(d) + overlap[d], divisor[d]), least[d] - divisor[d]);
		}
		final Tiling plain = new Tiling(extents, padded, tile.clone(), before, after, overlap, Double.POSITIVE_INFINITY,
			Double.POSITIVE_INFINITY);
		final int[] block = plain.largest();
		final List<Shape> shapes = memory.network().shapes(Arrays.stream(least).mapToInt(Math::toIntExact).toArray());
		final int results = shapes.get(shapes.size() - 1).channels();
		return memory.isPossible(block, results) ? new Tiling(extents, padded, plain.tile, before, after, overlap, memory.engine(
			block), memory.heap(block, results)) : plain;
	}

	/** The least multiples of the divisor that hold the image and that the network takes. */
	private static long[] padded(final Network network, final long[] extents, final int[] divisor) {
		final long[] padded = new long[extents.length];
		for (int d = 0; d < padded.length; d++)
			padded[d] = up(Math.max(1, extents[d]), divisor[d]);
		while (true)
			try {
				network.shapes(Arrays.stream(padded).mapToInt(p -> (int) Math.min(p, LARGEST)).toArray());
				return padded;
			}
			catch (final IllegalArgumentException e) {
				int shortest = -1;
				for (int d = 0; d < padded.length; d++)
					if (shortest < 0 || padded[d] < padded[shortest]) shortest = d;
				if (padded[shortest] >= LARGEST) throw e;
				padded[shortest] += divisor[shortest];
			}
	}

	private static long up(final long value, final int divisor) {
		return (value + divisor - 1) / divisor * divisor;
	}

	private double share(final int d) {
		return tile[d] / (before[d] + after[d] + 1.0);
	}

	private boolean fits(final Limit limit) {
		return engine + heap <= limit.all() && heap <= limit.heap();
	}

	private String refusal(final boolean isWanted, final Limit limit) {
		final String subject = String.format(Locale.ROOT, isWanted ? "tile=[%s]: a tile with %s pixels computed around it"
			: "The smallest tile, %s with %s pixels computed around it,", text(tile), haloText());
		if (Double.isInfinite(engine)) return subject + " has more numbers than can be computed at once. Use a smaller tile.";
		final String advice = isWanted ? "Use a smaller tile, or a narrower network." : "Or use a narrower network.";
		return engine + heap > limit.all() ? String.format(Locale.ROOT,
			"%s takes about %.2f GB, but memory allows %.2f GB. Allow that much with memory=%.2f, or close other programs. %s", subject,
			(engine + heap) / 1e9, limit.all() / 1e9, Math.ceil((engine + heap) / 1e7) / 100, advice) : String.format(Locale.ROOT,
				"%s takes about %.2f GB of Java's memory, but only %.2f GB of it can be used. Give ImageJ more memory (Edit>Options>Memory & Threads). %s",
				subject, heap / 1e9, limit.heap() / 1e9, advice);
	}

	private String haloText() {
		return text(before) + (Arrays.equals(before, after) ? "" : " before and " + text(after) + " after");
	}

	private static String text(final int[] extents) {
		return Arrays.stream(extents).mapToObj(String::valueOf).collect(Collectors.joining("x"));
	}

	/** Number of tiles. */
	public long count() {
		long count = 1;
		for (int d = 0; d < extents.length; d++)
			count *= (extents[d] + tile[d] - 1) / tile[d];
		return count;
	}

	/** Tiles, size, halo and memory, for a log. */
	public String toText() {
		return String.format(Locale.ROOT, "%d %s of %s pixels with %s computed around, each takes about %.2f GB, %.2f GB of it in Java's memory",
			count(), count() == 1 ? "tile" : "tiles", text(tile), count() == 1 ? "nothing" : haloText(), (engine + heap) / 1e9, heap /
				1e9);
	}

	/** Extents of the largest block. */
	private int[] largest() {
		final int[] block = new int[extents.length];
		for (int d = 0; d < block.length; d++)
			block[d] = (int) Math.min(padded[d], (long) before[d] + tile[d] + after[d]);
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
				from[d] = Math.max(0, core[d] - before[d]);
				length[d] = (int) (Math.min(padded[d], core[d] + tile[d] + after[d]) - from[d]);
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
