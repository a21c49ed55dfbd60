package io.github.convoluta.prediction;

import net.imglib2.RandomAccessibleInterval;

/**
 * Gets the results of a tiling's tiles, each once and in any order. Where tiles aren't blended, every pixel is written once, so
 * that the order doesn't change a bit of it; where they are, sums may differ in the last bit.
 * <p>
 * Images for results have the extents of the tiling's region, which begins at their own minimum. For one thread at a time.
 */
public interface TileSink {

	/**
	 * Takes in a tile's result.
	 *
	 * @param result of one tile
	 */
	void add(TileResult result);

	/** Ends the work after the last tile. */
	default void finish() {}

	/**
	 * {@return the labels: the value of the class with the largest probability, the first of equal ones} Blended tiles
	 * need the probabilities of the whole region in the Java heap.
	 *
	 * @param tiling of the image that is predicted
	 * @param labels values of the classes' labels
	 * @param target any real type that holds the values
	 * @throws IllegalArgumentException if the image has other extents than the region, or memory is short
	 */
	static TileSink labels(final Tiling tiling, final LabelValues labels, final RandomAccessibleInterval<?> target) {
		return tiling.blends() ? BlendingSink.labels(tiling, labels, target) : new LabelSink(tiling, labels, target);
	}

	/**
	 * {@return the probabilities, or the values of a regression}
	 *
	 * @param tiling of the image that is predicted
	 * @param target any real type; the last axis is the channels. All 0 before, if tiles are blended
	 * @throws IllegalArgumentException if the image has other extents than the region
	 */
	static TileSink values(final Tiling tiling, final RandomAccessibleInterval<?> target) {
		return tiling.blends() ? new BlendingSink(tiling, target) : new ValueSink(tiling, target);
	}

	/**
	 * {@return both labels and probabilities, each as above}
	 *
	 * @param tiling of the image that is predicted
	 * @param labels values of the classes' labels
	 * @param labelTarget gets the labels
	 * @param valueTarget gets the probabilities
	 * @throws IllegalArgumentException if an image has other extents than the region
	 */
	static TileSink both(final Tiling tiling, final LabelValues labels, final RandomAccessibleInterval<?> labelTarget,
		final RandomAccessibleInterval<?> valueTarget)
	{
		if (tiling.blends()) return new BlendingSink(tiling, valueTarget, labels, labelTarget);
		final TileSink first = new LabelSink(tiling, labels, labelTarget), second = new ValueSink(tiling, valueTarget);
		return result -> {
			first.add(result);
			second.add(result);
		};
	}
}
