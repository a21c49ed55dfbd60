package io.github.convoluta.engine;

import java.util.List;

/**
 * What training makes small. Classes come as whole numbers from 0 on, of shape {@code [sample]} or
 * {@code [sample, (z,) (y,) x]}; {@link Target#IGNORED} marks what has no label and counts for nothing: a loss over nothing is
 * 0, and so is its gradient. Values come with the shape of the network's result. Networks give logits to the losses for
 * classes: a last softmax is left out.
 */
public sealed interface Loss {

	/**
	 * Categorical cross-entropy, averaged over all labelled positions.
	 *
	 * @param classWeights a factor per class, or empty for none
	 */
	record CrossEntropy(List<Float> classWeights) implements Loss {

		public CrossEntropy {
			classWeights = List.copyOf(classWeights);
		}
	}

	/**
	 * Cross-entropy that counts what is already right less (Lin et al. 2017).
	 *
	 * @param gamma 0 is plain cross-entropy; usually 2
	 */
	record Focal(double gamma) implements Loss {}

	/**
	 * One minus the mean Dice coefficient over classes, from probabilities (Milletari et al. 2016), plus a share of
	 * cross-entropy.
	 *
	 * @param crossEntropy factor of the cross-entropy, 0 for none
	 */
	record Dice(double crossEntropy) implements Loss {}

	/** Binary cross-entropy between each output channel's logit and a value from 0 to 1. */
	record BinaryCrossEntropy() implements Loss {}

	/** Mean squared difference. */
	record MeanSquaredError() implements Loss {}

	/** Mean absolute difference. */
	record MeanAbsoluteError() implements Loss {}

	/** Plain categorical cross-entropy. */
	static Loss crossEntropy() {
		return new CrossEntropy(List.of());
	}

	/** Whether targets are class numbers. */
	default boolean isForClasses() {
		return this instanceof CrossEntropy || this instanceof Focal || this instanceof Dice;
	}

	/** Whether networks are trained without their last softmax or sigmoid, which the loss has built in. */
	default boolean takesLogits() {
		return isForClasses() || this instanceof BinaryCrossEntropy;
	}
}
