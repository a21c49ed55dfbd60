package io.github.convoluta.torch;

import java.util.Locale;
import java.util.function.Supplier;

/** The precision that somebody asks for. Nothing is loaded or measured before it is decided what that means here. */
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

	/**
	 * The precision to train in.
	 *
	 * @throws IllegalArgumentException if bf16 is asked for where gradients can't be computed so; the message says why
	 * @throws IllegalStateException if libtorch can't be loaded on this machine
	 */
	public Precision forTraining(final Device device) {
		return on(device, () -> Processor.bfloat16().training(), "training");
	}

	/**
	 * The precision to predict in.
	 *
	 * @throws IllegalArgumentException if bf16 is asked for where networks can't run so; the message says why
	 * @throws IllegalStateException if libtorch can't be loaded on this machine
	 */
	public Precision forPrediction(final Device device) {
		return on(device, () -> Processor.bfloat16().prediction(), "predictions");
	}

	/** What was measured is true of the processor; graphics processors compute as they are told. */
	Precision on(final Device device, final Supplier<Bfloat16.Gain> measured, final String purpose) {
		if (this == FP32) return Precision.FP32;
		if (device.kind() != Device.Kind.CPU) return this == BF16 ? Precision.BF16 : Precision.FP32;
		final Bfloat16.Gain gain = measured.get();
		if (this == AUTOMATIC) return gain.isFaster() ? Precision.BF16 : Precision.FP32;
		if (!gain.ability().works()) throw new IllegalArgumentException("precision=bf16 can't be used for " + purpose +
			" on this machine (" + gain.ability().reason() + "). Use precision=automatic or precision=fp32.");
		return Precision.BF16;
	}

	/** As macros spell it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
