package io.github.convoluta.network;

import java.util.Collections;
import java.util.List;

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

	public LayerPadding {
		sizes = List.copyOf(sizes);
		if (sizes.stream().anyMatch(s -> s < 0)) throw new IllegalArgumentException("Padding must not be negative, but " + sizes +
			" was given.");
	}

	/** The same number on both sides of every axis. */
	public static LayerPadding of(final int size, final int dimensions) {
		return new LayerPadding(Kind.NUMBERS, Collections.nCopies(dimensions, size));
	}

	/** Zeros before the first and after the last of {@code in} samples along axis {@code d}. */
	public int[] along(final int d, final int in, final int kernel, final int stride, final int dilation) {
		return switch (kind) {
			case VALID -> new int[] { 0, 0 };
			case NUMBERS -> new int[] { sizes.get(d), sizes.get(d) };
			case SAME -> {
				final int out = (in + stride - 1) / stride;
				final int total = Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in);
				yield new int[] { total / 2, total - total / 2 };
			}
		};
	}
}
