package io.github.convoluta.prediction;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;

/** Writes the label of every pixel. */
final class LabelSink implements TileSink {

	private final RegionTarget target;
	private final LabelValues labels;

	LabelSink(final Tiling tiling, final LabelValues labels, final RandomAccessibleInterval<?> target) {
		this.target = RegionTarget.of(target, tiling, false);
		this.labels = labels;
	}

	@Override
	public void add(final TileResult result) {
		final int[] all = result.coreSize(), size = Arrays.copyOf(all, all.length - 1);
		final int channel = result.block().length / result.channels();
		final float[] decided = new float[Arrays.stream(size).reduce(1, Math::multiplyExact)];
		result.forEachRow(size, (from, row) -> labels.decide(result.block(), from, channel, decided, row * size[0], size[0]));
		target.write(result.tile(), size, decided);
	}
}
