package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.NetworkInput;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;

/**
 * An image that a model gives a result for every pixel of, tile by tile: it is read where a tile needs it, so it may be larger
 * than memory. {@link Predictor#on} makes one. May be used from several threads, if the image may be read so.
 */
public final class ImagePrediction {

	private final Predictor predictor;
	private final NetworkInput input;
	private final boolean flips;

	ImagePrediction(final Predictor predictor, final NetworkInput input, final boolean flips) {
		this.predictor = predictor;
		this.input = input;
		this.flips = flips;
	}

	/**
	 * Predicts one tile, whatever becomes of the others.
	 *
	 * @param tile of this image's tiling
	 * @throws IllegalArgumentException if the tile is none of this image
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	public TileResult predict(final Tile tile) {
		return predict(tile, () -> {});
	}

	/**
	 * Predicts tiles, one after the other.
	 *
	 * @param tiling planned for this image's extents
	 * @param sink gets each result, then is told to finish
	 * @param monitor hears of each tile, and is called several times a second
	 * @return whether anything that was predicted from was NaN or infinite: see {@link TileResult#sawNonFinite}
	 * @throws IllegalArgumentException if the tiling is none of this image
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 * @throws CancellationException if the monitor cancels, at the latest after a fifth of a second
	 */
	public boolean predict(final Tiling tiling, final TileSink sink, final Monitor monitor) {
		boolean sawNonFinite = false;
		final long count = tiling.count();
		for (final Tile tile : tiling) {
			final double progress = (double) tile.index() / count;
			monitor.progress(progress);
			final TileResult result = predict(tile, () -> monitor.progress(progress));
			sawNonFinite |= result.sawNonFinite();
			sink.add(result);
		}
		sink.finish();
		monitor.progress(1);
		return sawNonFinite;
	}

	private TileResult predict(final Tile tile, final Runnable meanwhile) {
		final Interval block = tile.block();
		check(tile);
		final int n = block.numDimensions();
		final int[] size = new int[n];
		Arrays.setAll(size, d -> (int) block.dimension(d));
		final float[] values = new float[Arrays.stream(size).reduce((int) input.image().dimension(n), Math::multiplyExact)];
		final boolean isFinite = input.read(block.minAsLongArray(), size, values, 0);
		final String axes = predictor.model().axes();
		final float[] result = flips ? FlippedPredictions.average(values, size, axes.endsWith("T") ? n - 1 : n, v -> predictor
			.compute(v, size, meanwhile)) : predictor.compute(values, size, meanwhile);
		return new TileResult(tile, predictor.model().classes().size(), result, !isFinite);
	}

	private void check(final Tile tile) {
		final RandomAccessibleInterval<?> image = input.image();
		boolean isInside = tile.core().numDimensions() == image.numDimensions() - 1;
		for (int d = 0; d < tile.core().numDimensions() && isInside; d++)
			isInside = tile.core().min(d) >= 0 && tile.core().max(d) < image.dimension(d);
		if (!isInside) throw new IllegalArgumentException("The tile from " + Arrays.toString(tile.core().minAsLongArray()) +
			" to " + Arrays.toString(tile.core().maxAsLongArray()) + " lies outside of an image of " + Arrays.toString(image
				.dimensionsAsLongArray()) + " pixels and channels.");
	}
}
