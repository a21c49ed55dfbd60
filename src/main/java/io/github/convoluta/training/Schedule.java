package io.github.convoluta.training;

/** How the learning rate changes while training. */
public sealed interface Schedule {

	/** The rate stays. */
	record Constant() implements Schedule {}

	/** The rate is multiplied by {@code factor} after every {@code epochs} epochs. */
	record Step(int epochs, double factor) implements Schedule {}

	/** The rate falls along half a cosine to 0 (Loshchilov and Hutter 2017). */
	record Cosine() implements Schedule {}

	/**
	 * The rate rises along half a cosine from a 25th for the first 30 % of all steps, then falls to nearly 0 (Smith 2018).
	 */
	record OneCycle() implements Schedule {}

	/**
	 * The factor of the learning rate.
	 *
	 * @param progress share of all steps done, from 0 to below 1
	 * @param epochs number of all epochs
	 */
	default double factor(final double progress, final int epochs) {
		if (this instanceof final Step s) return Math.pow(s.factor(), Math.floor(progress * epochs / s.epochs() + 1e-9));
		if (this instanceof Cosine) return 0.5 * (1 + Math.cos(Math.PI * progress));
		if (this instanceof OneCycle) {
			final double rise = 0.3, first = 1 / 25.0, last = 1e-4;
			return progress < rise ? between(first, 1, progress / rise) : between(1, last, (progress - rise) / (1 - rise));
		}
		return 1;
	}

	private static double between(final double from, final double to, final double share) {
		return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
	}
}
