package io.github.convoluta.prediction;

import java.util.Arrays;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** What a network says of a tile. Nothing changes it unless its view is written to. */
public final class TileResult {

	private final Tile tile;
	private final int channels;
	private final float[] values;
	private final boolean sawNonFinite;

	/** @param values of the tile's whole block and all channels, x fastest, channels last */
	TileResult(final Tile tile, final int channels, final float[] values, final boolean sawNonFinite) {
		this.tile = tile;
		this.channels = channels;
		this.values = values;
		this.sawNonFinite = sawNonFinite;
	}

	/** {@return what was predicted} */
	public Tile tile() {
		return tile;
	}

	/** {@return the number of classes, or of values of a regression} */
	public int channels() {
		return channels;
	}

	/**
	 * {@return the probabilities of the classes, or values, at the tile's core: the axes of the image, where they lie in
	 * it, then one for the channels from 0 on} A view of what this result holds.
	 */
	public RandomAccessibleInterval<FloatType> values() {
		final int n = tile.core().numDimensions();
		final long[] at = Arrays.copyOf(tile.block().minAsLongArray(), n + 1), min = Arrays.copyOf(tile.core().minAsLongArray(),
			n + 1), max = Arrays.copyOf(tile.core().maxAsLongArray(), n + 1);
		max[n] = channels - 1;
		return Views.interval(Views.translate(ArrayImgs.floats(values, Arrays.stream(blockSize()).asLongStream().toArray()), at),
			new FinalInterval(min, max));
	}

	/**
	 * {@return whether anything that was predicted from was NaN or infinite} Results are wrong as far as the network
	 * sees such a pixel: everywhere, if it has layers that see the whole image.
	 */
	public boolean sawNonFinite() {
		return sawNonFinite;
	}

	/** Values of the whole block, x fastest, channels last. */
	float[] block() {
		return values;
	}

	/** Extents of the block, and the channels. */
	int[] blockSize() {
		return withChannels(tile.block().dimensionsAsLongArray());
	}

	/** Extents of the core, and the channels. */
	int[] coreSize() {
		return withChannels(tile.core().dimensionsAsLongArray());
	}

	private int[] withChannels(final long[] extents) {
		final int[] size = new int[extents.length + 1];
		for (int d = 0; d < extents.length; d++)
			size[d] = (int) extents[d];
		size[extents.length] = channels;
		return size;
	}

	/** Where the core begins in the block, and the channels. */
	int[] first() {
		final int[] first = new int[tile.core().numDimensions() + 1];
		for (int d = 0; d < first.length - 1; d++)
			first[d] = (int) (tile.core().min(d) - tile.block().min(d));
		return first;
	}

	/** Gets rows of the core along x: where each begins in the block, and its number. */
	interface RowAction {

		void row(int from, int number);
	}

	/** Visits the rows of one channel, or of all with the channels last. */
	void forEachRow(final int[] size, final RowAction action) {
		final int[] block = blockSize(), first = first();
		int rows = 1;
		for (int d = 1; d < size.length; d++)
			rows *= size[d];
		for (int r = 0; r < rows; r++) {
			int from = first[0], step = block[0], rest = r;
			for (int d = 1; d < size.length; d++) {
				from += (first[d] + rest % size[d]) * step;
				step *= block[d];
				rest /= size[d];
			}
			action.row(from, r);
		}
	}
}
