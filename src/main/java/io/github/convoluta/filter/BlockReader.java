package io.github.convoluta.filter;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Reads blocks of an image of any real type, and what its border shows around it, into float arrays. Positions count
 * from the image's own minimum. For one thread at a time.
 */
public final class BlockReader {

	private final SampleReader<?> reader;

	private BlockReader(final SampleReader<?> reader) {
		this.reader = reader;
	}

	/**
	 * {@return a reader of {@code image}, whose samples must be real numbers}
	 *
	 * @param image whose pixels are real numbers
	 * @param border what lies beyond it
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	public static BlockReader of(final RandomAccessibleInterval<?> image, final Border border) {
		if (!(image.getType() instanceof RealType)) throw new IllegalArgumentException("Samples must be real numbers, not " +
			image.getType().getClass().getSimpleName() + ".");
		return new BlockReader(new SampleReader((RandomAccessibleInterval) image, border));
	}

	/**
	 * Reads the block of {@code size} whose first sample is at {@code min}.
	 *
	 * @param min first sample of the block, relative to the image's first; may lie outside
	 * @param size extents of the block, as many as the image has axes
	 * @param target gets the samples, first axis fastest, from index {@code offset} on
	 * @param offset index in the target of the block's first sample
	 */
	public void read(final long[] min, final int[] size, final float[] target, final int offset) {
		reader.read(min, size, target, offset);
	}
}
