package io.github.convoluta.training;

import java.util.Random;

/** Changes training samples at random in ways that leave their classes as they are. */
@FunctionalInterface
public interface Augmentation {

	/** Leaves samples as they are. */
	Augmentation NONE = (batch, random) -> batch;

	/** A changed copy of a batch; the same random numbers give the same result. */
	Batch apply(Batch batch, Random random);

	/** First this, then another. */
	default Augmentation then(final Augmentation next) {
		return (batch, random) -> next.apply(apply(batch, random), random);
	}
}
