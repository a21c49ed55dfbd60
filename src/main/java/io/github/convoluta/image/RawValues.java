package io.github.convoluta.image;

import java.util.Arrays;

import ij.ImagePlus;
import ij.measure.Calibration;

/**
 * Turns calibrated values back into the whole numbers that an 8- or 16-bit image stores: the inverse of its calibration
 * function. For straight lines the result is rounded and clamped; for other functions it is the stored number whose value
 * is nearest. NaN becomes what 0 becomes. May be used by several threads.
 */
final class RawValues {

	private final SampleFormat format;
	private final int largest;
	private final double offset;
	private final double slope;
	/** Values of the function in ascending order, and the stored numbers they belong to; null for straight lines. */
	private final float[] sorted;
	private final int[] stored;

	/**
	 * @param image an 8- or 16-bit image with a calibration function
	 * @throws IllegalArgumentException if the function gives all numbers the same value
	 */
	RawValues(final ImagePlus image) {
		format = SampleFormat.of(image);
		largest = format == SampleFormat.UINT8 ? 255 : 65535;
		final Calibration c = image.getCalibration();
		final double[] coefficients = c.getCoefficients();
		final boolean line = c.getFunction() == Calibration.STRAIGHT_LINE && coefficients != null && !c.zeroClip();
		offset = line ? coefficients[0] : 0;
		slope = line ? coefficients[1] : 0;
		if (line && slope != 0 && Double.isFinite(slope) && Double.isFinite(offset)) {
			sorted = null;
			stored = null;
			return;
		}
		final float[] table = c.getCTable();
		final long[] order = new long[table.length];
		int n = 0;
		for (int i = 0; i < table.length; i++)
			// Ordered by value, then by number; a zero's sign does not count.
			if (!Float.isNaN(table[i])) order[n++] = (long) sortable(table[i] + 0f) << 32 | i;
		Arrays.sort(order, 0, n);
		sorted = new float[n];
		stored = new int[n];
		for (int i = 0; i < n; i++) {
			stored[i] = (int) order[i];
			sorted[i] = table[stored[i]];
		}
		if (n == 0 || sorted[0] == sorted[n - 1]) throw new IllegalArgumentException("The calibration function of \"" + image
			.getTitle() +
			"\" gives every pixel the same value, so that results can't be converted back. Use output=[32-bit], or correct it in Analyze>Calibrate.");
	}

	/** Whole numbers in the order of the floats. */
	private static int sortable(final float value) {
		final int bits = Float.floatToIntBits(value);
		return bits >= 0 ? bits : bits ^ 0x7fffffff;
	}

	/** The stored numbers of the first {@code n} values, as an array of the image's format. */
	Object of(final float[] values, final int n) {
		if (format == SampleFormat.UINT8) {
			final byte[] raw = new byte[n];
			for (int i = 0; i < n; i++)
				raw[i] = (byte) of(values[i]);
			return raw;
		}
		final short[] raw = new short[n];
		for (int i = 0; i < n; i++)
			raw[i] = (short) of(values[i]);
		return raw;
	}

	private int of(final float value) {
		final float v = Float.isNaN(value) ? 0 : value;
		if (sorted == null) return (int) Math.floor(Math.min(largest, Math.max(0, (v - offset) / slope)) + 0.5);
		int low = 0, high = sorted.length - 1;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (sorted[middle] < v) low = middle + 1;
			else high = middle;
		}
		// Of equal values the smallest number is meant, below as above.
		if (low == 0 || sorted[low] <= v) return stored[low];
		int below = low - 1;
		if (Math.abs((double) sorted[low] - v) <= Math.abs((double) v - sorted[below])) return stored[low];
		while (below > 0 && sorted[below - 1] == sorted[below])
			below--;
		return stored[below];
	}
}
