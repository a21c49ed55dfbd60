package io.github.convoluta.evaluation;

/** Counts of true against predicted classes, and the measures that follow from them. Not safe for several threads. */
public final class ConfusionMatrix {

	private final long[][] counts;

	public ConfusionMatrix(final int classes) {
		counts = new long[classes][classes];
	}

	/** Counts one decision; truths that are no class, such as unlabelled positions, are left out. */
	public void add(final long truth, final int predicted) {
		if (truth >= 0 && truth < counts.length) counts[(int) truth][predicted]++;
	}

	/** Number of classes. */
	public int classes() {
		return counts.length;
	}

	/** How often {@code predicted} was given for {@code truth}. */
	public long count(final int truth, final int predicted) {
		return counts[truth][predicted];
	}

	/** Share of right decisions; NaN if there were none. */
	public double accuracy() {
		long right = 0, all = 0;
		for (int t = 0; t < counts.length; t++)
			for (int p = 0; p < counts.length; p++) {
				all += counts[t][p];
				right += t == p ? counts[t][p] : 0;
			}
		return (double) right / all;
	}

	/** Of the decisions for a class, the share that was right; NaN if it was never decided for. */
	public double precision(final int c) {
		return (double) counts[c][c] / predicted(c);
	}

	/** Of the members of a class, the share that was found; NaN if there were none. */
	public double recall(final int c) {
		return (double) counts[c][c] / members(c);
	}

	/** Harmonic mean of precision and recall, which for segmentations is the Dice coefficient. */
	public double dice(final int c) {
		return 2.0 * counts[c][c] / (predicted(c) + members(c));
	}

	/** Intersection over union. */
	public double iou(final int c) {
		return (double) counts[c][c] / (predicted(c) + members(c) - counts[c][c]);
	}

	private long predicted(final int c) {
		long n = 0;
		for (final long[] row : counts)
			n += row[c];
		return n;
	}

	private long members(final int c) {
		long n = 0;
		for (final long v : counts[c])
			n += v;
		return n;
	}
}
