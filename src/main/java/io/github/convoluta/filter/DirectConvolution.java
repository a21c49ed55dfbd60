package io.github.convoluta.filter;

import java.util.Arrays;

import io.github.convoluta.kernel.Kernel;

/**
 * Tap by tap with float sums. All taps of one kernel column (the same x) are summed at the same index first, then the
 * sums of the columns are shifted by copying and added, because loops that read at an offset don't become vector code.
 */
record DirectConvolution(WindowGeometry geometry) implements Algorithm {

	@Override
	public int[] tileSize() {
		return TiledLoop.limited(TiledLoop.tileSize(geometry.outputSize(), geometry.stride(), geometry.reach()), cost());
	}

	@Override
	public double cost() {
		final Kernel k = geometry.kernel();
		int taps = 0;
		for (int i = 0; i < k.count(); i++)
			if (k.valueAt(i) != 0) taps++;
		return geometry.stride()[0] * (0.045 * taps + 0.1 * k.size(0));
	}

	@Override
	public Run start() {
		return new Columns(geometry);
	}

	private static final class Columns implements Run {

		private final WindowGeometry g;
		/** Per kernel column: which rows of the kernel have a weight there, and the weights. */
		private final int[][] tapRow;
		private final float[][] tapWeight;
		private final float[][] sources;
		private final ShiftedSum sum = new ShiftedSum();
		private float[] column = {};

		Columns(final WindowGeometry g) {
			this.g = g;
			final Kernel k = g.kernel();
			final int columns = k.size(0), rows = k.count() / columns;
			tapRow = new int[columns][];
			tapWeight = new float[columns][];
			sources = new float[rows][];
			for (int u = 0; u < columns; u++) {
				final int[] r = new int[rows];
				final float[] w = new float[rows];
				int n = 0;
				for (int i = 0; i < rows; i++) {
					final float weight = (float) k.valueAt(i * columns + u);
					if (weight == 0) continue;
					r[n] = i;
					w[n++] = weight;
				}
				tapRow[u] = Arrays.copyOf(r, n);
				tapWeight[u] = Arrays.copyOf(w, n);
			}
		}

		@Override
		public void compute(final RowBlock input, final int[] size, final RowBlock output) {
			final int width = g.denseWidth(size[0]);
			final int[] outSize = size.clone();
			outSize[0] = width;
			output.resize(outSize);
			if (column.length < input.size[0]) column = new float[input.size[0]];
			final RowTaps taps = new RowTaps(g, input);
			final int[] position = new int[size.length];
			for (int r = 0; r < output.rowCount(); r++) {
				computeRow(input, taps, taps.base(position), width, output.rows[r]);
				SampleReader.advance(position, size);
			}
		}

		private void computeRow(final RowBlock input, final RowTaps taps, final int base, final int width, final float[] out) {
			boolean begun = false;
			for (int u = 0; u < tapRow.length; u++) {
				final int n = tapRow[u].length;
				if (n == 0) continue;
				final int shift = u * g.dilation()[0];
				for (int i = 0; i < n; i++)
					sources[i] = input.rows[base + taps.rowOffset[tapRow[u][i]]];
				if (!begun) {
					begun = true;
					if (shift == 0) RowArithmetic.weightedSum(sources, tapWeight[u], n, out, 0, width);
					sum.begin(out, width, shift == 0);
					if (shift == 0) continue;
				}
				if (n == 1) sum.add(sources[0], shift, tapWeight[u][0]);
				else {
					RowArithmetic.weightedSum(sources, tapWeight[u], n, column, shift, shift + width);
					sum.add(column, shift, 1);
				}
			}
			if (!begun) sum.begin(out, width, false);
			sum.end();
		}
	}
}
