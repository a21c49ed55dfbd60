package io.github.convoluta.sample;

import java.util.Arrays;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/** Goes through images row by row. */
final class ImageRows {

	/** Rows between two calls of a monitor. */
	private static final int MONITORED = 64;

	private ImageRows() {}

	/** Gets a row, which is used again, and the index of its first sample, x fastest. */
	interface RowAction {

		void row(float[] row, long first);
	}

	/** All rows. */
	static void forEach(final RandomAccessibleInterval<?> image, final Monitor monitor, final RowAction action) {
		forEach(image, 1, monitor, action);
	}

	/** Every {@code step}-th row, from the first on. */
	static void forEach(final RandomAccessibleInterval<?> image, final long step, final Monitor monitor,
		final RowAction action)
	{
		final int n = image.numDimensions();
		final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
		final int[] size = new int[n];
		Arrays.fill(size, 1);
		size[0] = Math.toIntExact(image.dimension(0));
		final float[] row = new float[size[0]];
		final long[] min = new long[n];
		final long rows = image.size() / size[0];
		for (long r = 0; r < rows; r += step) {
			long rest = r;
			for (int d = 1; d < n; d++) {
				min[d] = rest % image.dimension(d);
				rest /= image.dimension(d);
			}
			reader.read(min, size, row, 0);
			action.row(row, r * size[0]);
			if (r / step % MONITORED == 0) monitor.progress((double) r / rows);
		}
	}
}
