package io.github.convoluta.engine;

/** What a network should answer to a batch, as the loss wants it. */
public sealed interface Target {

	/** The class number of what has no label. */
	long IGNORED = -100;

	/** Extents of the array. */
	long[] shape();

	/**
	 * Classes, from 0 on, or {@link #IGNORED}.
	 *
	 * @param numbers in C order
	 * @param shape {@code [sample]} or {@code [sample, (z,) (y,) x]}
	 */
	record Classes(long[] numbers, long[] shape) implements Target {}

	/**
	 * Values.
	 *
	 * @param values in C order
	 * @param shape that of the network's result
	 */
	record Values(float[] values, long[] shape) implements Target {}
}
