package io.github.convoluta.filter;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;

/**
 * Brings images to other extents by linear interpolation; where they shrink, by means over a triangle as wide as two of
 * the new samples, so that nothing is skipped. Samples are small areas: the corners of old and new images coincide.
 */
public final class Resizing {

	private Resizing() {}

	/**
	 * The image with other extents.
	 *
	 * @param image real numbers; the last axis is kept
	 * @param extents new extents of all axes but the last, x first
	 * @return samples, first axis fastest
	 */
	public static float[] resize(final RandomAccessibleInterval<?> image, final int... extents) {
		final int n = image.numDimensions();
		final int[] size = new int[n];
		int count = 1;
		for (int d = 0; d < n; d++) {
			size[d] = Math.toIntExact(image.dimension(d));
			count = Math.multiplyExact(count, size[d]);
		}
		float[] values = new float[count];
		BlockReader.of(image, Border.REPLICATE).read(new long[n], size, values, 0);
		for (int d = 0; d < n - 1; d++)
			if (size[d] != extents[d]) {
				values = along(values, size, d, extents[d]);
				size[d] = extents[d];
			}
		return values;
	}

	private static float[] along(final float[] values, final int[] size, final int d, final int extent) {
		final int old = size[d], inner = Arrays.stream(size, 0, d).reduce(1, (a, b) -> a * b);
		final int outer = values.length / inner / old;
		final float[] result = new float[inner * extent * outer];
		final double step = (double) old / extent, reach = Math.max(1, step);
		for (int i = 0; i < extent; i++) {
			final double centre = (i + 0.5) * step - 0.5;
			final int first = (int) Math.ceil(centre - reach), last = (int) Math.floor(centre + reach);
			double sum = 0;
			for (int k = first; k <= last; k++)
				sum += 1 - Math.abs(k - centre) / reach;
			for (int k = first; k <= last; k++) {
				final float weight = (float) ((1 - Math.abs(k - centre) / reach) / sum);
				// The ends of the triangle don't count, whatever lies there.
				if (weight == 0) continue;
				final int from = Math.max(0, Math.min(old - 1, k));
				for (int o = 0; o < outer; o++)
					for (int j = 0; j < inner; j++)
						result[(o * extent + i) * inner + j] += weight * values[(o * old + from) * inner + j];
			}
		}
		return result;
	}
}
