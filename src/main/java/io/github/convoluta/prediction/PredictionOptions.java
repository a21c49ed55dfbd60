package io.github.convoluta.prediction;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

/**
 * How every pixel of an image is predicted. Extents are in pixels, x first.
 *
 * @param tile extents of a tile without its halo, rounded up to multiples of the grid; null for the largest that fit into
 *          memory
 * @param blend share of a tile by which neighbours overlap and are blended, 0 to 0.5; 0 for none
 * @param flips whether predictions of all flips along spatial axes are averaged, which takes 2, 4 or 8 times as long
 * @param memory bytes that a tile may take in all; 0 for 40 % of what is free
 * @param region the part of the image that is predicted, seeing what lies around it; null for all of it
 * @param grid what cores begin and end at multiples of, such as the chunks or shards of a file, each of which is then written
 *          by one tile only; null for the network's own, which halos fit best
 */
public record PredictionOptions(int[] tile, double blend, boolean flips, double memory, Interval region, int[] grid) {

	/** The largest tiles, neither blended nor flipped. */
	public static final PredictionOptions USUAL = new PredictionOptions(null, 0, false, 0, null, null);

	/**
	 * @throws IllegalArgumentException if a number is out of range
	 */
	public PredictionOptions {
		if (!(memory >= 0)) throw new IllegalArgumentException("A tile can't take " + memory + " bytes of memory.");
		if (!(blend >= 0 && blend <= 0.5)) throw new IllegalArgumentException(
			"Tiles can overlap by 0 to 0.5 of their size, not " + blend + ".");
		tile = checked("A tile", tile);
		grid = checked("A grid of tiles", grid);
		region = region == null ? null : new FinalInterval(region);
	}

	private static int[] checked(final String what, final int[] extents) {
		if (extents == null) return null;
		for (final int extent : extents)
			if (extent < 1) throw new IllegalArgumentException(what + " has at least one pixel along each axis, not " + extent +
				".");
		return extents.clone();
	}

	/**
	 * {@return the same with tiles of these extents}
	 *
	 * @param extents pixels without halo, x first, at least 1
	 */
	public PredictionOptions withTile(final int... extents) {
		return new PredictionOptions(extents, blend, flips, memory, region, grid);
	}

	/**
	 * {@return the same with this share of a tile blended}
	 *
	 * @param share 0 to 0.5
	 */
	public PredictionOptions withBlend(final double share) {
		return new PredictionOptions(tile, share, flips, memory, region, grid);
	}

	/** {@return the same, averaged over all flips} */
	public PredictionOptions withFlips() {
		return new PredictionOptions(tile, blend, true, memory, region, grid);
	}

	/**
	 * {@return the same with tiles of so many bytes}
	 *
	 * @param bytes at least 0; 0 for 40 % of what is free
	 */
	public PredictionOptions withMemory(final double bytes) {
		return new PredictionOptions(tile, blend, flips, bytes, region, grid);
	}

	/**
	 * {@return the same for a part of the image}
	 *
	 * @param part pixels of the image, by its own numbering from 0; null for all
	 */
	public PredictionOptions withRegion(final Interval part) {
		return new PredictionOptions(tile, blend, flips, memory, part, grid);
	}

	/**
	 * {@return the same with cores that fit chunks of these extents}
	 *
	 * @param chunk pixels along the axes, x first, at least 1
	 */
	public PredictionOptions withGrid(final int... chunk) {
		return new PredictionOptions(tile, blend, flips, memory, region, chunk);
	}
}
