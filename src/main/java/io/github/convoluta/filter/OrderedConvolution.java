package io.github.convoluta.filter;

/**
 * A few taps added up in float in a given order, for results that must equal another program's to the last bit.
 *
 * @param geometry whose kernel has the weights
 * @param order indices of the taps in the order of addition; all others are left out
 */
record OrderedConvolution(WindowGeometry geometry, int... order) implements Algorithm {

	@Override
	public int[] tileSize() {
		return TiledLoop.tileSize(geometry.outputSize(), geometry.stride(), geometry.reach());
	}

	@Override
	public double cost() {
		return 0.1 * order.length;
	}

	@Override
	public Run start() {
		final int n = order.length, columns = geometry.kernel().size(0);
		final float[][] sources = new float[n][], shifted = new float[n][0];
		final float[] weights = new float[n];
		for (int i = 0; i < n; i++)
			weights[i] = (float) geometry.kernel().valueAt(order[i]);
		return (input, size, output) -> {
			final int width = geometry.denseWidth(size[0]);
			final int[] outSize = size.clone();
			outSize[0] = width;
			output.resize(outSize);
			final RowTaps taps = new RowTaps(geometry, input);
			final int[] position = new int[size.length];
			final int rows = output.rowCount();
			for (int r = 0; r < rows; r++) {
				final int base = taps.base(position);
				for (int i = 0; i < n; i++) {
					final float[] row = input.rows[base + taps.rowOffset[order[i] / columns]];
					final int shift = order[i] % columns * geometry.dilation()[0];
					sources[i] = row;
					if (shift == 0) continue;
					if (shifted[i].length < width) shifted[i] = new float[width];
					System.arraycopy(row, shift, shifted[i], 0, width);
					sources[i] = shifted[i];
				}
				RowArithmetic.orderedSum(sources, weights, n, output.rows[r], width);
				SampleReader.advance(position, size);
			}
		};
	}
}
