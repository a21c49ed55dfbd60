package io.github.convoluta.sample;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * An image with what a network should make of it. Both are views that are read lazily, so they may be larger than memory.
 *
 * @param image real numbers; the last axis is the channels
 * @param labels class values with the image's spatial extents; or, for regression, values with a last axis for their
 *          channels
 * @param whole the image that this one is a part of, or this one: a normalisation for each image is found over all of it,
 *          as when a model is applied
 * @param name what messages call it, such as {@code "ct.tif", slice 5}
 */
public record LabelledImage(RandomAccessibleInterval<?> image, RandomAccessibleInterval<?> labels,
	RandomAccessibleInterval<?> whole, String name)
{

	public LabelledImage {
		final int n = image.numDimensions() - 1;
		if (labels.numDimensions() < n || labels.numDimensions() > n + 1) throw new IllegalArgumentException("An image of " + n +
			" axes has labels of " + labels.numDimensions() + ".");
		for (int d = 0; d < n; d++)
			if (labels.dimension(d) != image.dimension(d)) throw new IllegalArgumentException("The labels have " + text(labels,
				n) + " pixels, but the image has " + text(image, n) + ". Open labels of the same size.");
	}

	/** A whole image without a name. */
	public LabelledImage(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels) {
		this(image, labels, image, "an image");
	}

	/** A whole image. */
	public LabelledImage(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels,
		final String name)
	{
		this(image, labels, image, name);
	}

	private static String text(final RandomAccessibleInterval<?> view, final int n) {
		final StringBuilder s = new StringBuilder();
		for (int d = 0; d < n; d++)
			s.append(d == 0 ? "" : "x").append(view.dimension(d));
		return s.toString();
	}

	/** Number of spatial axes. */
	public int dimensions() {
		return image.numDimensions() - 1;
	}

	/** The part from {@code from} to before {@code to} along an axis. */
	public LabelledImage part(final int axis, final long from, final long to) {
		return new LabelledImage(part(image, axis, from, to), part(labels, axis, from, to), whole, name);
	}

	private static RandomAccessibleInterval<?> part(final RandomAccessibleInterval<?> view, final int axis, final long from,
		final long to)
	{
		final long[] min = Intervals.minAsLongArray(view), max = Intervals.maxAsLongArray(view);
		max[axis] = min[axis] + to - 1;
		min[axis] += from;
		return Views.interval(view, min, max);
	}
}
