package io.github.convoluta.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which values label images have, found while their rows go by, with what tells classes from pictures. The first value that
 * is seen gets code 0, the next one code 1.
 */
final class ValueTally implements CodedRows.Coder {

	/** More values are no classes, but numbered objects. */
	private static final int MOST = 255;
	private static final double LARGEST = 2147483648.0;

	private final boolean sparse, areColours;
	private final Map<Float, Integer> codes = new HashMap<>();
	private final List<Long> values = new ArrayList<>();
	private final long[] pixels = new long[MOST + 1], runs = new long[MOST + 1];
	/** How often a value is followed by another along x. */
	private final long[][] changes = new long[MOST + 1][MOST + 1];

	/**
	 * @param sparse whether 0 is no class
	 * @param areColours whether the values are colours
	 */
	ValueTally(final boolean sparse, final boolean areColours) {
		this.sparse = sparse;
		this.areColours = areColours;
	}

	/** @throws IllegalArgumentException if there are too many values, or fractions */
	@Override
	public void code(final float[] row, final int[] coded) {
		float last = Float.NaN;
		int before = -1;
		for (int x = 0; x < row.length; x++) {
			if (row[x] != last) {
				last = row[x];
				final int code = code(last);
				runs[code]++;
				if (before >= 0) changes[before][code]++;
				before = code;
			}
			pixels[before]++;
			coded[x] = before;
		}
	}

	private int code(final float value) {
		// The sum makes of a negative zero a positive one.
		final Integer known = codes.get(value + 0f);
		if (known != null) return known;
		values.add(checked(value));
		if (values.size() > MOST + (sparse ? 1 : 0)) throw new IllegalArgumentException("The labels have more than " + MOST +
			" different " + (areColours ? "colours. Classes are few: draw without soft edges, and don't save as JPEG."
				: "values, as a picture has. Classes are few; if every object has a number of its own, threshold the labels first."));
		codes.put(value + 0f, values.size() - 1);
		return values.size() - 1;
	}

	private static long checked(final float v) {
		if (v != Math.rint(v)) throw new IllegalArgumentException("The labels must be whole numbers, but " + v +
			" was found. Is this the label image?");
		if (Math.abs(v) > LARGEST) throw new IllegalArgumentException("The labels must be from -2147483648 to 2147483648, but " +
			v + " was found. Is this the label image?");
		return (long) v;
	}

	/**
	 * The classes.
	 *
	 * @throws IllegalArgumentException if there are too few, or the values look like those of a picture
	 */
	ClassValues classes() {
		final int[] rising = IntStream.range(0, values.size()).boxed().sorted(Comparator.comparing(values::get)).mapToInt(c -> c)
			.toArray();
		LabelPattern.check(IntStream.of(rising).mapToLong(values::get).toArray(), rising, pixels, runs, changes);
		return new ClassValues(values.stream().filter(v -> !sparse || v != 0).sorted().toList(), sparse, areColours);
	}

	/** The class of each code. */
	long[] classOfCode(final ClassValues classes) {
		return values.stream().mapToLong(v -> classes.classOf(v)).toArray();
	}
}
