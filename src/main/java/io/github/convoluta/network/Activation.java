package io.github.convoluta.network;

/**
 * An activation function with its numbers. ReLU is Keras' general one: {@code maxValue} where {@code x >= maxValue},
 * {@code x} where {@code threshold <= x < maxValue}, and {@code negativeSlope * (x - threshold)} below.
 *
 * @param kind which function
 * @param negativeSlope slope on the negative side of relu and leaky relu; height of elu
 * @param maxValue upper limit of relu, or null
 * @param threshold where relu begins
 */
public record Activation(Kind kind, double negativeSlope, Double maxValue, double threshold) {

	/** The functions. */
	public enum Kind {
		LINEAR, RELU, LEAKY_RELU, ELU, GELU, SIGMOID, TANH, SOFTPLUS,
		/** Over channels: the only one that mixes them. */
		SOFTMAX
	}

	public static final Activation LINEAR = of(Kind.LINEAR);
	public static final Activation RELU = of(Kind.RELU);
	public static final Activation TANH = of(Kind.TANH);
	public static final Activation SIGMOID = of(Kind.SIGMOID);
	public static final Activation SOFTMAX = of(Kind.SOFTMAX);

	public Activation {
		LayerChecks.given("activation kind", kind);
		if (!Double.isFinite(negativeSlope) || !Double.isFinite(threshold) || maxValue != null && !Double.isFinite(maxValue))
			throw new IllegalArgumentException("An activation's numbers must be finite, but slope " + negativeSlope +
				", maximum " + maxValue + " and threshold " + threshold + " were given.");
		if (maxValue != null && maxValue < threshold) throw new IllegalArgumentException("relu's maximum " + maxValue +
			" lies below its threshold " + threshold + ".");
	}

	/**
	 * {@return a function with its usual numbers: slope 0.01 for leaky relu, height 1 for elu}
	 *
	 * @param kind any; numbers are those of Keras
	 */
	public static Activation of(final Kind kind) {
		return new Activation(kind, kind == Kind.LEAKY_RELU ? 0.01 : kind == Kind.ELU ? 1 : 0, null, 0);
	}

	/**
	 * {@return the reLU with all its numbers}
	 *
	 * @param negativeSlope slope below the threshold
	 * @param maxValue largest result
	 * @param threshold below it the slope is another
	 */
	public static Activation relu(final double negativeSlope, final Double maxValue, final double threshold) {
		return new Activation(Kind.RELU, negativeSlope, maxValue, threshold);
	}

	/** Nothing for a softmax or sigmoid, which turns logits into probabilities; otherwise this activation. */
	Activation logits() {
		return kind == Kind.SOFTMAX || kind == Kind.SIGMOID ? LINEAR : this;
	}

	/**
	 * {@return the value at {@code x}, for all functions but softmax}
	 *
	 * @param x any number
	 * @throws UnsupportedOperationException for softmax, which needs all channels
	 */
	public double apply(final double x) {
		return switch (kind) {
			case LINEAR -> x;
			case RELU -> maxValue != null && x >= maxValue ? maxValue : x >= threshold ? x : negativeSlope * (x - threshold);
			case LEAKY_RELU -> x >= 0 ? x : negativeSlope * x;
			case ELU -> x >= 0 ? x : negativeSlope * Math.expm1(x);
			case GELU -> 0.5 * x * (1 + erf(x / Math.sqrt(2)));
			case SIGMOID -> 1 / (1 + Math.exp(-x));
			case TANH -> Math.tanh(x);
			case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
			case SOFTMAX -> throw new UnsupportedOperationException("softmax needs all channels");
		};
	}

	/** The error function by its Taylor series, or its continued fraction far out. */
	private static double erf(final double x) {
		final double a = Math.abs(x);
		if (a > 6) return Math.signum(x);
		double sum = 0, term = a;
		for (int n = 0; Math.abs(term) > 1e-17 * Math.max(1, Math.abs(sum)) && n < 200; n++) {
			sum += term / (2 * n + 1);
			term *= -a * a / (n + 1);
		}
		return Math.signum(x) * 2 / Math.sqrt(Math.PI) * sum;
	}
}
