package io.github.convoluta.filter;

import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Computes several correlations of one image tile by tile, combines them, and writes one result. */
final class TiledFilter {

	/** Combines the rows of all correlations into the first one; called on several threads with rows of their own. */
	interface Combiner {

		/**
		 * @param rows one row per correlation, {@code width} values each; the result goes into {@code rows[0]}
		 */
		void combine(float[][] rows, int width);
	}

	private TiledFilter() {}

	/**
	 * @param geometry common to all correlations
	 * @param algorithms one per correlation
	 */
	static <T extends RealType<T>, R extends RealType<R>> void run(final RandomAccessibleInterval<T> source,
		final Border border, final WindowGeometry geometry, final List<? extends Algorithm> algorithms, final Combiner combiner,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		TiledLoop.run(geometry.outputSize(), algorithms.get(0).tileSize(), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, border);
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final List<Algorithm.Run> runs = algorithms.stream().map(Algorithm::start).toList();
			final RowBlock input = new RowBlock();
			final RowBlock[] outputs = algorithms.stream().map(a -> new RowBlock()).toArray(RowBlock[]::new);
			final float[][] rows = new float[outputs.length][];
			return (min, size) -> {
				reader.read(geometry.inputMin(min), geometry.inputSize(size), input);
				for (int i = 0; i < outputs.length; i++)
					runs.get(i).compute(input, size, outputs[i]);
				final int count = outputs[0].rowCount();
				for (int r = 0; r < count; r++) {
					for (int i = 0; i < rows.length; i++)
						rows[i] = outputs[i].rows[r];
					combiner.combine(rows, outputs[0].size[0]);
				}
				writer.write(outputs[0], geometry.stride()[0], size, min);
			};
		});
	}
}
