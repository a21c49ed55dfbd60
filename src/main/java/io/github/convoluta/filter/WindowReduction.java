package io.github.convoluta.filter;

import java.util.Arrays;

/**
 * Reduces every window of a block to one value. Separable reductions go axis by axis; large windows with small steps
 * are built from windows of 1, 2, 4, ... samples, so that their cost grows with the logarithm of their size and sums
 * stay as precise as pairwise summation. For one thread at a time.
 */
final class WindowReduction {

	/** Number of existing samples in the window at result {@code x} of a row. */
	interface Counts {

		double at(int x);
	}

	/** The counts of the row of results at a position within the tile. */
	interface RowCounts {

		Counts row(int[] position);
	}

	private interface RowOperation {

		/** {@code into = into (op) a}, element by element. */
		void apply(float[] a, float[] into, int n);
	}

	private final Pooling.Operation operation;
	private final int[] window;
	private final int[] stride;
	private final RowOperation combine;
	private RowBlock work = new RowBlock();
	private RowBlock other = new RowBlock();
	private float[] shifted = {};
	private float[] level = {};
	private float[] values = {};

	WindowReduction(final Pooling.Operation operation, final int[] window, final int[] stride) {
		this.operation = operation;
		this.window = window;
		this.stride = stride;
		combine = switch (operation) {
			case MAX -> RowArithmetic::max;
			case MIN -> RowArithmetic::min;
			default -> RowArithmetic::add;
		};
	}

	/**
	 * @param input changed by this method
	 * @param size size of the tile of results
	 * @return one row per row of results; along x not yet strided
	 */
	RowBlock reduce(final RowBlock input, final int[] size, final RowCounts counts) {
		final int width = (size[0] - 1) * stride[0] + 1;
		if (operation == Pooling.Operation.MEDIAN) return median(input, size, width, counts);
		if (operation == Pooling.Operation.L2) for (int r = 0; r < input.rowCount(); r++)
			RowArithmetic.squares(input.rows[r], input.rows[r], input.size[0]);
		RowBlock from = input;
		for (int d = size.length - 1; d > 0; d--) {
			if (window[d] == 1 && stride[d] == 1) continue;
			final RowBlock to = from == work ? other : work;
			acrossRows(from, d, size[d], to);
			from = to;
		}
		final RowBlock out = from == work ? other : work;
		final int[] outSize = size.clone();
		outSize[0] = width;
		out.resize(outSize);
		for (int r = 0; r < out.rowCount(); r++)
			alongRow(from.rows[r], from.size[0], out.rows[r], width);
		finish(out, size, counts);
		return out;
	}

	private void acrossRows(final RowBlock from, final int d, final int results, final RowBlock to) {
		final int[] size = from.size.clone();
		size[d] = results;
		to.resize(size);
		final int step = from.rowStep(d), rows = from.size[d], width = from.size[0];
		final int groups = from.rowCount() / (step * rows);
		final boolean doubling = window[d] > 4 && stride[d] * 2 <= window[d];
		for (int g = 0; g < groups; g++)
			for (int s = 0; s < step; s++) {
				final int first = g * rows * step + s;
				if (doubling) {
					doubledRows(from, first, step, d, results, to, g * results * step + s);
					continue;
				}
				for (int i = 0; i < results; i++) {
					final float[] out = to.rows[(g * results + i) * step + s];
					System.arraycopy(from.rows[first + i * stride[d] * step], 0, out, 0, width);
					for (int j = 1; j < window[d]; j++)
						combine.apply(from.rows[first + (i * stride[d] + j) * step], out, width);
				}
			}
	}

	/** Combines a column of rows: results take the powers of two that make up the window, as they appear. */
	private void doubledRows(final RowBlock from, final int first, final int step, final int d, final int results,
		final RowBlock to, final int firstResult)
	{
		final int width = from.size[0], rows = from.size[d];
		int done = 0;
		for (int span = 1; span <= window[d]; span *= 2) {
			if ((window[d] & span) != 0) {
				for (int i = 0; i < results; i++) {
					final float[] out = to.rows[firstResult + i * step];
					final float[] part = from.rows[first + (i * stride[d] + done) * step];
					if (done == 0) System.arraycopy(part, 0, out, 0, width);
					else combine.apply(part, out, width);
				}
				done += span;
			}
			for (int i = 0; i + 2 * span <= rows; i++)
				combine.apply(from.rows[first + (i + span) * step], from.rows[first + i * step], width);
		}
	}

