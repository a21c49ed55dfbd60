package io.github.convoluta.prediction;

/** Mirrors arrays along some of their axes. */
final class Flip {

	private Flip() {}

	/**
	 * A mirrored copy.
	 *
	 * @param values any number of channels, x fastest
	 * @param size spatial extents, x first
	 * @param axes bit {@code d} is set where axis {@code d} is mirrored
	 */
	static float[] apply(final float[] values, final int[] size, final int axes) {
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
