package io.github.convoluta.sample;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Target;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * Which class each value of label images means: the values in rising order are the classes.
 *
 * @param values at least two different whole numbers, rising, of a magnitude of at most 2^31; such as 32-bit images hold
 * @param sparse whether 0 means that nothing is known there
 * @param areColours whether values are colours, 0xRRGGBB; black is 0
 */
public record ClassValues(List<Long> values, boolean sparse, boolean areColours) {

	/** More values are no classes, but numbered objects. */
	private static final int MOST = 255;
	private static final double LARGEST = 2147483648.0;

	public ClassValues {
		values = List.copyOf(values);
		if (values.size() < 2) throw new IllegalArgumentException("The labels have " + (values.isEmpty() ? "no class"
			: "only the class " + names(values, areColours).get(0)) + (sparse ? " besides 0, which is unlabelled" : "") +
			", but at least two are needed" + (sparse ? ". Draw labels of each class, or use sparse=false." : "."));
	}

	/** Classes that are numbers. */
	public ClassValues(final Collection<Integer> values, final boolean sparse) {
		this(values.stream().map(Integer::longValue).toList(), sparse, false);
	}

	/** The values that occur in label images, as numbers, found without a monitor. */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse) {
		return of(labels, sparse, false, Monitor.NONE);
	}

	/**
	 * The values that occur in label images.
	 *
	 * @param areColours whether they are colours, 0xRRGGBB
	 * @param monitor hears how many of the images were looked through
	 * @throws IllegalArgumentException if there are too few or too many, or fractions, or they look like those of a picture
	 */
	public static ClassValues of(final List<? extends RandomAccessibleInterval<?>> labels, final boolean sparse,
		final boolean areColours, final Monitor monitor)
	{
		final TreeSet<Long> found = new TreeSet<>();
		int done = 0;
		for (final RandomAccessibleInterval<?> image : labels)
			Rows.forEach(image, monitor.part(done++, labels.size()), (row, first) -> {
				float last = Float.NaN;
				for (final float v : row) {
					if (v == last) continue;
					last = v;
					found.add(checked(v));
					if (found.size() > MOST + (sparse ? 1 : 0)) throw new IllegalArgumentException("The labels have more than " + MOST +
						" different " + (areColours ? "colours. Classes are few: draw without soft edges, and don't save as JPEG."
							: "values, as a picture has. Classes are few; if every object has a number of its own, threshold the labels first."));
				}
			});
		LabelPattern.check(labels, found.stream().mapToLong(v -> v).toArray(), monitor);
		if (sparse) found.remove(0L);
		return new ClassValues(List.copyOf(found), sparse, areColours);
	}

	private static long checked(final float v) {
		if (v != Math.rint(v)) throw new IllegalArgumentException("The labels must be whole numbers, but " + v +
			" was found. Is this the label image?");
		if (Math.abs(v) > LARGEST) throw new IllegalArgumentException("The labels must be from -2147483648 to 2147483648, but " +
			v + " was found. Is this the label image?");
		return (long) v;
	}

	/** Number of classes. */
	public int count() {
		return values.size();
	}

	/** Names of the classes: their values, or their colours such as #ff0000. */
	public List<String> names() {
		return names(values, areColours);
	}

	private static List<String> names(final List<Long> values, final boolean areColours) {
		return values.stream().map(v -> areColours ? String.format(Locale.ROOT, "#%06x", v) : String.valueOf(v)).toList();
	}

	/** The class of a value, or {@link Target#IGNORED}. */
	public long classOf(final float value) {
		return lookup().classOf(value);
	}

	/** Finds the classes of many values fast. */
	ClassLookup lookup() {
		return new ClassLookup(values.stream().mapToLong(v -> v).toArray(), sparse);
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
