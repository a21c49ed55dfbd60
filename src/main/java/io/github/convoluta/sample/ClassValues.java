package io.github.convoluta.sample;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Target;

/**
 * Which class each value of label images means: the values in rising order are the classes.
 *
 * @param values at least two different whole numbers, rising, of a magnitude of at most 2^31; such as 32-bit images hold
 * @param sparse whether 0 means that nothing is known there
 * @param areColours whether values are colours, 0xRRGGBB; black is 0
 * @param named names of classes by their values; others are called after their values
 */
public record ClassValues(List<Long> values, boolean sparse, boolean areColours, Map<Long, String> named) {

	public ClassValues {
		values = List.copyOf(values);
		named = Map.copyOf(named);
		if (values.size() < 2) throw new IllegalArgumentException("The labels have " + (values.isEmpty() ? "no class"
			: "only the class " + names(values, areColours).get(0)) + (sparse ? " besides 0, which is unlabelled" : "") +
			", but at least two are needed" + (sparse
				? ". Draw labels of each class, or use sparse=false; for regions of one class, background=NAME." : "."));
	}

	/** Classes that are called after their values. */
	public ClassValues(final List<Long> values, final boolean sparse, final boolean areColours) {
		this(values, sparse, areColours, Map.of());
	}

	/** Classes that are numbers. */
	public ClassValues(final Collection<Integer> values, final boolean sparse) {
		this(values.stream().map(Integer::longValue).toList(), sparse, false);
	}

	/** Number of classes. */
	public int count() {
		return values.size();
	}

	/** Names of the classes: those that they were given; otherwise their values, or their colours such as #ff0000. */
	public List<String> names() {
		final List<String> plain = names(values, areColours);
		return IntStream.range(0, count()).mapToObj(c -> named.getOrDefault(values.get(c), plain.get(c))).toList();
	}

	/**
	 * The same classes with names.
	 *
	 * @param names by values; those of values that don't occur are not used
	 */
	public ClassValues named(final Map<Long, String> names) {
		return new ClassValues(values, sparse, areColours, names);
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
}
