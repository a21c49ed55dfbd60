package io.github.convoluta.sample;

import java.util.Arrays;
import java.util.List;

import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * How values lie in label images. Classes cover areas or strokes; the grey values of a picture, taken for labels by
 * mistake, change from pixel to pixel, or rise and fall step by step.
 *
 * @param run mean length in pixels of what is of one value along x, of the value for which it is the median one
 * @param stepwise share of the changes along x that lead to the next smaller or larger of the values
 */
record LabelPattern(double run, double stepwise) {

	/** So few values may lie in any way. */
	private static final int FEW = 16;
	/** So many are no classes if they are also stepwise. */
	private static final int MANY = 64;
	private static final double SHORT = 2, MOSTLY = 0.5;

	/**
	 * @param values all that occur, rising
	 * @throws IllegalArgumentException if the values are many and look like those of a picture
	 */
	static void check(final List<? extends RandomAccessibleInterval<?>> labels, final long[] values,
		final Monitor monitor)
	{
		if (values.length <= FEW) return;
		final LabelPattern pattern = of(labels, values, monitor);
		if (pattern.run >= SHORT && (values.length <= MANY || pattern.stepwise <= MOSTLY)) return;
		throw new IllegalArgumentException("The labels have " + values.length + " different values, from " + values[0] + " to " +
			values[values.length - 1] + ", which change from pixel to pixel as those of a picture do. " +
			"Give an image whose values are classes, such as a mask of 0 and 255.");
	}

	static LabelPattern of(final List<? extends RandomAccessibleInterval<?>> labels, final long[] values,
		final Monitor monitor)
	{
		final ClassLookup lookup = new ClassLookup(values, false);
		final long[] pixels = new long[values.length], runs = new long[values.length];
		final long[] changes = new long[2];
		int done = 0;
		for (final RandomAccessibleInterval<?> image : labels)
			ClassValues.Rows.forEach(image, monitor.part(done++, labels.size()), (row, first) -> {
				int before = -1;
				for (final float v : row) {
					final int now = (int) lookup.classOf(v);
					pixels[now]++;
					if (now != before) {
						runs[now]++;
						if (before >= 0) changes[Math.abs(now - before) == 1 ? 1 : 0]++;
						before = now;
					}
				}
			});
		final double[] lengths = new double[values.length];
		for (int i = 0; i < lengths.length; i++)
			lengths[i] = (double) pixels[i] / runs[i];
		Arrays.sort(lengths);
		final long all = changes[0] + changes[1];
		return new LabelPattern(lengths[lengths.length / 2], all == 0 ? 0 : (double) changes[1] / all);
	}
}
