package io.github.convoluta.sample;

import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/** Looks for pixels that are no finite numbers, from which nothing can be learnt. */
public final class NonFinite {

	private NonFinite() {}

	/**
	 * Says where the first pixel is that is NaN or infinite, such as {@code NaN at x=3, y=0, slice 5}: x and y count from 0,
	 * slices, frames and channels from 1, as ImageJ shows them.
	 *
	 * @param view the last axis is the channels
	 * @param axes what the others are: X, XY, XYZ or XYT
	 * @return null if all numbers are finite
	 */
	public static String first(final RandomAccessibleInterval<?> view, final String axes, final Monitor monitor) {
		if (view.getType() instanceof IntegerType) return null;
		final String[] found = new String[1];
		ImageRows.forEach(view, monitor, (row, start) -> {
			for (int x = 0; x < row.length && found[0] == null; x++)
				if (!Float.isFinite(row[x])) found[0] = text(row[x]) + " at " + place(view, axes, start + x);
		});
		return found[0];
	}

	private static String text(final float value) {
		return Float.isNaN(value) ? "NaN" : value > 0 ? "an infinite number" : "a negative infinite number";
	}

	private static String place(final RandomAccessibleInterval<?> view, final String axes, final long index) {
		final StringBuilder s = new StringBuilder();
		long rest = index;
		for (int d = 0; d < axes.length(); d++) {
			final long at = rest % view.dimension(d);
			rest /= view.dimension(d);
			s.append(d == 0 ? "" : ", ").append(switch (axes.charAt(d)) {
				case 'Z' -> "slice " + (at + 1);
				case 'T' -> "frame " + (at + 1);
				default -> Character.toLowerCase(axes.charAt(d)) + "=" + at;
			});
		}
		return view.dimension(axes.length()) > 1 ? s + ", channel " + (rest + 1) : s.toString();
	}

	/**
	 * Refuses an image with pixels that are no finite numbers.
	 *
	 * @param name of the image for the message
	 * @throws IllegalArgumentException naming the first one
	 */
	public static void refuse(final RandomAccessibleInterval<?> view, final String axes, final String name,
		final Monitor monitor)
	{
		final String first = first(view, axes, monitor);
		if (first != null) throw new IllegalArgumentException(
			"Nothing can be learnt from pixels that are no finite numbers, but " + name + " has " + first +
				". Crop it, or replace these pixels, such as by Process>Noise>Remove NaNs...");
	}
}
