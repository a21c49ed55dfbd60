package io.github.convoluta.filter;

import java.util.Arrays;

/**
 * Adds up rows that are shifted against the result. Each is copied into place first, since loops that read at an offset
 * don't become vector code; four at a time are added. For one thread at a time.
 */
final class ShiftedSum {

	private static final int BATCH = 4;

	private final float[][] shifted = new float[BATCH][0];
	private final float[] weights = new float[BATCH];
	private float[] out;
	private int width;
	private int count;
	private boolean empty;

	/**
	 * Begins a sum.
	 *
	 * @param isSet whether the result holds a first summand already
	 */
	void begin(final float[] result, final int n, final boolean isSet) {
		out = result;
		width = n;
		count = 0;
		empty = !isSet;
	}

	/** {@code out[x] += weight * row[x + shift]}. */
	void add(final float[] row, final int shift, final float weight) {
		if (shifted[count].length < width) shifted[count] = new float[width];
		System.arraycopy(row, shift, shifted[count], 0, width);
		weights[count++] = weight;
		if (count == BATCH) flush();
	}

	/** Ends the sum; a sum of nothing is 0. */
	void end() {
		if (count > 0) flush();
		else if (empty) Arrays.fill(out, 0, width, 0);
	}

	private void flush() {
		if (empty) RowArithmetic.weightedSum(shifted, weights, count, out, 0, width);
		else RowArithmetic.addWeightedSum(shifted, weights, count, out, 0, width);
		empty = false;
		count = 0;
	}
}
