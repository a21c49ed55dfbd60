package io.github.convoluta.filter;

import java.util.Arrays;

/** Correlates a block with a 1-D factor along one axis, with float sums. For one thread at a time. */
final class AxisFilter {

	private final ShiftedSum sum = new ShiftedSum();
	private float[][] sources = {};
	private float[] weights = {};

	/**
	 * {@code output[i] = sum over j of factor[j] * input[i * stride + j * dilation]} along axis {@code d}.
	 *
	 * @param results extent of the output along the axis; the other axes keep theirs
	 */
	void apply(final RowBlock input, final int d, final double[] factor, final int dilation, final int stride,
		final int results, final RowBlock output)
	{
		final int[] size = input.size.clone();
		size[d] = results;
		output.resize(size);
		if (d == 0) alongRows(input, factor, dilation, results, output);
		else acrossRows(input, d, factor, dilation, stride, output);
	}

	private void acrossRows(final RowBlock input, final int d, final double[] factor, final int dilation, final int stride,
		final RowBlock output)
	{
		if (sources.length < factor.length) {
			sources = new float[factor.length][];
			weights = new float[factor.length];
		}
		final int step = input.rowStep(d), width = input.size[0];
		final int outRows = output.size[d], inRows = input.size[d];
		final int groups = input.rowCount() / (step * inRows);
		// One line of rows along the axis after the other: the rows of a window are still in the cache for the next one.
		for (int g = 0; g < groups; g++)
			for (int s = 0; s < step; s++)
				for (int i = 0; i < outRows; i++) {
					final int first = (g * inRows + i * stride) * step + s;
					int n = 0;
					for (int j = 0; j < factor.length; j++) {
						if (factor[j] == 0) continue;
						sources[n] = input.rows[first + j * dilation * step];
						weights[n++] = (float) factor[j];
					}
					final float[] out = output.rows[(g * outRows + i) * step + s];
					if (n == 0) Arrays.fill(out, 0, width, 0);
					else RowArithmetic.weightedSum(sources, weights, n, out, 0, width);
				}
	}

	private void alongRows(final RowBlock input, final double[] factor, final int dilation, final int width,
		final RowBlock output)
	{
		for (int r = 0; r < output.rowCount(); r++) {
			sum.begin(output.rows[r], width, false);
			for (int j = 0; j < factor.length; j++)
				if (factor[j] != 0) sum.add(input.rows[r], j * dilation, (float) factor[j]);
			sum.end();
		}
	}
}
