package io.github.convoluta.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area under the receiver operating characteristic: the chance that a member of a class gets a higher score than a
 * non-member, ties counting half (Mann and Whitney 1947).
 */
public final class AreaUnderCurve {

	private AreaUnderCurve() {}

	/**
	 * From 0 to 1; NaN without members or without non-members.
	 *
	 * @throws IllegalArgumentException if a score is NaN, which is neither higher nor lower than another
	 */
	public static double of(final double[] scores, final boolean[] members) {
		for (int i = 0; i < scores.length; i++)
			if (Double.isNaN(scores[i])) throw new IllegalArgumentException(
				"An area under the curve needs numbers as scores, but " + "score " + (i + 1) + " of " + scores.length + " is NaN.");
		final Integer[] order = IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(i -> scores[i]))
			.toArray(Integer[]::new);
		double rankSum = 0;
		for (int i = 0; i < order.length;) {
			int end = i;
			while (end < order.length && scores[order[end]] == scores[order[i]])
				end++;
			// Equal scores share the mean of their ranks, which count from 1.
			final double rank = (i + 1 + end) / 2.0;
			for (int k = i; k < end; k++)
				if (members[order[k]]) rankSum += rank;
			i = end;
		}
		final double n = IntStream.range(0, members.length).filter(i -> members[i]).count(), m = members.length - n;
		return (rankSum - n * (n + 1) / 2) / (n * m);
	}

	/** Mean over classes, each against all others; classes without members or non-members are left out. */
	public static double mean(final double[][] scores, final int[] classes) {
		return IntStream.range(0, scores.length == 0 ? 0 : scores[0].length).mapToDouble(c -> of(Arrays.stream(scores)
			.mapToDouble(s -> s[c]).toArray(), members(classes, c))).filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
	}

	private static boolean[] members(final int[] classes, final int c) {
		final boolean[] members = new boolean[classes.length];
		for (int i = 0; i < classes.length; i++)
			members[i] = classes[i] == c;
		return members;
	}
}
