package io.github.convoluta.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.region.DistanceMap;
import net.imglib2.RandomAccessibleInterval;

/**
 * How far the boundaries of a true and a predicted region lie apart, with MedPy's definitions: a region's boundary are its
 * pixels with a face towards others, or towards the image's end.
 *
 * @param toTruth distances of the predicted boundary's pixels to the true boundary, in calibrated units
 * @param toPrediction distances of the true boundary's pixels to the predicted one
 */
public record SurfaceDistances(double[] toTruth, double[] toPrediction) {

	/** Bytes for each pixel of the box around both regions: a map of distances, masks and boundaries. */
	private static final int BYTES = 12;

	/**
	 * Distances between the regions where two images have a value; empty if one has no such pixel.
	 *
	 * @param value of the region
	 * @param spacing extents of a pixel along each axis
	 * @throws IllegalArgumentException if extents differ, or the box around the regions doesn't fit into memory
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public static SurfaceDistances of(final RandomAccessibleInterval<?> truth, final RandomAccessibleInterval<?> predicted,
		final float value, final double[] spacing, final Monitor monitor)
	{
		if (!Arrays.equals(truth.dimensionsAsLongArray(), predicted.dimensionsAsLongArray())) throw new IllegalArgumentException(
			"The images to compare have extents of " + Arrays.toString(truth.dimensionsAsLongArray()) + " and " + Arrays.toString(
				predicted.dimensionsAsLongArray()) + " pixels. They must be the same.");
		final Box box = Box.around(truth, value).with(Box.around(predicted, value));
		if (box.isEmpty()) return new SurfaceDistances(new double[0], new double[0]);
		box.requireRoom();
		final int[] extents = box.extents();
		final boolean[] a = DistanceMap.boundary(box.mask(truth, value), extents), b = DistanceMap.boundary(box.mask(predicted,
			value), extents);
		return new SurfaceDistances(distances(b, a, extents, spacing, monitor.part(0, 2)), distances(a, b, extents, spacing,
			monitor.part(1, 2)));
	}

	/** Distances of one boundary's pixels to another's; none if that has none. */
	private static double[] distances(final boolean[] from, final boolean[] to, final int[] extents, final double[] spacing,
		final Monitor monitor)
	{
		final double[] map = DistanceMap.squared(to, extents, spacing, monitor);
		return IntStream.range(0, from.length).filter(i -> from[i] && map[i] < Double.POSITIVE_INFINITY).mapToDouble(i -> Math
			.sqrt(map[i])).toArray();
	}

	/** Whether both regions have pixels, without which no distance is defined. */
	public boolean isDefined() {
		return toTruth.length > 0 && toPrediction.length > 0;
	}

	/** The greatest distance of a boundary's pixel to the other boundary; NaN if undefined. */
	public double hausdorff() {
		return isDefined() ? Arrays.stream(all()).max().getAsDouble() : Double.NaN;
	}

	/** The distance that 95 % of both boundaries' pixels keep, interpolated linearly between them; NaN if undefined. */
	public double hausdorff95() {
		if (!isDefined()) return Double.NaN;
		final double[] sorted = all();
		Arrays.sort(sorted);
		final double at = 0.95 * (sorted.length - 1);
		final int low = (int) at;
		return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
	}

	/** The mean of both boundaries' mean distances: the average symmetric surface distance; NaN if undefined. */
	public double mean() {
		return isDefined() ? (Arrays.stream(toTruth).average().getAsDouble() + Arrays.stream(toPrediction).average()
			.getAsDouble()) / 2 : Double.NaN;
	}

	private double[] all() {
		final double[] all = Arrays.copyOf(toTruth, toTruth.length + toPrediction.length);
		System.arraycopy(toPrediction, 0, all, toTruth.length, toPrediction.length);
		return all;
	}

	/** The part of an image where a region lies. */
	private record Box(long[] min, long[] max) {

		static Box around(final RandomAccessibleInterval<?> image, final float value) {
			final int n = image.numDimensions(), width = Math.toIntExact(image.dimension(0));
			final long[] min = image.dimensionsAsLongArray(), max = new long[n], at = new long[n];
			Arrays.fill(max, -1);
			final int[] size = new int[n];
			Arrays.fill(size, 1);
			size[0] = width;
			final float[] row = new float[width];
			final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
			final long rows = image.size() / width;
			for (long r = 0; r < rows; r++) {
				reader.read(at, size, row, 0);
				int first = 0, last = width - 1;
				while (first < width && row[first] != value)
					first++;
				while (last >= 0 && row[last] != value)
					last--;
				if (first < width) {
					min[0] = Math.min(min[0], first);
					max[0] = Math.max(max[0], last);
					for (int d = 1; d < n; d++) {
						min[d] = Math.min(min[d], at[d]);
						max[d] = Math.max(max[d], at[d]);
					}
				}
				for (int d = 1; d < n && ++at[d] == image.dimension(d); d++)
					at[d] = 0;
			}
			return new Box(min, max);
		}

		Box with(final Box other) {
			final long[] low = min.clone(), high = max.clone();
			for (int d = 0; d < low.length; d++) {
				low[d] = Math.min(low[d], other.min[d]);
				high[d] = Math.max(high[d], other.max[d]);
			}
			return new Box(low, high);
		}

		boolean isEmpty() {
			return max[0] < min[0];
		}

		void requireRoom() {
			double count = 1;
			for (int d = 0; d < min.length; d++)
				count *= max[d] - min[d] + 1;
			final double free = SystemMemory.freeHeap();
			if (count > Integer.MAX_VALUE - 8 || BYTES * count > free) throw new IllegalArgumentException(String.format(
				Locale.ROOT,
				"Distances of boundaries need %s for the %.0f pixels of the box around the regions, but %s are free. Crop the images, or give ImageJ more memory (Edit>Options>Memory & Threads).",
				new ByteSize(BYTES * count), count, new ByteSize(free)));
		}

		int[] extents() {
			return IntStream.range(0, min.length).map(d -> (int) (max[d] - min[d] + 1)).toArray();
		}

		boolean[] mask(final RandomAccessibleInterval<?> image, final float value) {
			final int[] extents = extents(), size = new int[extents.length];
			Arrays.fill(size, 1);
			size[0] = extents[0];
			final boolean[] mask = new boolean[Arrays.stream(extents).reduce(1, Math::multiplyExact)];
			final float[] row = new float[extents[0]];
			final long[] at = min.clone();
			final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
			for (int i = 0; i < mask.length; i += extents[0]) {
				reader.read(at, size, row, 0);
				for (int x = 0; x < row.length; x++)
					mask[i + x] = row[x] == value;
				for (int d = 1; d < at.length && ++at[d] > max[d]; d++)
					at[d] = min[d];
			}
			return mask;
		}
	}
}
