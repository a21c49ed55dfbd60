package io.github.convoluta.command;

import java.util.Locale;

import io.github.convoluta.image.ImageFilter.Output;

/** The values of the key {@code output}. */
final class OutputKey {

	private OutputKey() {}

	static Output parse(final String value) {
		return switch (value.strip().toLowerCase(Locale.ROOT)) {
			case "32-bit" -> Output.FLOAT;
			case "input type" -> Output.SOURCE;
			default -> throw new IllegalArgumentException("output=[" + value +
				"] is not known; allowed are [32-bit] and [input type].");
		};
	}
}
