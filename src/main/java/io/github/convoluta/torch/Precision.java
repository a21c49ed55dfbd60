package io.github.convoluta.torch;

import java.util.Locale;

/** In which numbers layers compute. Weights are always kept with 32 bits. */
public enum Precision {
	/** 32-bit floating point. */
	FP32,
	/** 16 bits with the range of 32: faster where the processor has instructions for it. */
	BF16;

	/**
	 * The precision that a text means.
	 *
	 * @param text {@code automatic}, {@code fp32} or {@code bf16}; automatic takes bf16 where a measurement on this machine
	 *          finds it faster
	 * @throws IllegalArgumentException for any other text
	 */
	public static Precision of(final String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "automatic" -> Processor.prefersBfloat16() ? BF16 : FP32;
			case "fp32" -> FP32;
			case "bf16" -> BF16;
			default -> throw new IllegalArgumentException("precision=" + text +
				" is not known; allowed are automatic, fp32, bf16.");
		};
	}
}
