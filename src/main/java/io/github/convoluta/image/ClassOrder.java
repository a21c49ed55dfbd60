package io.github.convoluta.image;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The order of class names, which is the same on every system and in every language: by value if all are numbers,
 * otherwise character by character (capital letters first), with runs of digits compared as numbers.
 */
final class ClassOrder {

	private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)");

	/** Character by character, with runs of digits compared as numbers. */
	static final Comparator<String> NATURAL = ClassOrder::compare;

	private ClassOrder() {}

	/** The names in order. */
	static List<String> sorted(final Collection<String> names) {
		final boolean numbers = names.stream().allMatch(n -> NUMBER.matcher(n).matches());
		final Comparator<String> byValue = Comparator.comparing((final String n) -> new BigDecimal(n));
		return names.stream().sorted(numbers ? byValue.thenComparing(NATURAL) : NATURAL).toList();
	}

	private static int compare(final String a, final String b) {
		int i = 0, j = 0;
		while (i < a.length() && j < b.length()) {
			final int endA = digits(a, i), endB = digits(b, j);
			if (endA > i && endB > j) {
				final String x = significant(a.substring(i, endA)), y = significant(b.substring(j, endB));
				final int order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
				if (order != 0) return order;
				i = endA;
				j = endB;
			}
			else if (a.charAt(i) != b.charAt(j)) return Character.compare(a.charAt(i), b.charAt(j));
			else {
				i++;
				j++;
			}
		}
		final int rest = Integer.compare(a.length() - i, b.length() - j);
		return rest != 0 ? rest : a.compareTo(b);
	}

	/** Where the digits that begin at a place end. */
	private static int digits(final String text, final int from) {
		int end = from;
		while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9')
			end++;
		return end;
	}

	private static String significant(final String digits) {
		return digits.replaceFirst("^0+", "");
	}
}
