package io.github.convoluta.region;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Monitor;

/**
 * Exact Euclidean distances to the nearest of some pixels, by lower envelopes of parabolas along each axis in turn
 * (Felzenszwalb and Huttenlocher 2012): time grows with the number of pixels only. Runs on all processors.
 */
public final class DistanceMap {

	private DistanceMap() {}

	/**
	 * Squared distances of all pixels to the nearest site.
	 *
	 * @param sites where the distance is 0, first axis fastest
	 * @param extents of the image; their product is the number of sites
	 * @param spacing extents of a pixel along each axis, in the unit of the distances; above 0
	 * @return in the sites' order; infinite if there is no site at all
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public static double[] squared(final boolean[] sites, final int[] extents, final double[] spacing, final Monitor monitor) {
		final double[] map = new double[sites.length];
		for (int i = 0; i < map.length; i++)
			map[i] = sites[i] ? 0 : Double.POSITIVE_INFINITY;
		int step = 1;
		for (int d = 0; d < extents.length; d++) {
			final int n = extents[d], stride = step, part = d;
			final double unit = spacing[d];
			if (n == 0 || map.length == 0) return map;
			IntStream.range(0, map.length / n).parallel().forEach(line -> {
				if (line % 512 == 0) monitor.progress((double) part / extents.length);
				new Envelope(n, unit).replace(map, line / stride * stride * n + line % stride, stride);
			});
			step *= n;
		}
		monitor.progress(1);
		return map;
	}

	/** The lowest of parabolas above one line. */
	private static final class Envelope {

		private final double unit;
		private final double[] heights;
		/** Positions of the lowest points of those parabolas that are lowest somewhere, and from where on each is. */
		private final int[] at;
		private final double[] from;

		Envelope(final int n, final double unit) {
			this.unit = unit;
			heights = new double[n];
			at = new int[n];
			from = new double[n];
		}

		void replace(final double[] map, final int start, final int stride) {
			final int n = heights.length;
			boolean isEmpty = true;
			for (int i = 0; i < n; i++) {
				heights[i] = map[start + i * stride];
				isEmpty &= heights[i] == Double.POSITIVE_INFINITY;
			}
			if (isEmpty) return;
			int k = -1;
			for (int q = 0; q < n; q++) {
				if (heights[q] == Double.POSITIVE_INFINITY) continue;
				double begins = Double.NEGATIVE_INFINITY;
				while (k >= 0 && (begins = meeting(at[k], q)) <= from[k])
					k--;
				at[++k] = q;
				from[k] = k == 0 ? Double.NEGATIVE_INFINITY : begins;
			}
			int i = 0;
			for (int p = 0; p < n; p++) {
				while (i < k && from[i + 1] < p)
					i++;
				final double far = unit * (p - at[i]);
				map[start + p * stride] = far * far + heights[at[i]];
			}
		}

		/** Where two parabolas are equally high, in pixels. */
		private double meeting(final int a, final int b) {
			return (a + b) / 2.0 + (heights[b] - heights[a]) / (2 * unit * unit * (b - a));
		}
	}

	/** The pixels of a mask that have a face towards what does not belong to it, or towards the image's end. */
	public static boolean[] boundary(final boolean[] mask, final int[] extents) {
		final boolean[] boundary = new boolean[mask.length];
		final int[] at = new int[extents.length];
		for (int i = 0; i < mask.length; i++) {
			int step = 1;
			for (int d = 0; d < at.length && mask[i] && !boundary[i]; d++) {
				boundary[i] = at[d] == 0 || at[d] == extents[d] - 1 || !mask[i - step] || !mask[i + step];
				step *= extents[d];
			}
			for (int d = 0; d < at.length && ++at[d] == extents[d]; d++)
				at[d] = 0;
		}
		return boundary;
	}

	/** Distances, not squared. */
	public static double[] of(final boolean[] sites, final int[] extents, final double[] spacing, final Monitor monitor) {
		final double[] map = squared(sites, extents, spacing, monitor);
		Arrays.setAll(map, i -> Math.sqrt(map[i]));
		return map;
	}
}
