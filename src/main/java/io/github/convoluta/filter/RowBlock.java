package io.github.convoluta.filter;

import java.util.Arrays;

/**
 * A block of samples as rows along x: row {@code y + size[1] * (z + size[2] * ...)} is an array of its own. Buffers
 * grow when needed and are used again for the next block.
 */
final class RowBlock {

	int[] size = {};
	float[][] rows = {};

	/** Makes room for a block; what it holds afterwards is undefined. */
	void resize(final int... newSize) {
		size = newSize.clone();
		final int count = rowCount();
		if (rows.length < count) {
			final int old = rows.length;
			rows = Arrays.copyOf(rows, count);
			for (int i = old; i < count; i++)
				rows[i] = new float[size[0]];
		}
		for (int i = 0; i < count; i++)
			if (rows[i].length < size[0]) rows[i] = new float[size[0]];
	}

	/** Number of rows in use. */
	int rowCount() {
		int count = 1;
		for (int d = 1; d < size.length; d++)
			count *= size[d];
		return count;
	}

	/** Number of rows between neighbours along axis {@code d >= 1}. */
	int rowStep(final int d) {
		int step = 1;
		for (int e = 1; e < d; e++)
			step *= size[e];
		return step;
	}
}
