package io.github.convoluta.engine;

import java.util.Locale;

/** The precision that somebody asks for. What it means on a machine, its engine decides. */
public enum PrecisionChoice {

	/** 16 bits where a measurement on this machine finds them faster, otherwise 32. */
	AUTOMATIC, FP32, BF16;

	/**
	 * The choice that a text means.
	 *
	 * @param text {@code automatic}, {@code fp32} or {@code bf16}
	 * @throws IllegalArgumentException for any other text
	 */
	public static PrecisionChoice parse(final String text) {
		for (final PrecisionChoice choice : values())
			if (choice.toString().equals(text.strip().toLowerCase(Locale.ROOT))) return choice;
		throw new IllegalArgumentException("precision=" + text + " is not known; allowed are automatic, fp32, bf16.");
	}

	/** As macros spell it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
