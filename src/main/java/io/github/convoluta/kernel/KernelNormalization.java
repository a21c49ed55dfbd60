package io.github.convoluta.kernel;

/** How the weights of a kernel are scaled before use. */
public enum KernelNormalization {

	/** Weights as written. */
	NONE,
	/** Divided by their sum, so that a flat image keeps its value. A kernel with sum 0 stays as written. */
	SUM,
	/** Divided by the sum of their absolute values, so that no result exceeds the input's largest magnitude. */
	ABSOLUTE;

	/**
	 * {@return the factor by which every weight of {@code kernel} is multiplied}
	 *
	 * @param kernel whose weights are added up
	 */
	public double factor(final Kernel kernel) {
		final double sum = switch (this) {
			case NONE -> 1;
			case SUM -> kernel.sum();
			case ABSOLUTE -> kernel.absoluteSum();
		};
		// Weights such as 1/3 or sampled derivatives sum to zero only up to rounding.
		return Math.abs(sum) <= 1e-12 * kernel.absoluteSum() ? 1 : 1 / sum;
	}
}
