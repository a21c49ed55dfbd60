package io.github.convoluta.training;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.torch.Loss;
import net.imglib2.RandomAccessibleInterval;

/**
 * Which class each value of label images means: the values in rising order are the classes.
 *
 * @param values at least two different whole numbers, rising
 * @param sparse whether 0 means that nothing is known there
 */
public record ClassValues(List<Integer> values, boolean sparse) {

	/** More values are no classes, but numbered objects. */
	private static final int MOST = 256;

	public ClassValues {
		values = List.copyOf(values);
		if (values.size() < 2) throw new IllegalArgumentException("The labels have " + (values.isEmpty() ? "no class"
			: "only the class " + values.get(0)) + (sparse ? " besides 0, which is unlabelled" : "") +
			", but at least two are needed" + (sparse ? ". Draw labels of each class, or use sparse=false." : "."));
	}

	/** The values that occur in label images, found without a monitor. */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse) {
		return of(labels, sparse, Monitor.NONE);
	}

	/**
	 * The values that occur in label images.
	 *
	 * @param monitor hears how many of the images were looked through
	 * @throws IllegalArgumentException if there are too few or too many, or fractions
	 */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse,
		final Monitor monitor)
	{
		final TreeSet<Integer> found = new TreeSet<>();
		int done = 0;
		for (final RandomAccessibleInterval<?> image : labels)
			Rows.forEach(image, monitor.part(done++, labels.size()), (row, first) -> {
				float last = Float.NaN;
				for (final float v : row) {
					if (v == last) continue;
					last = v;
					if (v != Math.rint(v)) throw new IllegalArgumentException("The labels must be whole numbers, but " + v +
						" was found. Is this the label image?");
					found.add((int) v);
					if (found.size() > MOST) throw new IllegalArgumentException("The labels have more than " + MOST +
						" different values. Classes are few; if every object has a number of its own, threshold the labels first.");
				}
			});
		if (sparse) found.remove(0);
		return new ClassValues(List.copyOf(found), sparse);
	}

	/** Number of classes. */
	public int count() {
		return values.size();
	}

	/** Names of the classes: their values. */
	public List<String> names() {
		return values.stream().map(String::valueOf).toList();
	}

	/** The class of a value, or {@link Loss#IGNORED}. */
	public long classOf(final float value) {
		if (sparse && value == 0) return Loss.IGNORED;
		for (int i = 0; i < values.size(); i++)
			if (values.get(i) == value) return i;
		return Loss.IGNORED;
	}

	/** The class of every value from the smallest on, for fast reading. */
	long[] table() {
		return IntStream.rangeClosed(values.get(0), values.get(values.size() - 1)).mapToLong(this::classOf).toArray();
	}

	/** Reads images row by row. */
	static final class Rows {

		/** Rows between two calls of a monitor. */
		private static final int MONITORED = 64;

		private Rows() {}

		/** Gets a row, which is used again, and the index of its first sample. */
		interface Reader {

			void row(float[] row, long first);
		}

		static void forEach(final RandomAccessibleInterval<?> image, final Monitor monitor, final Reader action) {
			final int n = image.numDimensions();
			final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
			final int[] size = IntStream.range(0, n).map(d -> 1).toArray();
			size[0] = Math.toIntExact(image.dimension(0));
			final float[] row = new float[size[0]];
			final long[] min = new long[n];
			final long rows = image.size() / size[0];
			for (long r = 0; r < rows; r++) {
				long rest = r;
				for (int d = 1; d < n; d++) {
					min[d] = rest % image.dimension(d);
					rest /= image.dimension(d);
				}
				reader.read(min, size, row, 0);
				action.row(row, r * size[0]);
				if (r % MONITORED == 0) monitor.progress((double) r / rows);
			}
		}
	}
}
