package io.github.convoluta.training;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;

/**
 * A sample that is kept apart, with what a network says of it.
 *
 * @param number from 0 on
 * @param batch of this one sample: input as the network gets it, and truth
 * @param prediction what the network says
 */
public record HeldOutSample(int number, Batch batch, HeldOutPrediction prediction) {

	/** Spatial extents, x first. */
	public int[] extents() {
		final long[] shape = batch.shape();
		final int[] extents = new int[shape.length - 2];
		for (int d = 0; d < extents.length; d++)
			extents[d] = (int) shape[shape.length - 1 - d];
		return extents;
	}

	/** Channels of the input. */
	public int channels() {
		return (int) batch.shape()[1];
	}

	/** Whether the sample as a whole has a class. */
	public boolean isClassified() {
		return batch.target().shape().length == 1;
	}

	/** True classes, {@link Target#IGNORED} where there is none; null for values. */
	public long[] trueClasses() {
		return batch.target() instanceof final Target.Classes c ? c.numbers() : null;
	}

	/** True values; null for classes. */
	public float[] trueValues() {
		return batch.target() instanceof final Target.Values v ? v.values() : null;
	}
}
