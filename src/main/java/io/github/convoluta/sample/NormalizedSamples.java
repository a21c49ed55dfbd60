package io.github.convoluta.sample;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.NetworkInput;
import io.github.convoluta.model.Normalization;

/**
 * Classified samples as a network gets them.
 *
 * @param samples raw values
 * @param normalization how they become the network's input
 */
public record NormalizedSamples(ClassifiedArrays samples, Normalization normalization) implements Samples {

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
		final int[] extents = samples.shape().spatial().stream().mapToInt(s -> s).toArray();
		return samples.batch((index, input, offset) -> NetworkInput.of(samples.view(index), normalization, Monitor.NONE).read(
			new long[extents.length], extents, input, offset), indices);
	}
}
