package io.github.convoluta.api;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** The last axis of images, which those of a single channel may lack. */
final class ChannelAxis {

	private ChannelAxis() {}

	/** The image, with an axis for its channel if it has only {@code dimensions} axes. */
	static RandomAccessibleInterval<?> of(final RandomAccessibleInterval<?> image, final int dimensions) {
		return image.numDimensions() == dimensions ? Views.addDimension(image, 0, 0) : image;
	}
}
