package io.github.convoluta.network;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How many zeros a layer adds around its input: none, as many as keep {@code ceil(in / stride)} results (Keras' "same":
 * an odd one goes to the end), or given numbers on both sides.
 *
 * @param kind the rule
 * @param sizes the numbers for {@link Kind#NUMBERS}, x first; empty otherwise
 */
public record LayerPadding(Kind kind, List<Integer> sizes) {

	/** The rules. */
	public enum Kind {
		VALID, SAME, NUMBERS
	}

	public static final LayerPadding VALID = new LayerPadding(Kind.VALID, List.of());
	public static final LayerPadding SAME = new LayerPadding(Kind.SAME, List.of());

	/** Zeros before the first sample and after the last. */
	public record Ends(long before, long after) {}

	public LayerPadding {
		LayerChecks.given("padding kind", kind);
		sizes = List.copyOf(LayerChecks.given("padding sizes", sizes).isEmpty() ? List.of() : LayerChecks.notNegative("padding",
			sizes));
		if (kind != Kind.NUMBERS && !sizes.isEmpty()) throw new IllegalArgumentException("Padding " + kind.name().toLowerCase(
			Locale.ROOT) + " takes no sizes, but " + sizes + " was given.");
	}

	/** Refuses numbers that are not as many as a layer's kernel has. */
	void check(final List<Integer> kernel) {
		if (kind == Kind.NUMBERS) LayerChecks.sameLength("padding", sizes, kernel);
	}

	/**
	 * {@return the same number on both sides of every axis}
	 *
	 * @param size samples on both sides of every axis
	 * @param dimensions number of spatial axes, 1 to 3
	 */
	public static LayerPadding of(final int size, final int dimensions) {
		return new LayerPadding(Kind.NUMBERS, Collections.nCopies(dimensions, size));
	}

	/**
	 * {@return the zeros around {@code in} samples along axis {@code d}, for windows that reach over {@code reach} of
	 * them}
	 *
	 * @param d axis, from 0
	 * @param in samples along it
	 * @param reach samples that a window spans
	 * @param stride samples from window to window
	 */
	public Ends along(final int d, final int in, final long reach, final int stride) {
		return switch (kind) {
			case VALID -> new Ends(0, 0);
			case NUMBERS -> new Ends(sizes.get(d), sizes.get(d));
			case SAME -> {
				final long steps = (in - 1) / stride, total = Math.max(0, steps * stride + reach - in);
				yield new Ends(total / 2, total - total / 2);
			}
		};
	}
}
