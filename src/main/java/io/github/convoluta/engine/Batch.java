package io.github.convoluta.engine;

/**
 * Samples that are computed together.
 *
 * @param input values in C order
 * @param shape {@code [sample, channel, (z,) (y,) x]}
 * @param target class numbers ({@code long[]}) or values ({@code float[]}), as the loss wants them
 * @param targetShape {@code [sample]}, {@code [sample, (z,) (y,) x]}, or the shape of the network's result
 */
public record Batch(float[] input, long[] shape, Object target, long[] targetShape) {

	/** Number of samples. */
	public int size() {
		return (int) shape[0];
	}
}
