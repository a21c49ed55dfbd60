package io.github.convoluta.engine;

/**
 * Samples that are computed together.
 *
 * @param input values in C order
 * @param shape {@code [sample, channel, (z,) (y,) x]}
 * @param target what the network should answer
 */
public record Batch(float[] input, long[] shape, Target target) {

	/** Number of samples. */
	public int size() {
		return (int) shape[0];
	}
}
