package io.github.convoluta.sample;

import java.util.Arrays;

/**
 * How values lie in label images. Classes cover areas or strokes; the grey values of a picture, taken for labels by
 * mistake, change from pixel to pixel, or rise and fall step by step.
 *
 * @param run mean length in pixels of what is of one value along x, of the value for which it is the median one
 * @param stepwise share of the changes along x that lead to the next smaller or larger of the values
 */
record LabelPattern(double run, double stepwise) {

	/** So few values may lie in any way. */
	private static final int FEW = 16;
	/** So many are no classes if they are also stepwise. */
	private static final int MANY = 64;
	private static final double SHORT = 2, MOSTLY = 0.5;

	/**
	 * @param values all that occur, rising
	 * @param codes the code of each
	 * @param pixels how often each code occurs
	 * @param runs how many runs of it there are along x
	 * @param changes how often a code is followed by another along x
	 * @throws IllegalArgumentException if the values are many and look like those of a picture
	 */
	static void check(final long[] values, final int[] codes, final long[] pixels, final long[] runs, final long[][] changes) {
		if (values.length <= FEW) return;
		final LabelPattern pattern = of(codes, pixels, runs, changes);
		if (pattern.run >= SHORT && (values.length <= MANY || pattern.stepwise <= MOSTLY)) return;
		throw new IllegalArgumentException("The labels have " + values.length + " different values, from " + values[0] + " to " +
			values[values.length - 1] + ", which change from pixel to pixel as those of a picture do. " +
			"Give an image whose values are classes, such as a mask of 0 and 255.");
	}

	private static LabelPattern of(final int[] codes, final long[] pixels, final long[] runs, final long[][] changes) {
		final double[] lengths = Arrays.stream(codes).mapToDouble(c -> (double) pixels[c] / runs[c]).sorted().toArray();
		long all = 0, steps = 0;
		for (int i = 0; i < codes.length; i++)
			for (int k = 0; k < codes.length; k++) {
				all += changes[codes[i]][codes[k]];
				if (Math.abs(i - k) == 1) steps += changes[codes[i]][codes[k]];
			}
		return new LabelPattern(lengths[lengths.length / 2], all == 0 ? 0 : (double) steps / all);
	}
}
