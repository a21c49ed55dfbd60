package io.github.convoluta.engine;

import java.util.List;
import java.util.Locale;

/**
 * What training makes small. Losses for classes take whole numbers from 0 on, of shape {@code [sample]} or
 * {@code [sample, (z,) (y,) x]}; {@link Target#IGNORED} marks what has no label and counts for nothing: a loss over nothing
 * is 0, and so is its gradient. Networks give them logits: a last softmax or sigmoid, which these losses have built in, is
 * left out. Losses for values take numbers of the shape of the network's result.
 */
public sealed interface Loss {

	/** Losses whose targets are class numbers. */
	sealed interface ForClasses extends Loss {

		@Override
		default boolean isForClasses() {
			return true;
		}

		/** Factors of the classes in the cross-entropy, one per class; empty for none. */
		List<Float> classWeights();

		/** The same with factors for the classes. */
		ForClasses weighted(List<Float> classWeights);

		/** Its name. */
		String name();

		@Override
		default String text() {
			return name() + (classWeights().isEmpty() ? "" : " with class weights " + classWeights());
		}
	}

	/** Losses whose targets are values. */
	sealed interface ForValues extends Loss {

		@Override
		default boolean isForClasses() {
			return false;
		}
	}

	/**
	 * Categorical cross-entropy, averaged over all labelled positions by their weights.
	 *
	 * @param classWeights a factor per class, or empty for none
	 */
	record CrossEntropy(List<Float> classWeights) implements ForClasses {

		public CrossEntropy {
			classWeights = List.copyOf(classWeights);
		}

		@Override
		public String name() {
			return "crossentropy";
		}

		@Override
		public ForClasses weighted(final List<Float> weights) {
			return new CrossEntropy(weights);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/**
	 * Cross-entropy that counts what is already right less (Lin et al. 2017).
	 *
	 * @param gamma 0 is plain cross-entropy; usually 2
	 * @param classWeights a factor per class, or empty for none
	 */
	record Focal(double gamma, List<Float> classWeights) implements ForClasses {

		public Focal {
			classWeights = List.copyOf(classWeights);
		}

		/** With all classes alike. */
		public Focal(final double gamma) {
			this(gamma, List.of());
		}

		@Override
		public String name() {
			return "focal";
		}

		@Override
		public ForClasses weighted(final List<Float> weights) {
			return new Focal(gamma, weights);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/**
	 * One minus the mean Dice coefficient over classes, from probabilities (Milletari et al. 2016), plus a share of
	 * cross-entropy.
	 *
	 * @param crossEntropy factor of the cross-entropy, 0 for none
	 * @param classWeights a factor per class in the cross-entropy, or empty for none; the coefficients count alike
	 */
	record Dice(double crossEntropy, List<Float> classWeights) implements ForClasses {

		public Dice {
			classWeights = List.copyOf(classWeights);
		}

		/** With all classes alike. */
		public Dice(final double crossEntropy) {
			this(crossEntropy, List.of());
		}

		@Override
		public String name() {
			return crossEntropy == 0 ? "dice" : "dice+ce";
		}

		@Override
		public ForClasses weighted(final List<Float> weights) {
			return new Dice(crossEntropy, weights);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** Mean squared difference. */
	record MeanSquaredError() implements ForValues {

		@Override
		public String text() {
			return "mse";
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** Mean absolute difference. */
	record MeanAbsoluteError() implements ForValues {

		@Override
		public String text() {
			return "mae";
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** What an engine makes of each kind. */
	interface Cases<R> {

		R of(CrossEntropy loss);

		R of(Focal loss);

		R of(Dice loss);

		R of(MeanSquaredError loss);

		R of(MeanAbsoluteError loss);
	}

	/** Plain categorical cross-entropy. */
	static Loss crossEntropy() {
		return new CrossEntropy(List.of());
	}

	/**
	 * The loss of a name, with its usual numbers and all classes alike.
	 *
	 * @param name {@code crossentropy}, {@code dice}, {@code dice+ce}, {@code focal}, {@code mse} or {@code mae}
	 * @throws IllegalArgumentException if the name is none of these
	 */
	static Loss named(final String name) {
		return switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "crossentropy" -> crossEntropy();
			case "dice" -> new Dice(0);
			case "dice+ce" -> new Dice(1);
			case "focal" -> new Focal(2);
			case "mse" -> new MeanSquaredError();
			case "mae" -> new MeanAbsoluteError();
			default -> throw new IllegalArgumentException("loss=" + name +
				" is not known; allowed are crossentropy, dice, dice+ce and focal for classes, mse and mae for values.");
		};
	}

	/** Whether targets are class numbers, and networks are trained without a last softmax or sigmoid. */
	boolean isForClasses();

	/** Its name, and the weights of the classes if there are any. */
	String text();

	/** The case of this kind. */
	<R> R match(Cases<R> cases);
}
