package io.github.convoluta.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is right as often as it says: its decisions grouped by the probability of the class decided for
 * (reliability diagram: Niculescu-Mizil and Caruana 2005).
 *
 * @param bins groups of equal width from 0 to 1, in their order, empty ones too
 */
public record ReliabilityDiagram(List<Bin> bins) {

	/**
	 * Decisions of similar probability.
	 *
	 * @param count how many
	 * @param confidence their mean probability; NaN without any
	 * @param accuracy share of them that was right; NaN without any
	 */
	public record Bin(long count, double confidence, double accuracy) {}

	public ReliabilityDiagram {
		bins = List.copyOf(bins);
	}

	/**
	 * @param probabilities of each sample's classes
	 * @param truths each sample's class
	 * @param bins number of groups, usually 10
	 */
	public static ReliabilityDiagram of(final double[][] probabilities, final int[] truths, final int bins) {
		final long[] count = new long[bins], right = new long[bins];
		final double[] sum = new double[bins];
		for (int i = 0; i < truths.length; i++) {
			final double[] p = probabilities[i];
			int best = 0;
			for (int c = 1; c < p.length; c++)
				if (p[c] > p[best]) best = c;
			// Intervals are open below and closed above.
			final int bin = Math.max(0, Math.min(bins - 1, (int) Math.ceil(p[best] * bins) - 1));
			count[bin]++;
			sum[bin] += p[best];
			if (best == truths[i]) right[bin]++;
		}
		final List<Bin> all = new ArrayList<>();
		for (int b = 0; b < bins; b++)
			all.add(new Bin(count[b], sum[b] / count[b], (double) right[b] / count[b]));
		return new ReliabilityDiagram(all);
	}

	/** Mean distance of confidence and accuracy over all decisions (expected calibration error: Guo et al. 2017); NaN without any. */
	public double error() {
		final long all = bins.stream().mapToLong(Bin::count).sum();
		return bins.stream().filter(b -> b.count() > 0).mapToDouble(b -> b.count() * Math.abs(b.accuracy() - b.confidence()))
			.sum() / all;
	}
}
