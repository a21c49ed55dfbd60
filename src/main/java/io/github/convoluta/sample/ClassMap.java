package io.github.convoluta.sample;

import java.util.Arrays;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * The class of every pixel of a label image, or of a part of one; {@code Target.IGNORED} where there is none. Rows that
 * were not kept are read from the image again. Safe for several threads.
 */
final class ClassMap {

	/** Rows between two calls of a monitor. */
	private static final int MONITORED = 64;

	private final RandomAccessibleInterval<?> labels;
	private final CodedRows rows;
	private final ClassValues classes;
	private final long[] classOfCode, min, size, counts;

	/**
	 * A whole image.
	 *
	 * @param rows its pixels as codes
	 * @param classOfCode the class of each code
	 */
	ClassMap(final RandomAccessibleInterval<?> labels, final CodedRows rows, final ClassValues classes,
		final long[] classOfCode)
	{
		this(labels, rows, classes, classOfCode, new long[labels.numDimensions()], labels.dimensionsAsLongArray());
		final long[] pixels = rows.pixels();
		for (int i = 0; i < classOfCode.length; i++)
			if (classOfCode[i] >= 0) counts[(int) classOfCode[i]] += pixels[i];
	}

	private ClassMap(final RandomAccessibleInterval<?> labels, final CodedRows rows, final ClassValues classes,
		final long[] classOfCode, final long[] min, final long[] size)
	{
		this.labels = labels;
		this.rows = rows;
		this.classes = classes;
		this.classOfCode = classOfCode;
		this.min = min;
		this.size = size;
		counts = new long[classes.count()];
	}

	/** The part from {@code from} to before {@code to} along an axis. */
	ClassMap part(final int axis, final long from, final long to, final Monitor monitor) {
		final long[] first = min.clone(), extents = size.clone();
		first[axis] += from;
		extents[axis] = to - from;
		final ClassMap part = new ClassMap(labels, rows, classes, classOfCode, first, extents);
		part.forEachRow(monitor, (row, start) -> {
			for (final long c : row)
				if (c >= 0) part.counts[(int) c]++;
		});
		return part;
	}

	/** Number of pixels of each class. */
	long[] counts() {
		return counts.clone();
	}

	/** Gets the classes of a row, which is used again, and the index of its first pixel, x fastest. */
	interface ClassRowAction {

		void row(long[] row, long first);
	}

	void forEachRow(final Monitor monitor, final ClassRowAction action) {
		final long[] row = new long[Math.toIntExact(size[0])], at = new long[size.length];
		final RowReader reader = new RowReader();
		final long count = Arrays.stream(size, 1, size.length).reduce(1, (a, b) -> a * b);
		for (long r = 0; r < count; r++) {
			long rest = r;
			for (int d = 1; d < size.length; d++) {
				at[d] = rest % size[d];
				rest /= size[d];
			}
			reader.read(at, row.length, row, 0);
			action.row(row, r * row.length);
			if (r % MONITORED == 0) monitor.progress((double) r / count);
		}
	}

	/**
	 * Reads a block, mirrored beyond the border.
	 *
	 * @param first its first position, x first
	 * @param extents of the block, x first
	 * @param target gets the classes, x fastest, from index {@code offset} on
	 */
	void read(final long[] first, final int[] extents, final long[] target, final int offset) {
		final RowReader reader = new RowReader();
		final boolean isInside = first[0] >= 0 && first[0] + extents[0] <= size[0];
		final long[] row = isInside ? null : new long[Math.toIntExact(size[0])], at = new long[size.length];
		final int count = Arrays.stream(extents, 1, extents.length).reduce(1, (a, b) -> a * b);
		for (int r = 0; r < count; r++) {
			int rest = r;
			for (int d = 1; d < extents.length; d++) {
				at[d] = Border.MIRROR.index(first[d] + rest % extents[d], size[d]);
				rest /= extents[d];
			}
			final int start = offset + r * extents[0];
			at[0] = isInside ? first[0] : 0;
			if (isInside) reader.read(at, extents[0], target, start);
			else {
				reader.read(at, row.length, row, 0);
				for (int x = 0; x < extents[0]; x++)
					target[start + x] = row[(int) Border.MIRROR.index(first[0] + x, size[0])];
			}
		}
	}

	/** Reads pieces of rows for one thread. */
	private final class RowReader {

		private BlockReader reader;
		private ClassLookup lookup;

		/** @param at where the piece begins in this part of the image */
		void read(final long[] at, final int n, final long[] target, final int offset) {
			long row = 0, step = 1;
			for (int d = 1; d < size.length; d++) {
				row += (min[d] + at[d]) * step;
				step *= labels.dimension(d);
			}
			if (!rows.read(row, (int) (min[0] + at[0]), n, classOfCode, target, offset)) readAgain(at, n, target, offset);
		}

		private void readAgain(final long[] at, final int n, final long[] target, final int offset) {
			if (reader == null) {
				reader = BlockReader.of(labels, Border.REPLICATE);
				lookup = classes.lookup();
			}
			final long[] place = new long[size.length];
			Arrays.setAll(place, d -> min[d] + at[d]);
			final int[] extents = new int[size.length];
			Arrays.fill(extents, 1);
			extents[0] = n;
			final float[] values = new float[n];
			reader.read(place, extents, values, 0);
			for (int i = 0; i < n; i++)
				target[offset + i] = lookup.classOf(values[i]);
		}
	}
}
