package io.github.convoluta.filter;

import java.util.ArrayList;
import java.util.List;

import io.github.convoluta.kernel.Kernel;

/**
 * A kernel as a sum of separable terms: each term is an outer product of one factor per axis. Found by cross
 * approximation: the largest remaining weight fixes a row and a column, their product is subtracted, until nothing
 * remains; the number of terms of a 2-D kernel is its rank. Kernels with more axes are taken apart axis by axis.
 *
 * @param terms factors {@code [term][axis][i]}
 */
record KernelFactors(List<double[][]> terms) {

	/** Weights this much smaller than the largest one are rounding. */
	private static final double TOLERANCE = 1e-9;

	static KernelFactors of(final Kernel kernel) {
		final int n = kernel.numDimensions();
		final List<double[][]> terms = new ArrayList<>();
		split(kernel.values(), kernel.size(), n, new double[n][], terms);
		if (terms.isEmpty()) {
			final double[][] zero = new double[n][];
			for (int d = 0; d < n; d++)
				zero[d] = new double[kernel.size(d)];
			terms.add(zero);
		}
		return new KernelFactors(terms);
	}

	private static void split(final double[] values, final int[] size, final int axes, final double[][] found,
		final List<double[][]> terms)
	{
		if (axes == 1) {
			found[0] = values;
			terms.add(found.clone());
			return;
		}
		final int rows = size[axes - 1], columns = values.length / rows;
		final double[] rest = values.clone();
		final double smallest = largest(values) * TOLERANCE;
		for (int term = 0; term < Math.min(rows, columns); term++) {
			int pivot = 0;
			for (int i = 1; i < rest.length; i++)
				if (Math.abs(rest[i]) > Math.abs(rest[pivot])) pivot = i;
			if (Math.abs(rest[pivot]) <= smallest) return;
			final int r = pivot / columns, c = pivot % columns;
			final double[] row = new double[columns], column = new double[rows];
			System.arraycopy(rest, r * columns, row, 0, columns);
			final double divisor = commonDivisor(row);
			for (int j = 0; j < rows; j++)
				column[j] = rest[j * columns + c] / (row[c] / divisor);
			for (int i = 0; i < columns; i++)
				row[i] /= divisor;
			for (int j = 0; j < rows; j++)
				for (int i = 0; i < columns; i++)
					rest[j * columns + i] -= column[j] * row[i];
			found[axes - 1] = column;
			split(row, size, axes - 1, found, terms);
		}
	}

	private static double largest(final double[] values) {
		double largest = 0;
		for (final double v : values)
			largest = Math.max(largest, Math.abs(v));
		return largest;
	}

	/** Whether every factor is made of whole numbers. */
	boolean isWhole() {
		for (final double[][] term : terms)
			for (final double[] factor : term)
				for (final double v : factor)
					if (v != Math.rint(v)) return false;
		return true;
	}

	/** Whole numbers are divided by their greatest common divisor, so that whole kernels have whole factors. */
	private static double commonDivisor(final double[] row) {
		long divisor = 0;
		for (final double v : row) {
			if (v != Math.rint(v) || Math.abs(v) > 1e9) return 1;
			long a = Math.abs((long) v), b = divisor;
			while (b != 0) {
				final long t = a % b;
				a = b;
				b = t;
			}
			divisor = a;
		}
		return divisor;
	}
}
