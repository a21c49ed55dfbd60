package io.github.convoluta.torch;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.network.Parameter;

/**
 * How a network's code is written. All styles compute the same but for rounding.
 *
 * @param purpose what the code is for
 * @param channelsLast whether channels are the fastest axis in memory, which convolutions on processors like best
 * @param precision numbers that layers compute in
 * @param direct whether convolutions name the library that computes them on processors, which for prediction computes
 *          their activation too, and for training are split or rearranged where that is faster; not for files to share
 */
record ForwardStyle(CodePurpose purpose, boolean channelsLast, Precision precision, boolean direct) {

	/** What a network's code is for. */
	enum CodePurpose {
		SHARING, TRAINING, PREDICTION,
		/** Every layer's result is there, apart from all others, with its gradient if asked for; weights have none. */
		DIFFERENTIATION
	}

	/** For every PyTorch from 1.13 on. */
	static final ForwardStyle PORTABLE = new ForwardStyle(CodePurpose.SHARING, false, Precision.FP32, false);

	static ForwardStyle training(final int dimensions, final Precision precision, final Device device,
		final Operators operators)
	{
		return of(CodePurpose.TRAINING, dimensions, precision, device, operators);
	}

	static ForwardStyle prediction(final int dimensions, final Precision precision, final Device device,
		final Operators operators)
	{
		return of(CodePurpose.PREDICTION, dimensions, precision, device, operators);
	}

	static ForwardStyle differentiation(final int dimensions, final Device device, final Operators operators) {
		return of(CodePurpose.DIFFERENTIATION, dimensions, Precision.FP32, device, operators);
	}

	private static ForwardStyle of(final CodePurpose purpose, final int dimensions, final Precision precision,
		final Device device, final Operators operators)
	{
		// What processors compute without oneDNN is laid out with pixels as the fastest axis.
		final boolean onProcessor = device.kind() == Device.Kind.CPU, has = operators.convolution().works();
		return new ForwardStyle(purpose, dimensions > 1 && (has || !onProcessor), precision, onProcessor && has);
	}

	boolean isForTraining() {
		return purpose == CodePurpose.TRAINING;
	}

	boolean isForDifferentiation() {
		return purpose == CodePurpose.DIFFERENTIATION;
	}

	boolean isBfloat16() {
		return precision == Precision.BF16;
	}

	/** Whether weights have 32 bits and are converted on each use. */
	boolean convertsWeights() {
		return isBfloat16() && purpose != CodePurpose.PREDICTION;
	}

	/** Whether convolutions are split in halves; see {@link HalvedConvolution}. */
	boolean splits(final int dimensions) {
		return direct && isForTraining() && dimensions == 3 && precision == Precision.FP32;
	}

	/** Whether transposed convolutions are computed as others where that is the same; see {@link TransposedConvolutionCode}. */
	boolean shuffles(final int dimensions) {
		return direct && isForTraining() && dimensions > 1 && isBfloat16();
	}

	/** Whether convolutions compute their activation. */
	boolean fuses(final int dimensions) {
		return direct && purpose == CodePurpose.PREDICTION && dimensions > 1;
	}

	/** Whether an array is stored with 16 bits. */
	boolean storesBfloat16(final Parameter parameter) {
		return isBfloat16() && !convertsWeights() && (parameter.role() == Parameter.Role.WEIGHT || parameter
			.role() == Parameter.Role.BIAS);
	}
}
