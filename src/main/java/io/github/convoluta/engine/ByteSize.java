package io.github.convoluta.engine;

import java.util.Locale;

/**
 * An amount of memory, or of room on a disk, as logs and messages tell it: {@code 12 MB}, {@code 3.46 GB}.
 *
 * @param bytes at least 0; infinity is more than any machine has
 */
public record ByteSize(double bytes) {

	private static final double MEGABYTE = 1e6, GIGABYTE = 1e9;

	/** @throws IllegalArgumentException for less than 0, and for NaN */
	public ByteSize {
		if (!(bytes >= 0)) throw new IllegalArgumentException("There is no memory of " + bytes + " bytes; give 0 or more.");
	}

	/**
	 * {@return whole megabytes (10^6 bytes) below a gigabyte (10^9 bytes), else gigabytes with two decimals; a decimal point
	 * in every language; what is more than nothing is at least 1 MB}
	 */
	@Override
	public String toString() {
		if (Math.round(bytes / MEGABYTE) >= GIGABYTE / MEGABYTE) return String.format(Locale.ROOT, "%.2f GB", bytes / GIGABYTE);
		return (bytes > 0 ? Math.max(1, Math.round(bytes / MEGABYTE)) : 0) + " MB";
	}
}
