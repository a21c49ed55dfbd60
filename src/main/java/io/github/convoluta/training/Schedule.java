package io.github.convoluta.training;

import java.util.List;

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

	/** The rate is multiplied by {@code factor} whenever the validation loss has not fallen for {@code epochs} epochs. */
	record Plateau(int epochs, double factor) implements Schedule {}

	/**
	 * The factor of the learning rate.
	 *
	 * @param progress share of all steps done, from 0 to below 1
	 * @param epochs number of all epochs
	 * @param history epochs done so far
	 */
	default double factor(final double progress, final int epochs, final List<History.Epoch> history) {
		if (this instanceof final Plateau p) return Math.pow(p.factor(), plateaus(history, p.epochs()));
		if (this instanceof final Step s) return Math.pow(s.factor(), Math.floor(progress * epochs / s.epochs() + 1e-9));
		if (this instanceof Cosine) return 0.5 * (1 + Math.cos(Math.PI * progress));
		if (this instanceof OneCycle) {
			final double rise = 0.3, first = 1 / 25.0, last = 1e-4;
			return progress < rise ? between(first, 1, progress / rise) : between(1, last, (progress - rise) / (1 - rise));
		}
		return 1;
	}

	private static int plateaus(final List<History.Epoch> history, final int length) {
		double least = Double.POSITIVE_INFINITY;
		int count = 0, worse = 0;
		for (final History.Epoch e : history) {
			worse = e.validationLoss() < least ? 0 : worse + 1;
			least = Math.min(least, e.validationLoss());
			if (worse < length) continue;
			count++;
			worse = 0;
		}
		return count;
	}

	/** Epochs since the least validation loss; 0 if it is the last one's. */
	static int epochsSinceBest(final List<History.Epoch> history) {
		double least = Double.POSITIVE_INFINITY;
		int since = 0;
		for (final History.Epoch e : history) {
			since = e.validationLoss() < least ? 0 : since + 1;
			least = Math.min(least, e.validationLoss());
		}
		return since;
	}

	private static double between(final double from, final double to, final double share) {
		return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
	}
}
