package io.github.convoluta.prediction;

import java.util.function.UnaryOperator;

/** Predictions of all mirrored copies of a block, mirrored back and averaged. */
final class FlippedPredictions {

	private FlippedPredictions() {}

	/**
	 * @param values any number of channels, x fastest
	 * @param size spatial extents, x first
	 * @param axes number of axes to mirror along, from x on
	 * @param predict gives values of any number of channels for as many pixels
	 */
	static float[] average(final float[] values, final int[] size, final int axes, final UnaryOperator<float[]> predict) {
		float[] sum = null;
		for (int flip = 0; flip < 1 << axes; flip++) {
			final float[] result = mirror(predict.apply(mirror(values, size, flip)), size, flip);
			if (sum == null) sum = result;
			else for (int i = 0; i < sum.length; i++)
				sum[i] += result[i];
		}
		for (int i = 0; i < sum.length; i++)
			sum[i] /= 1 << axes;
		return sum;
	}

	/** A copy that is mirrored along each axis {@code d} for which bit {@code d} is set. */
	private static float[] mirror(final float[] values, final int[] size, final int axes) {
		final float[] result = new float[values.length];
		final int rows = values.length / size[0];
		for (int row = 0; row < rows; row++) {
			int from = 0, step = 1, rest = row;
			for (int d = 1; d < size.length; d++) {
				final int at = rest % size[d];
				from += ((axes >> d & 1) == 1 ? size[d] - 1 - at : at) * step;
				step *= size[d];
				rest /= size[d];
			}
			from = (from + rest * step) * size[0];
			if ((axes & 1) == 0) System.arraycopy(values, from, result, row * size[0], size[0]);
			else for (int x = 0; x < size[0]; x++)
				result[row * size[0] + x] = values[from + size[0] - 1 - x];
		}
		return result;
	}
}
