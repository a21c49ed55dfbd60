package io.github.convoluta.engine;

/** In which numbers layers compute. Weights are always kept with 32 bits, so models don't depend on it. */
public enum Precision {
	/** 32-bit floating point. */
	FP32,
	/** 16 bits with the range of 32: faster where the processor has instructions for it. */
	BF16
}
