package io.github.convoluta.prediction;

import java.util.Arrays;

import io.github.convoluta.filter.BlockWriter;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;

/**
 * An image that results of a region are written to.
 *
 * @param image any real type, from its own minimum on
 * @param region what it shows
 */
record RegionTarget(RandomAccessibleInterval<?> image, Interval region) {

	/**
	 * @param axes number of the image's axes: the region's, and perhaps one for channels
	 */
	static RegionTarget of(final RandomAccessibleInterval<?> image, final Tiling tiling, final boolean hasChannels) {
		final Interval region = tiling.region();
		final int n = region.numDimensions();
		boolean fits = image.numDimensions() == (hasChannels ? n + 1 : n);
		for (int d = 0; d < n && fits; d++)
			fits = image.dimension(d) == region.dimension(d);
		if (!fits) throw new IllegalArgumentException("Tiles of " + Arrays.toString(region.dimensionsAsLongArray()) +
			" pixels " + (hasChannels ? "with channels " : "") + "don't fit into an image of " + Arrays.toString(image
				.dimensionsAsLongArray()) + ".");
		return new RegionTarget(image, region);
	}

	/** Where a tile's core begins, from the image's minimum on. */
	long[] min(final Tile tile) {
		final long[] min = new long[image.numDimensions()];
		for (int d = 0; d < region.numDimensions(); d++)
			min[d] = tile.core().min(d) - region.min(d);
		return min;
	}

	/** Writes the values of a tile's core, and channels if the image has any. */
	void write(final Tile tile, final int[] size, final float[] core) {
		BlockWriter.of(image).write(min(tile), size, core, size, new int[size.length], 0);
	}
}
