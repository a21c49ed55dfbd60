package io.github.convoluta.filter;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Writes float arrays into blocks of an image of any real type, rounded and clamped to whole numbers where the type has
 * only these. Positions count from the image's own minimum. For one thread at a time.
 */
public final class BlockWriter {

	private final SampleWriter<?> writer;

	private BlockWriter(final SampleWriter<?> writer) {
		this.writer = writer;
	}

	/**
	 * {@return a writer into {@code image}, whose samples must be real numbers}
	 *
	 * @param image whose pixels are real numbers
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	public static BlockWriter of(final RandomAccessibleInterval<?> image) {
		if (!(image.getType() instanceof RealType)) throw new IllegalArgumentException("Samples must be real numbers, not " +
			image.getType().getClass().getSimpleName() + ".");
		return new BlockWriter(new SampleWriter((RandomAccessibleInterval) image));
	}

	/**
	 * Writes the block of {@code size} whose first sample is at {@code min}.
	 *
	 * @param min first sample of the block, relative to the image's first; may lie outside
	 * @param size extents of the block, as many as the image has axes
	 * @param values the samples of a larger block, first axis fastest
	 * @param valuesSize extents of the larger block
	 * @param first where in it the written block begins
	 * @param offset index of the larger block's first sample
	 */
	public void write(final long[] min, final int[] size, final float[] values, final int[] valuesSize, final int[] first,
		final int offset)
	{
		final float[] row = new float[size[0]];
		final int[] position = new int[size.length];
		final long[] at = min.clone();
		int rows = 1;
		for (int d = 1; d < size.length; d++)
			rows *= size[d];
		for (int r = 0; r < rows; r++) {
			int from = offset + first[0], step = valuesSize[0];
			for (int d = 1; d < size.length; d++) {
				from += (first[d] + position[d]) * step;
				step *= valuesSize[d];
				at[d] = min[d] + position[d];
			}
			System.arraycopy(values, from, row, 0, size[0]);
			writer.write(row, 1, size[0], at);
			SampleReader.advance(position, size);
		}
	}
}
