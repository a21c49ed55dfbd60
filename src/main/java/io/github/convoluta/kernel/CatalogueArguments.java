package io.github.convoluta.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Takes the arguments after a catalogue name one by one, each with a default and a checked range. */
final class CatalogueArguments {

	private final String usage;
	private final Deque<String> tokens;

	CatalogueArguments(final String usage, final String text) {
		this.usage = usage;
		// The name before the first argument counts for nothing here.
		final String[] words = text.strip().split("\\s+", 2);
		if (words.length > 1 && KernelText.mixesSeparators(words[1])) throw new IllegalArgumentException("Kernel \"" + usage +
			"\": \"" + words[1] +
			"\" has commas inside numbers that are separated by blanks. Write decimals with a point, such as 0.5.");
		tokens = new ArrayDeque<>(Arrays.asList(text.strip().split("[\\s,]+")));
		tokens.removeFirst();
	}

	double number(final String name, final double standard) {
		final String token = tokens.poll();
		if (token == null) return standard;
		try {
			return KernelText.parseNumbers(token)[0];
		}
		catch (final IllegalArgumentException e) {
			throw wrong(name, token, "a number");
		}
	}

	double positive(final String name, final double standard) {
		final double value = number(name, standard);
		if (value <= 0) throw wrong(name, Double.toString(value), "a number above 0");
		return value;
	}

	int size(final String name, final int standard) {
		final double value = number(name, standard);
		if (value != Math.rint(value) || value < 1 || value > 4001) throw wrong(name, Double.toString(value),
			"a whole number from 1 to 4001");
		return (int) value;
	}

	int odd(final String name, final int standard) {
		final int value = size(name, standard);
		if (value % 2 == 0) throw wrong(name, Integer.toString(value), "an odd number");
		return value;
	}

	/** One size for all axes, or one per axis. */
	int[] sizes(final int standard, final int n) {
		final int[] sizes = new int[n];
		final boolean one = tokens.size() <= 1;
		for (int d = 0; d < n; d++)
			sizes[d] = d > 0 && one ? sizes[0] : size("size", d == 0 ? standard : 1);
		return sizes;
	}

	String word(final String name, final String standard, final String... choices) {
		final String token = tokens.poll();
		if (token == null) return standard;
		final String word = token.toLowerCase(Locale.ROOT).replace('_', '-');
		final List<String> matches = Arrays.stream(choices).filter(c -> c.equals(word) || c.replace("-", "").equals(word) ||
			initials(c).equals(word)).toList();
		if (matches.isEmpty()) throw wrong(name, token, "one of " + String.join(", ", choices));
		return matches.get(0);
	}

	int axis(final int n) {
		return "xyz".indexOf(word("axis", "x", Arrays.copyOf(new String[] { "x", "y", "z" }, n)));
	}

	void checkNoneLeft() {
		if (!tokens.isEmpty()) throw new IllegalArgumentException("Kernel \"" + usage + "\" does not take the argument \"" +
			tokens.peek() + "\". Decimals are written with a point, such as 0.5.");
	}

	/** {@code ne} for {@code north-east}. */
	private static String initials(final String words) {
		final StringBuilder s = new StringBuilder();
		for (final String word : words.split("-"))
			s.append(word.charAt(0));
		return s.toString();
	}

	private IllegalArgumentException wrong(final String name, final String given, final String expected) {
		return new IllegalArgumentException("Kernel \"" + usage + "\": " + name + " must be " + expected + ", but \"" + given +
			"\" was given.");
	}
}
