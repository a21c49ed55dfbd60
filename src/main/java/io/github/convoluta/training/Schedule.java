package io.github.convoluta.training;

import java.util.List;
import java.util.Locale;

/** How the learning rate changes while training. */
public sealed interface Schedule {

	/** The rate stays. */
	record Constant() implements Schedule {

		@Override
		public double factor(final double progress, final int epochs, final List<History.Epoch> history) {
			return 1;
		}

		@Override
		public String text() {
			return "constant";
		}
	}

	/** The rate is multiplied by {@code factor} after every {@code epochs} epochs. */
	record Step(int epochs, double factor) implements Schedule {

		public Step {
			check(epochs, factor);
		}

		@Override
		public double factor(final double progress, final int all, final List<History.Epoch> history) {
			return Math.pow(factor, Math.floor(progress * all / epochs + 1e-9));
		}

		@Override
		public String text() {
			return "step " + epochs + " " + factor;
		}
	}

	/** The rate falls along half a cosine to 0 (Loshchilov and Hutter 2017). */
	record Cosine() implements Schedule {

		@Override
		public double factor(final double progress, final int epochs, final List<History.Epoch> history) {
			return 0.5 * (1 + Math.cos(Math.PI * progress));
		}

		@Override
		public String text() {
			return "cosine";
		}
	}

	/**
	 * The rate rises along half a cosine from a 25th for the first 30 % of all steps, then falls to nearly 0 (Smith 2018).
	 */
	record OneCycle() implements Schedule {

		private static final double RISE = 0.3, FIRST = 1 / 25.0, LAST = 1e-4;

		@Override
		public double factor(final double progress, final int epochs, final List<History.Epoch> history) {
			return progress < RISE ? between(FIRST, 1, progress / RISE) : between(1, LAST, (progress - RISE) / (1 - RISE));
		}

		private static double between(final double from, final double to, final double share) {
			return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
		}

		@Override
		public String text() {
			return "onecycle";
		}
	}

	/**
	 * The rate is multiplied by {@code factor} whenever the validation loss has not fallen for {@code epochs} epochs; it
	 * stays where there is no validation.
	 */
	record Plateau(int epochs, double factor) implements Schedule {

		public Plateau {
			check(epochs, factor);
		}

		@Override
		public double factor(final double progress, final int all, final List<History.Epoch> history) {
			double least = Double.POSITIVE_INFINITY;
			int count = 0, worse = 0;
			for (final History.Epoch e : history) {
				worse = e.validationLoss() >= least ? worse + 1 : 0;
				least = Math.min(least, e.validationLoss());
				if (worse < epochs) continue;
				count++;
				worse = 0;
			}
			return Math.pow(factor, count);
		}

		@Override
		public String text() {
			return "plateau " + epochs + " " + factor;
		}
	}

	/**
	 * The factor of the learning rate.
	 *
	 * @param progress share of all steps done, from 0 to below 1
	 * @param epochs number of all epochs
	 * @param history epochs done so far
	 */
	double factor(double progress, int epochs, List<History.Epoch> history);

	/** The text that {@link #parse} reads. */
	String text();

	/**
	 * Reads {@code onecycle}, {@code cosine}, {@code constant}, or {@code step} or {@code plateau} with the number of epochs
	 * and the factor: by default 10 and 0.1 for step, 5 and 0.1 for plateau.
	 *
	 * @throws IllegalArgumentException if the text is none of these, there is less than 1 epoch, or the factor does not lie
	 *           between 0 and 1
	 */
	static Schedule parse(final String text) {
		final String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
		if (words.length == 1) switch (words[0]) {
			case "onecycle":
				return new OneCycle();
			case "cosine":
				return new Cosine();
			case "constant":
				return new Constant();
			case "step":
				return new Step(10, 0.1);
			case "plateau":
				return new Plateau(5, 0.1);
			default:
		}
		if (words.length == 3 && words[1].matches("\\d{1,6}") && words[2].matches("[01]?\\.?\\d{1,15}")) {
			final int epochs = Integer.parseInt(words[1]);
			final double factor = Double.parseDouble(words[2]);
			if (words[0].equals("step")) return new Step(epochs, factor);
			if (words[0].equals("plateau")) return new Plateau(epochs, factor);
		}
		throw new IllegalArgumentException("schedule=[" + text +
			"] is not known; allowed are onecycle, cosine, constant, step, " +
			"plateau, and the last two with a number of epochs and a factor below 1, such as step 10 0.1.");
	}

	private static void check(final int epochs, final double factor) {
		if (epochs < 1 || !(factor > 0 && factor < 1)) throw new IllegalArgumentException(
			"The learning rate can be multiplied by a " + "factor between 0 and 1 after 1 epoch or more, but " + factor +
				" after " + epochs + " was given.");
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
}
