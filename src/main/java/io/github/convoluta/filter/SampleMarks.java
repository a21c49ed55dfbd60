package io.github.convoluta.filter;

import java.util.Arrays;

/**
 * Where in a block samples lie that arithmetic has to be careful with, and over which windows. For one thread at a time.
 */
final class SampleMarks {

	static final byte NAN = 1, PLUS = 2, MINUS = 4, LARGE = 8, INFINITE = PLUS | MINUS;

	private final WindowGeometry geometry;
	private final float limit;
	/** Marks of the samples, and of the windows that begin at them; rows without marks are not looked at. */
	private byte[][] samples = {};
	private byte[][] windows = {};
	private byte[] inSamples = {};
	private byte[] inWindows = {};

	/**
	 * @param limit finite samples beyond it are marked as large
	 */
	SampleMarks(final WindowGeometry geometry, final float limit) {
		this.geometry = geometry;
		this.limit = limit;
	}

	/** Marks the samples of a block; returns the largest magnitude among the large ones, 0 if there is none. */
	float mark(final RowBlock input) {
		final int rows = input.rowCount(), width = input.size[0];
		if (samples.length < rows) {
			samples = Arrays.copyOf(samples, rows);
			windows = Arrays.copyOf(windows, rows);
			inSamples = new byte[rows];
			inWindows = new byte[rows];
		}
		float largest = 0;
		for (int r = 0; r < rows; r++) {
			final float[] row = input.rows[r];
			byte all = 0;
			for (int x = 0; x < width; x++) {
				// False for NaN too.
				if (Math.abs(row[x]) <= limit) continue;
				if (all == 0) samples[r] = cleared(samples[r], width);
				final byte mark = mark(row[x]);
				if (mark == LARGE) largest = Math.max(largest, Math.abs(row[x]));
				samples[r][x] = mark;
				all |= mark;
			}
			inSamples[r] = all;
		}
		return largest;
	}

	private static byte mark(final float v) {
		return Float.isNaN(v) ? NAN : v == Float.POSITIVE_INFINITY ? PLUS : v == Float.NEGATIVE_INFINITY ? MINUS : LARGE;
	}

	private static byte[] cleared(final byte[] row, final int width) {
		if (row == null || row.length < width) return new byte[width];
		Arrays.fill(row, 0, width, (byte) 0);
		return row;
	}

	/** Joins the marks under every window. */
	void spread(final RowBlock input) {
		final int rows = input.rowCount(), width = input.size[0];
		for (int r = 0; r < rows; r++) {
			inWindows[r] = inSamples[r];
			if (inSamples[r] == 0) continue;
			windows[r] = cleared(windows[r], width);
			System.arraycopy(samples[r], 0, windows[r], 0, width);
			alongRow(windows[r], width);
		}
		for (int d = 1; d < input.size.length; d++)
			acrossRows(input, d);
	}

	/** Windows of 1, 2, 4, ... taps, of which two overlapping ones make up the whole. */
	private void alongRow(final byte[] row, final int width) {
		final int taps = geometry.kernel().size(0), step = geometry.dilation()[0];
		int span = 1;
		for (; 2 * span <= taps; span *= 2)
			join(row, span * step, width);
		if (span < taps) join(row, (taps - span) * step, width);
	}

	private static void join(final byte[] row, final int shift, final int width) {
		for (int x = 0; x + shift < width; x++)
			row[x] |= row[x + shift];
	}

	private void acrossRows(final RowBlock input, final int d) {
		final int taps = geometry.kernel().size(d), step = geometry.dilation()[d];
		int span = 1;
		for (; 2 * span <= taps; span *= 2)
			joinRows(input, d, span * step);
		if (span < taps) joinRows(input, d, (taps - span) * step);
	}

	private void joinRows(final RowBlock input, final int d, final int shift) {
		final int rows = input.rowCount(), width = input.size[0], step = input.rowStep(d);
		for (int r = 0; r < rows; r++) {
			final int other = r + shift * step;
			if (r / step % input.size[d] + shift >= input.size[d] || inWindows[other] == 0) continue;
			if (inWindows[r] == 0) windows[r] = cleared(windows[r], width);
			inWindows[r] |= inWindows[other];
			final byte[] into = windows[r], from = windows[other];
			for (int x = 0; x < width; x++)
				into[x] |= from[x];
		}
	}

	/** Marks of the samples of a row, or null if it has none. */
	byte[] own(final int row) {
		return inSamples[row] == 0 ? null : samples[row];
	}

	/** Marks under the windows that begin in a row, or null if there are none. */
	byte[] window(final int row) {
		return inWindows[row] == 0 ? null : windows[row];
	}

	/** Whether a row has infinite samples. */
	boolean hasInfinite(final int row) {
		return (inSamples[row] & INFINITE) != 0;
	}
}