	private void alongRow(final float[] row, final int n, final float[] out, final int width) {
		final int w = window[0];
		if (shifted.length < n) {
			shifted = new float[n];
			level = new float[n];
		}
		if (w <= 4) {
			System.arraycopy(row, 0, out, 0, width);
			for (int j = 1; j < w; j++) {
				System.arraycopy(row, j, shifted, 0, width);
				combine.apply(shifted, out, width);
			}
			return;
		}
		System.arraycopy(row, 0, level, 0, n);
		int done = 0;
		for (int span = 1; span <= w; span *= 2) {
			if ((w & span) != 0) {
				if (done == 0) System.arraycopy(level, 0, out, 0, width);
				else {
					System.arraycopy(level, done, shifted, 0, width);
					combine.apply(shifted, out, width);
				}
				done += span;
			}
			final int left = n - 2 * span + 1;
			if (left <= 0) continue;
			System.arraycopy(level, span, shifted, 0, left);
			combine.apply(shifted, level, left);
		}
	}

	private void finish(final RowBlock out, final int[] size, final RowCounts counts) {
		if (operation == Pooling.Operation.L2) for (int r = 0; r < out.rowCount(); r++)
			RowArithmetic.roots(out.rows[r], out.size[0]);
		if (operation != Pooling.Operation.AVERAGE) return;
		final int[] position = new int[size.length];
		for (int r = 0; r < out.rowCount(); r++) {
			final Counts count = counts.row(position);
			final float[] row = out.rows[r];
			for (int x = 0; x < size[0]; x++)
				row[x * stride[0]] = (float) (row[x * stride[0]] / count.at(x));
			SampleReader.advance(position, size);
		}
	}

	private RowBlock median(final RowBlock input, final int[] size, final int width, final RowCounts counts) {
		final int n = size.length;
		int rows = 1;
		for (int d = 1; d < n; d++)
			rows *= window[d];
		final int[] offset = new int[rows];
		for (int i = 0; i < rows; i++)
			for (int d = 1, rest = i; d < n; rest /= window[d], d++)
				offset[i] += rest % window[d] * input.rowStep(d);
		if (values.length < rows * window[0]) values = new float[rows * window[0]];
		final int[] outSize = size.clone();
		outSize[0] = width;
		work.resize(outSize);
		final int[] position = new int[n];
		for (int r = 0; r < work.rowCount(); r++) {
			int base = 0;
			for (int d = 1; d < n; d++)
				base += position[d] * stride[d] * input.rowStep(d);
			final Counts existing = counts.row(position);
			for (int x = 0; x < size[0]; x++) {
				int count = 0;
				for (final int o : offset) {
					final float[] row = input.rows[base + o];
					for (int i = 0; i < window[0]; i++) {
						final float v = row[x * stride[0] + i];
						if (v == v) values[count++] = v;
					}
				}
				// What does not exist is NaN too, so that fewer numbers than samples mean a NaN among these.
				work.rows[r][x * stride[0]] = count < existing.at(x) ? Float.NaN : medianOfNumbers(values, count);
			}
			SampleReader.advance(position, size);
		}
		return work;
	}

	/** The middle value, or the mean of the two middle values; NaN if one is NaN. Reorders the values. */
	static float median(final float[] values, final int count) {
		for (int i = 0; i < count; i++)
			if (Float.isNaN(values[i])) return Float.NaN;
		return medianOfNumbers(values, count);
	}

	private static float medianOfNumbers(final float[] values, final int count) {
		final float upper = select(values, count, count / 2);
		if (count % 2 != 0) return upper;
		float lower = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < count / 2; i++)
			lower = Math.max(lower, values[i]);
		return (float) (((double) lower + upper) / 2);
	}

	/** Hoare's selection: afterwards the values before index {@code k} are no larger than the one at it. */
	private static float select(final float[] v, final int count, final int k) {
		if (count <= 32) {
			Arrays.sort(v, 0, count);
			return v[k];
		}
		int lo = 0, hi = count - 1;
		while (lo < hi) {
			final float pivot = v[(lo + hi) >>> 1];
			int i = lo, j = hi;
			while (i <= j) {
				while (v[i] < pivot)
					i++;
				while (v[j] > pivot)
					j--;
				if (i <= j) {
					final float t = v[i];
					v[i++] = v[j];
					v[j--] = t;
				}
			}
			if (k <= j) hi = j;
			else if (k >= i) lo = i;
			else break;
		}
		return v[k];
	}
}
