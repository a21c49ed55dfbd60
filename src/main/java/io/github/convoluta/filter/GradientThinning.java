package io.github.convoluta.filter;

import java.util.Arrays;

/**
 * Keeps the samples of a tile whose gradient magnitude is a maximum along their own gradient, and sorts them by two
 * thresholds. For one thread at a time.
 */
final class GradientThinning {

	private final int axes;
	private final float low;
	private final float high;
	private long[] strong = new long[256];

	GradientThinning(final int axes, final float low, final float high) {
		this.axes = axes;
		this.low = low;
		this.high = high;
	}

	/** Marks weak samples and edges in {@code state}; returns the indices of the edges. */
	long[] apply(final RowBlock[] components, final RowBlock magnitude, final long[] min, final int[] tile, final long[] size,
		final byte[][] state)
	{
		int count = 0, rows = 1;
		for (int d = 1; d < tile.length; d++)
			rows *= tile[d];
		final int[] position = new int[tile.length];
		final int[] step = new int[axes];
		for (int d = 1; d < axes; d++)
			step[d] = magnitude.rowStep(d);
		for (int r = 0; r < rows; r++) {
			int block = 0;
			long index = 0, stride = 1;
			for (int d = 1; d < tile.length; d++) {
				block += (position[d] + (d < axes ? 1 : 0)) * magnitude.rowStep(d);
				index += (min[d] + position[d]) * stride;
				stride *= size[d];
			}
			final byte[] out = state[(int) index];
			final int from = (int) min[0];
			if (axes == 2) markRow(components[0].rows[block], components[1].rows[block], magnitude.rows[block - step[1]],
				magnitude.rows[block], magnitude.rows[block + step[1]], out, from, tile[0]);
			else {
				final float[] m = magnitude.rows[block];
				for (int x = 0; x < tile[0]; x++)
					if (m[x + 1] > low && isMaximum(components, magnitude, block, x + 1, step)) out[from + x] = state(m[x + 1]);
			}
			for (int x = 0; x < tile[0]; x++) {
				if (out[from + x] != Canny.EDGE) continue;
				if (count == strong.length) strong = Arrays.copyOf(strong, 2 * count);
				strong[count++] = index * size[0] + from + x;
			}
			SampleReader.advance(position, tile);
		}
		return Arrays.copyOf(strong, count);
	}

	private byte state(final float magnitude) {
		return magnitude > high ? Canny.EDGE : Canny.WEAK;
	}

	private boolean isMaximum(final RowBlock[] components, final RowBlock magnitude, final int row, final int x,
		final int[] step)
	{
		final float centre = magnitude.rows[row][x];
		float largest = 0;
		int main = 0;
		for (int d = 0; d < axes; d++) {
			final float size = Math.abs(components[d].rows[row][x]);
			if (size > largest) {
				largest = size;
				main = d;
			}
		}
		float ahead = 0, behind = 0;
		// The gradient leaves the cube of neighbours through the face along its main axis.
		for (int corner = 0; corner < 1 << axes; corner++) {
			if ((corner >> main & 1) == 0) continue;
			float weight = 1;
			int dr = 0, dx = 0;
			for (int d = 0; d < axes; d++) {
				final float g = components[d].rows[row][x];
				final float share = Math.abs(g) / largest;
				final boolean moves = (corner >> d & 1) == 1;
				weight *= moves ? share : 1 - share;
				if (!moves) continue;
				if (d == 0) dx = g > 0 ? 1 : -1;
				else dr += g > 0 ? step[d] : -step[d];
			}
			if (weight == 0) continue;
			ahead += weight * magnitude.rows[row + dr][x + dx];
			behind += weight * magnitude.rows[row - dr][x - dx];
		}
		return centre > behind && centre >= ahead;
	}

	/**
	 * The same for one row of a plane, where most of the time goes. Magnitudes are interpolated without dividing: both
	 * sides of the comparison are multiplied by the larger component.
	 */
	private void markRow(final float[] gradientX, final float[] gradientY, final float[] above, final float[] row,
		final float[] below, final byte[] out, final int from, final int n)
	{
		for (int i = 0; i < n; i++) {
			final int x = i + 1;
			final float centre = row[x];
			if (!(centre > low)) continue;
			final float gx = gradientX[x], gy = gradientY[x];
			final float ax = Math.abs(gx), ay = Math.abs(gy);
			final int dx = gx > 0 ? 1 : -1;
			final float[] aheadRow = gy > 0 ? below : above, behindRow = gy > 0 ? above : below;
			final float ahead, behind, scaled;
			if (ax >= ay) {
				scaled = centre * ax;
				ahead = (ax - ay) * row[x + dx] + ay * aheadRow[x + dx];
				behind = (ax - ay) * row[x - dx] + ay * behindRow[x - dx];
			}
			else {
				scaled = centre * ay;
				ahead = (ay - ax) * aheadRow[x] + ax * aheadRow[x + dx];
				behind = (ay - ax) * behindRow[x] + ax * behindRow[x - dx];
			}
			if (scaled > behind && scaled >= ahead) out[from + i] = state(centre);
		}
	}
}
