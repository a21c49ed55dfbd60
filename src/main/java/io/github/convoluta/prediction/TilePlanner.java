package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/** Finds tiles as large as memory allows, or as wanted. */
final class TilePlanner {

	/**
	 * Bytes that a tile may take.
	 *
	 * @param all of them
	 * @param heap those in the Java heap
	 */
	record Limit(double all, double heap) {

		/** Whether a tiling's largest tile takes no more. */
		boolean allows(final Tiling tiling) {
			return tiling.engine() + tiling.heap() <= all && tiling.heap() <= heap;
		}
	}

	private final TileMemory memory;
	private final PredictionOptions options;
	private final Interval region;
	private final long[] origin;
	/** What tiles are multiples of. */
	private final int[] step;
	private final BlockGrid blocks;
	private final int results;

	/**
	 * @param extents of the image, x first
	 * @throws IllegalArgumentException if the options' axes aren't those of the image, or the region lies outside of it
	 */
	TilePlanner(final TileMemory memory, final long[] extents, final PredictionOptions options) {
		this.memory = memory;
		this.options = options;
		final FinalInterval whole = new FinalInterval(extents);
		final Network network = memory.network();
		region = options.region() == null ? whole : options.region();
		step = options.grid() == null ? network.divisor() : options.grid();
		check(whole, network.dimensions());
		blocks = BlockGrid.of(network, extents);
		origin = new long[extents.length];
		Arrays.setAll(origin, d -> region.min(d) / step[d] * step[d]);
		final List<Shape> shapes = network.shapes(Arrays.stream(blocks.least()).mapToInt(Math::toIntExact).toArray());
		results = shapes.get(shapes.size() - 1).channels();
	}

	private void check(final Interval whole, final int n) {
		if (whole.numDimensions() != n || region.numDimensions() != n || step.length != n || options.tile() != null && options
			.tile().length != n) throw new IllegalArgumentException("The network has " + n +
				" axes; an image, a region, tiles and their grid need one number for each.");
		if (Intervals.isEmpty(region) || !Intervals.contains(whole, region)) throw new IllegalArgumentException(
			"The region from " + Arrays.toString(region.minAsLongArray()) + " to " + Arrays.toString(region.maxAsLongArray()) +
				" is no part of an image of " + Arrays.toString(whole.dimensionsAsLongArray()) + " pixels.");
	}

	/** Tiles of the wanted extents, or the largest possible ones. */
	Tiling largest() {
		final int[] size = new int[origin.length];
		for (int d = 0; d < size.length; d++) {
			final long all = options.region() == null && options.grid() == null ? blocks.padded()[d] : BlockGrid.up(region.max(d) +
				1 - origin[d], step[d]);
			final long most = Math.max(step[d], BlockGrid.LARGEST / step[d] * step[d]);
			size[d] = (int) Math.min(Math.min(all, most), BlockGrid.up(options.tile() == null ? most : options.tile()[d],
				step[d]));
		}
		return tiling(size);
	}

	/**
	 * Tiles of the wanted extents, or the largest that memory allows.
	 *
	 * @throws IllegalArgumentException if even the smallest tile takes more; the message has the numbers
	 */
	Tiling within(final Limit limit) {
		Tiling tiling = largest();
		while (options.tile() == null && !limit.allows(tiling)) {
			final int[] size = tiling.size();
			final long[] before = tiling.before(), after = tiling.after();
			// The axis that loses least to halos is the one where the tile is longest beside its halo.
			int longest = -1;
			double most = 0;
			for (int d = 0; d < size.length; d++) {
				final double share = size[d] / (before[d] + after[d] + 1.0);
				if (size[d] <= step[d] || longest >= 0 && share <= most) continue;
				longest = d;
				most = share;
			}
			if (longest < 0) break;
			size[longest] = (int) BlockGrid.up((size[longest] + 1) / 2, step[longest]);
			tiling = tiling(size);
		}
		if (!limit.allows(tiling)) throw new IllegalArgumentException(refusal(tiling, limit));
		return tiling;
	}

	private Tiling tiling(final int[] size) {
		final int[] overlap = new int[size.length];
		Arrays.setAll(overlap, d -> (int) (options.blend() * size[d] / 2));
		final BlockGrid overlapping = blocks.with(overlap);
		final int[] block = overlapping.largest(origin, size);
		final boolean isPossible = memory.isPossible(block, results);
		return new Tiling(region, origin, size, overlapping, isPossible ? memory.engine(block) : Double.POSITIVE_INFINITY,
			isPossible ? memory.heap(block, results) : Double.POSITIVE_INFINITY);
	}

	private String refusal(final Tiling tiling, final Limit limit) {
		final boolean isWanted = options.tile() != null;
		final double heap = tiling.heap(), all = tiling.engine() + heap;
		final String subject = String.format(Locale.ROOT, isWanted ? "tile=[%s]: a tile with %s pixels computed around it"
			: "The smallest tile, %s with %s pixels computed around it,", tiling.sizeText(), tiling.haloText());
		if (Double.isInfinite(all)) return subject + " has more numbers than can be computed at once. Use a smaller tile.";
		final String advice = isWanted ? "Use a smaller tile, or a narrower network." : "Or use a narrower network.";
		return all > limit.all() ? String.format(Locale.ROOT,
			"%s takes about %s, but memory allows %s. Allow that much with memory=%.2f, or close other programs. %s", subject,
			new ByteSize(all), new ByteSize(limit.all()), Math.ceil(all / 1e7) / 100, advice) : String.format(Locale.ROOT,
				"%s takes about %s of Java's memory, but only %s of it can be used. Give ImageJ more memory (Edit>Options>Memory & Threads). %s",
				subject, new ByteSize(heap), new ByteSize(limit.heap()), advice);
	}
}
