package io.github.convoluta.training;

import java.util.Arrays;

import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;

/**
 * Classified samples as a network gets them.
 *
 * @param samples raw values
 * @param normalization how they become the network's input
 */
record NormalizedSamples(ClassifiedArrays samples, Normalization normalization) implements Samples {

	@Override
	public int size() {
		return samples.size();
	}

	@Override
	public int classOf(final int index) {
		return samples.classOf(index);
	}

	@Override
	public Batch batch(final int... indices) {
		final Batch batch = samples.batch(indices);
		final int channels = (int) batch.shape()[1], volume = batch.input().length / indices.length / channels;
		for (int i = 0; i < indices.length; i++) {
			final Normalization.Fixed numbers = normalization.of(samples.view(indices[i]), Monitor.NONE);
			for (int c = 0; c < channels; c++)
				numbers.apply(batch.input(), (i * channels + c) * volume, volume, c);
		}
		return new Batch(batch.input(), batch.shape(), batch.target(), Arrays.copyOf(batch.targetShape(), 1));
	}
}
