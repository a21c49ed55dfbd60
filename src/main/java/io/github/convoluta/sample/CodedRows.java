package io.github.convoluta.sample;

import java.util.Arrays;

import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * A label image as small numbers, packed row by row: a row is pairs of a code and a length, or a code per pixel where that
 * is shorter. Rows that memory is too short for are not kept.
 */
final class CodedRows {

	/** Codes that can be kept. */
	static final int CODES = 256;
	/** The longest piece of one code: its length less 1 is a byte. */
	private static final int LONGEST = 256;
	/** Bytes that a row takes besides its codes. */
	private static final int ROW_BYTES = 24;

	/** Gives every pixel of a row its code. */
	interface Coder {

		void code(float[] row, int[] codes);
	}

	/** Bytes that may still be kept. */
	static final class Allowance {

		private long bytes;

		Allowance(final long bytes) {
			this.bytes = bytes;
		}

		/** Whether so many bytes were left. */
		private boolean takes(final long wanted) {
			if (wanted > bytes) return false;
			bytes -= wanted;
			return true;
		}
	}

	private final int width;
	private final byte[][] rows;
	private final long[] pixels;

	/**
	 * Looks once at every pixel.
	 *
	 * @param codes number of codes; of more than {@link #CODES} no row is kept
	 */
	CodedRows(final RandomAccessibleInterval<?> labels, final Coder coder, final int codes, final Allowance allowance,
		final Monitor monitor)
	{
		width = Math.toIntExact(labels.dimension(0));
		final long count = labels.size() / width;
		rows = codes <= CODES && count < Integer.MAX_VALUE / 2 && allowance.takes(Long.BYTES * count) ? new byte[(int) count][]
			: new byte[0][];
		pixels = new long[codes];
		final int[] coded = new int[width];
		ImageRows.forEach(labels, monitor, (row, first) -> {
			coder.code(row, coded);
			for (final int c : coded)
				pixels[c]++;
			final int r = (int) Math.min(first / width, Integer.MAX_VALUE);
			if (r < rows.length) rows[r] = kept(coded, r == 0 ? null : rows[r - 1], allowance);
		});
	}

	private static byte[] kept(final int[] coded, final byte[] before, final Allowance allowance) {
		final byte[] packed = packed(coded);
		// Neighbouring rows are often the same, such as those without labels.
		if (Arrays.equals(packed, before)) return before;
		return allowance.takes(packed.length + ROW_BYTES) ? packed : null;
	}

	private static byte[] packed(final int[] codes) {
		final byte[] pairs = new byte[codes.length];
		int n = 0;
		for (int x = 0, length; x < codes.length && n + 2 < codes.length; x += length, n += 2) {
			length = 1;
			while (x + length < codes.length && length < LONGEST && codes[x + length] == codes[x])
				length++;
			pairs[n] = (byte) codes[x];
			pairs[n + 1] = (byte) (length - 1);
			if (x + length == codes.length) return Arrays.copyOf(pairs, n + 2);
		}
		for (int x = 0; x < codes.length; x++)
			pairs[x] = (byte) codes[x];
		return pairs;
	}

	/** Number of pixels of each code. */
	long[] pixels() {
		return pixels.clone();
	}

	/**
	 * Gives a part of a row.
	 *
	 * @param row its number, y fastest
	 * @param from its first pixel
	 * @param values what each code means
	 * @param target gets {@code n} values from {@code offset} on
	 * @return false if the row was not kept
	 */
	boolean read(final long row, final int from, final int n, final long[] values, final long[] target, final int offset) {
		final byte[] packed = row < rows.length ? rows[(int) row] : null;
		if (packed == null) return false;
		if (packed.length == width) {
			for (int i = 0; i < n; i++)
				target[offset + i] = values[packed[from + i] & 0xff];
			return true;
		}
		for (int p = 0, x = 0; p < packed.length && x < from + n; p += 2) {
			final int end = x + (packed[p + 1] & 0xff) + 1, first = Math.max(x, from), last = Math.min(end, from + n);
			if (first < last) Arrays.fill(target, offset + first - from, offset + last - from, values[packed[p] & 0xff]);
			x = end;
		}
		return true;
	}
}
