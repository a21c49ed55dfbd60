package io.github.convoluta.prediction;

import io.github.convoluta.filter.BlockWriter;
import net.imglib2.RandomAccessibleInterval;

/** Writes all channels. */
final class ValueSink implements TileSink {

	private final RegionTarget target;

	ValueSink(final Tiling tiling, final RandomAccessibleInterval<?> target) {
		this.target = RegionTarget.of(target, tiling, true);
	}

	@Override
	public void add(final TileResult result) {
		BlockWriter.of(target.image()).write(target.min(result.tile()), result.coreSize(), result.block(), result.blockSize(),
			result.first(), 0);
	}
}
