package io.github.convoluta.training;

/** A set of samples, read when they are needed. Implementations may be read from several threads. */
public interface Samples {

	/** Number of samples. */
	int size();

	/** The class of a sample, for splits and balance; 0 for all if samples have no class of their own. */
	int classOf(int index);

	/** Samples as one batch, in the given order. */
	Batch batch(int... indices);
}
