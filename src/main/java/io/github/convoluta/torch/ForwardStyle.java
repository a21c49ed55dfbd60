package io.github.convoluta.torch;

import io.github.convoluta.network.Parameter;

/**
 * How a network's code is written. All styles compute the same but for rounding.
 *
 * @param channelsLast whether channels are the fastest axis in memory, which convolutions on processors like best
 * @param precision numbers that layers compute in
 * @param masterWeights whether weights are kept with 32 bits and converted on each use, as training needs it
 * @param direct whether convolutions name the library that computes them on processors, which for prediction computes
 *          their activation too, and for training are split where that is faster; not for files to share
 */
record ForwardStyle(boolean channelsLast, Precision precision, boolean masterWeights, boolean direct) {

	/** For every PyTorch from 1.13 on. */
	static final ForwardStyle PORTABLE = new ForwardStyle(false, Precision.FP32, true, false);

	static ForwardStyle training(final int dimensions, final Precision precision, final Device device) {
		return new ForwardStyle(dimensions > 1, precision, true, device.kind() == Device.Kind.CPU);
	}

	static ForwardStyle prediction(final int dimensions, final Precision precision, final Device device) {
		return new ForwardStyle(dimensions > 1, precision, false, device.kind() == Device.Kind.CPU);
	}

	boolean isBfloat16() {
		return precision == Precision.BF16;
	}

	/** Whether convolutions are split in halves; see {@link ForwardCode#HALVES_METHOD}. */
	boolean splits(final int dimensions) {
		return direct && masterWeights && dimensions == 3 && precision == Precision.FP32;
	}

	/** Whether an array is stored with 16 bits. */
	boolean storesBfloat16(final Parameter parameter) {
		return isBfloat16() && !masterWeights && (parameter.role() == Parameter.Role.WEIGHT || parameter
			.role() == Parameter.Role.BIAS);
	}
}
