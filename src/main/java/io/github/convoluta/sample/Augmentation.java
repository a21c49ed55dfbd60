package io.github.convoluta.sample;

import java.util.Random;

import io.github.convoluta.engine.Batch;

/** Changes training samples at random in ways that leave what they show as it is. Safe for several threads. */
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

	/**
	 * What suits most microscopy and medical images that are segmented: flips and quarter turns, sometimes any rotation
	 * with a change of size and an elastic deformation, and changes of brightness, contrast, noise and focus.
	 */
	static Augmentation forSegmentation(final VoxelGeometry geometry) {
		return new RandomTransform(geometry, geometry.isSignal() ? 0 : 0.5, 0.3, 180, 0.2, 0, 2).then(RandomIntensity.usual());
	}

	/** The same for whole images with a class, where up and down, left and right may have a meaning: small changes only. */
	static Augmentation forClassification(final VoxelGeometry geometry) {
		return new RandomTransform(geometry, 0, 0.8, 10, 0.1, 0.08, 0).then(RandomIntensity.usual());
	}

	/** Flips and quarter turns only, for images that are to become others: values stay what they were measured as. */
	static Augmentation forValues(final VoxelGeometry geometry) {
		return new RandomTransform(geometry, geometry.isSignal() ? 0 : 0.5, 0, 0, 0, 0, 0);
	}
}
