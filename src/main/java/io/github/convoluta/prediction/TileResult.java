package io.github.convoluta.prediction;

import java.util.Arrays;

import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.BlockWriter;
import net.imglib2.RandomAccessibleInterval;

/**
 * What the network said of a tile's block.
 *
 * @param values of all channels, x fastest
 * @param tile the tile
 * @param channels number of channels
 */
record TileResult(float[] values, Tiling.Tile tile, int channels) {

	/** Where the core begins within the block. */
	private int[] first() {
		final int[] first = new int[tile.coreMin().length];
		for (int d = 0; d < first.length; d++)
			first[d] = (int) (tile.coreMin()[d] - tile.blockMin()[d]);
		return first;
	}

	/** Writes all channels; with a tiling, adds them to what neighbouring tiles have written, by their weights. */
	void write(final RandomAccessibleInterval<?> target, final Tiling blended) {
		final int n = first().length;
		final long[] min = Arrays.copyOf(tile.coreMin(), n + 1);
		final int[] size = Arrays.copyOf(tile.coreSize(), n + 1), block = Arrays.copyOf(tile.blockSize(), n + 1);
		final int[] first = Arrays.copyOf(first(), n + 1);
		size[n] = block[n] = channels;
		if (blended != null) addTo(target, blended, min, size);
		BlockWriter.of(target).write(min, size, values, block, first, 0);
	}

	private void addTo(final RandomAccessibleInterval<?> target, final Tiling tiling, final long[] min, final int[] size) {
		final int n = tile.coreSize().length;
		final float[] before = new float[Arrays.stream(size).reduce(1, Math::multiplyExact)];
		BlockReader.of(target, Border.REPLICATE).read(min, size, before, 0);
		final int[] first = first(), at = new int[n + 1];
		for (int i = 0; i < before.length; i++) {
			int index = 0, step = 1;
			float weight = 1;
			for (int d = 0; d < n; d++) {
				index += (first[d] + at[d]) * step;
				step *= tile.blockSize()[d];
				weight *= tiling.weight(d, min[d], at[d]);
			}
			index += at[n] * step;
			values[index] = before[i] + weight * values[index];
			for (int d = 0; d <= n && ++at[d] == size[d]; d++)
				at[d] = 0;
		}
	}

	/** Writes the value of the class with the largest channel. */
	void writeLabels(final RandomAccessibleInterval<?> target, final float[] classValues) {
		final int volume = values.length / channels;
		BlockWriter.of(target).write(tile.coreMin(), tile.coreSize(), Decisions.of(values, channels, volume, classValues), tile
			.blockSize(), first(), 0);
	}
}
