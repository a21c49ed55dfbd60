package io.github.convoluta.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The arguments after an architecture's name, {@code key=value}, each with a default and a checked range. */
final class ArchitectureArguments {

	private final Map<String, String> values = new LinkedHashMap<>();

	ArchitectureArguments(final String text) {
		final String[] tokens = text.strip().split("\\s+");
		for (int i = 1; i < tokens.length; i++) {
			final int equals = tokens[i].indexOf('=');
			final String key = (equals < 0 ? tokens[i] : tokens[i].substring(0, equals)).toLowerCase(Locale.ROOT);
			if (values.put(key, equals < 0 ? "true" : tokens[i].substring(equals + 1)) != null) throw new IllegalArgumentException(
				"The architecture's argument " + key + " is given twice.");
		}
	}

	int whole(final String key, final int standard, final int min, final int max) {
		final String value = values.remove(key);
		if (value == null) return standard;
		if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) throw wrong(key, value,
			"a whole number from " + min + " to " + max);
		return Integer.parseInt(value);
	}

	double share(final String key, final double standard) {
		final String value = values.remove(key);
		if (value == null) return standard;
		if (!value.matches("0?\\.\\d+|0")) throw wrong(key, value, "a number from 0 to below 1");
		return Double.parseDouble(value);
	}

	String word(final String key, final String standard, final String... choices) {
		final String value = values.remove(key);
		if (value == null) return standard;
		final String word = value.toLowerCase(Locale.ROOT);
		if (!Arrays.asList(choices).contains(word)) throw wrong(key, value, "one of " + String.join(", ", choices));
		return word;
	}

	boolean flag(final String key, final boolean standard) {
		return Boolean.parseBoolean(word(key, Boolean.toString(standard), "true", "false"));
	}

	void checkNoneLeft(final String usage) {
		if (!values.isEmpty()) throw new IllegalArgumentException("The architecture \"" + usage +
			"\" does not take the argument \"" + values.keySet().iterator().next() + "\".");
	}

	private static IllegalArgumentException wrong(final String key, final String value, final String expected) {
		return new IllegalArgumentException(key + "=" + value + " is not allowed in an architecture; give " + expected + ".");
	}
}
