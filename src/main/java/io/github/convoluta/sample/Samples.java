package io.github.convoluta.sample;

import java.util.Arrays;

import io.github.convoluta.engine.Batch;

/** A set of samples, read when they are needed. Implementations may be read from several threads. */
public interface Samples {

	/** Number of samples of an epoch. */
	int size();

	/** The class of a sample, for splits and balance; 0 for all if samples have no class of their own. */
	int classOf(int index);

	/** Samples as one batch, in the given order. */
	Batch batch(int... indices);

	/** The samples of an epoch, from 0 on: others each time where they are drawn at random, these where they are not. */
	default Samples epoch(final int number) {
		return this;
	}

	/** Some of these samples as a set of its own. */
	default Samples subset(final int... indices) {
		final int[] chosen = indices.clone();
		final Samples all = this;
		return new Samples() {

			@Override
			public int size() {
				return chosen.length;
			}

			@Override
			public int classOf(final int index) {
				return all.classOf(chosen[index]);
			}

			@Override
			public Batch batch(final int... of) {
				return all.batch(Arrays.stream(of).map(i -> chosen[i]).toArray());
			}

			@Override
			public Samples epoch(final int number) {
				return all.epoch(number).subset(chosen);
			}
		};
	}
}
