package io.github.convoluta.model;

import java.util.Arrays;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;

/**
 * An image as a network gets it: its blocks, mirrored beyond its border, in normalised numbers. All that a network is
 * trained, checked and tested with, and applied to, is read this way. Safe for several threads.
 *
 * @param image real numbers; the last axis is the channels
 * @param numbers how they are normalised
 */
public record NetworkInput(RandomAccessibleInterval<?> image, Normalization.Fixed numbers) {

	/** A whole image, over which the normalisation is found if that is done for each image; the monitor may stop this. */
	public static NetworkInput of(final RandomAccessibleInterval<?> image, final Normalization normalization,
		final Monitor monitor)
	{
		return new NetworkInput(image, normalization.of(image, monitor));
	}

	/**
	 * A whole sample.
	 *
	 * @param values raw ones, {@code [channel, (z,) (y,) x]} in C order; they stay as they are
	 * @param extents of the sample, x first
	 */
	public static NetworkInput of(final float[] values, final Normalization normalization, final int... extents) {
		final long[] size = Arrays.copyOf(Arrays.stream(extents).asLongStream().toArray(), extents.length + 1);
		size[extents.length] = values.length / volume(extents);
		return of(ArrayImgs.floats(values, size), normalization, Monitor.NONE);
	}

	private static int volume(final int... extents) {
		return Arrays.stream(extents).reduce(1, Math::multiplyExact);
	}

	/** The whole image, {@code [channel, (z,) (y,) x]} in C order. */
	public float[] whole() {
		final int n = image.numDimensions() - 1;
		final int[] extents = new int[n];
		Arrays.setAll(extents, d -> Math.toIntExact(image.dimension(d)));
		final float[] values = new float[Math.toIntExact(image.size())];
		read(new long[n], extents, values, 0);
		return values;
	}

	/**
	 * Reads a block of all channels.
	 *
	 * @param min its first position, x first, from the image's own minimum on; may lie outside of the image
	 * @param extents of the block, x first
	 * @param target gets {@code [channel, (z,) (y,) x]} in C order, from index {@code offset} on
	 * @return whether all that was read are finite numbers
	 */
	public boolean read(final long[] min, final int[] extents, final float[] target, final int offset) {
		final int n = extents.length, channels = (int) image.dimension(n), volume = volume(extents);
		final int[] size = Arrays.copyOf(extents, n + 1);
		size[n] = channels;
		BlockReader.of(image, Border.MIRROR).read(Arrays.copyOf(min, n + 1), size, target, offset);
		boolean finite = true;
		for (int i = offset; finite && i < offset + channels * volume; i++)
			finite = Float.isFinite(target[i]);
		numbers.apply(target, offset, volume);
		return finite;
	}
}
