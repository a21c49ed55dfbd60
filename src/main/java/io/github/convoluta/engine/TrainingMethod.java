package io.github.convoluta.engine;

/**
 * How to train.
 *
 * @param loss what is made small
 * @param optimizer how weights follow gradients
 * @param clip greatest length of all gradients together, to which longer ones are shortened; 0 for no limit
 * @param precision in which layers compute
 * @param device where
 */
public record TrainingMethod(Loss loss, Optimizer optimizer, double clip, Precision precision, Device device) {

	public TrainingMethod {
		if (!(clip >= 0)) throw new IllegalArgumentException("Gradients can't be clipped to a length of " + clip +
			"; give a number above 0, or 0 for no limit.");
	}

	/** With 32 bits on the processor, without clipping. */
	public TrainingMethod(final Loss loss, final Optimizer optimizer) {
		this(loss, optimizer, 0, Precision.FP32, Device.CPU);
	}
}
