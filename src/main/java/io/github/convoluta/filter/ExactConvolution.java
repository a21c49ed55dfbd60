package io.github.convoluta.filter;

import java.util.Arrays;

import io.github.convoluta.kernel.Kernel;

/**
 * Tap by tap in the kernel's order (x fastest): float products, double sums, scaled in double and rounded once, as
 * ImageJ's Convolver.
 */
record ExactConvolution(WindowGeometry geometry, double scale, double offset) implements Algorithm {

	@Override
	public int[] tileSize() {
		return TiledLoop.limited(TiledLoop.tileSize(geometry.outputSize(), geometry.stride(), geometry.reach()), cost());
	}

	@Override
	public double cost() {
		return 0.4 * geometry.kernel().count();
	}

	@Override
	public Run start() {
		return new Run() {

			private double[] sums = {};

			@Override
			public void compute(final RowBlock input, final int[] size, final RowBlock output) {
				final Kernel k = geometry.kernel();
				final int width = geometry.denseWidth(size[0]);
				final int[] outSize = size.clone();
				outSize[0] = width;
				output.resize(outSize);
				if (sums.length < width) sums = new double[width];
				final RowTaps taps = new RowTaps(geometry, input);
				final int[] position = new int[size.length];
				for (int r = 0; r < output.rowCount(); r++) {
					Arrays.fill(sums, 0, width, 0);
					final int base = taps.base(position);
					for (int i = 0; i < taps.rowOffset.length; i++) {
						final float[] row = input.rows[base + taps.rowOffset[i]];
						for (int u = 0; u < k.size(0); u++)
							accumulate(row, u * geometry.dilation()[0], (float) k.valueAt(i * k.size(0) + u), sums, width);
					}
					final float[] out = output.rows[r];
					for (int x = 0; x < width; x++)
						out[x] = (float) (sums[x] * scale + offset);
					SampleReader.advance(position, size);
				}
			}
		};
	}

	private static void accumulate(final float[] row, final int shift, final float weight, final double[] sums, final int n) {
		for (int x = 0; x < n; x++)
			sums[x] += row[shift + x] * weight;
	}
}
