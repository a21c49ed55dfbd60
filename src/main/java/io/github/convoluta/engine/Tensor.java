package io.github.convoluta.engine;

/**
 * Numbers of several axes.
 *
 * @param values in C order; not copied
 * @param shape extents, the slowest axis first: {@code [sample, channel, (z,) (y,) x]}, or {@code [sample, value]} behind
 *          layers whose results have no positions
 */
public record Tensor(float[] values, long[] shape) {}
