package io.github.convoluta.training;

import java.util.Random;

/**
 * Moves each sample of a classifier by whole samples along every spatial axis; what comes in is 0.
 *
 * @param largest largest distance, at least 0
 */
public record RandomShift(int largest) implements Augmentation {

	public RandomShift {
		if (largest < 0) throw new IllegalArgumentException("The largest shift must be at least 0, but " + largest +
			" was given.");
	}

	@Override
	public Batch apply(final Batch batch, final Random random) {
		final int axes = batch.shape().length - 2;
		final int[] extents = new int[axes];
		int volume = 1;
		for (int d = 0; d < axes; d++) {
			extents[d] = (int) batch.shape()[d + 2];
			volume *= extents[d];
		}
		final int channels = (int) batch.shape()[1], width = extents[axes - 1];
		final float[] moved = new float[batch.input().length];
		final int[] shift = new int[axes];
		for (int s = 0; s < batch.size(); s++) {
			for (int d = 0; d < axes; d++)
				shift[d] = random.nextInt(2 * largest + 1) - largest;
			final int first = Math.max(0, shift[axes - 1]), count = width - Math.abs(shift[axes - 1]);
			if (count <= 0) continue;
			for (int row = 0; row < channels * volume / width; row++) {
				final int source = sourceRow(row, extents, shift, volume / width);
				if (source < 0) continue;
				final int start = s * channels * volume;
				System.arraycopy(batch.input(), start + source * width + first - shift[axes - 1], moved, start + row * width + first,
					count);
			}
		}
		return new Batch(moved, batch.shape(), batch.target(), batch.targetShape());
	}

	/** The row that moves to {@code row}, or -1 if it lies outside. */
	private static int sourceRow(final int row, final int[] extents, final int[] shift, final int rowsPerChannel) {
		int rest = row % rowsPerChannel, source = 0, step = 1;
		for (int d = extents.length - 2; d >= 0; d--) {
			final int from = rest % extents[d] - shift[d];
			if (from < 0 || from >= extents[d]) return -1;
			source += from * step;
			rest /= extents[d];
			step *= extents[d];
		}
		return row / rowsPerChannel * rowsPerChannel + source;
	}
}
