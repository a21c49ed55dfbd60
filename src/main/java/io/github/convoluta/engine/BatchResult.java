package io.github.convoluta.engine;

import java.util.Arrays;

/**
 * A network's answer to a batch.
 *
 * @param loss mean loss
 * @param values logits or values, in C order
 * @param shape {@code [sample, channel, (z,) (y,) x]}
 */
public record BatchResult(float loss, float[] values, long[] shape) {

	/** Number of channels: classes, for classifiers and segmenters. */
	public int channels() {
		return (int) shape[1];
	}

	/** The channel with the largest value, for every sample and position, in C order. */
	public int[] decisions() {
		final int channels = channels();
		final int positions = (int) Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
		final int[] decisions = new int[(int) shape[0] * positions];
		for (int s = 0; s < shape[0]; s++)
			for (int p = 0; p < positions; p++) {
				int best = 0;
				for (int c = 1; c < channels; c++)
					if (values[(s * channels + c) * positions + p] > values[(s * channels + best) * positions + p]) best = c;
				decisions[s * positions + p] = best;
			}
		return decisions;
	}
}
