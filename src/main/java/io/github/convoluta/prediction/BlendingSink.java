package io.github.convoluta.prediction;

import java.util.Arrays;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.BlockWriter;
import io.github.convoluta.filter.Border;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.planar.PlanarImgs;

/** Adds up what overlapping tiles say, by their weights; in the end decides the labels, if there are any. */
final class BlendingSink implements TileSink {

	private final Tiling tiling;
	private final RegionTarget sums;
	private final LabelValues labels;
	private final RandomAccessibleInterval<?> labelTarget;

	BlendingSink(final Tiling tiling, final RandomAccessibleInterval<?> sums) {
		this(tiling, sums, null, null);
	}

	/**
	 * @param labels values of the classes; null for none
	 * @param labelTarget gets them in the end
	 */
	BlendingSink(final Tiling tiling, final RandomAccessibleInterval<?> sums, final LabelValues labels,
		final RandomAccessibleInterval<?> labelTarget)
	{
		this.tiling = tiling;
		this.sums = RegionTarget.of(sums, tiling, true);
		this.labels = labels;
		this.labelTarget = labels == null ? null : RegionTarget.of(labelTarget, tiling, false).image();
	}

	/** Only labels; sums are kept in the Java heap. */
	static BlendingSink labels(final Tiling tiling, final LabelValues labels, final RandomAccessibleInterval<?> target) {
		final int n = tiling.region().numDimensions();
		final long[] size = Arrays.copyOf(tiling.region().dimensionsAsLongArray(), n + 1);
		size[n] = labels.values().size();
		final long bytes = Arrays.stream(size).reduce(4, Math::multiplyExact);
		if (bytes > SystemMemory.freeHeap()) System.gc();
		final long free = SystemMemory.freeHeap();
		if (bytes > free) throw new IllegalArgumentException("Blended tiles need " + new ByteSize(bytes) +
			" of Java memory, but " + new ByteSize(free) +
			" are free. Use no blending, or give ImageJ more memory (Edit>Options>Memory & Threads).");
		// A plain image of planes; one with a single axis besides the channels is a plane itself.
		return new BlendingSink(tiling, PlanarImgs.floats(size), labels, target);
	}

	@Override
	public void add(final TileResult result) {
		final int[] size = result.coreSize();
		final int n = size.length - 1;
		final float[] core = new float[Arrays.stream(size).reduce(1, Math::multiplyExact)];
		BlockReader.of(sums.image(), Border.REPLICATE).read(sums.min(result.tile()), size, core, 0);
		final float[][] weights = new float[n][];
		Arrays.setAll(weights, d -> tiling.weights(result.tile(), d));
		result.forEachRow(size, (from, row) -> {
			for (int x = 0; x < size[0]; x++) {
				float weight = weights[0][x];
				for (int d = 1, rest = row; d < n; rest /= size[d], d++)
					weight *= weights[d][rest % size[d]];
				core[row * size[0] + x] += weight * result.block()[from + x];
			}
		});
		sums.write(result.tile(), size, core);
	}

	/** Decides row by row. */
	@Override
	public void finish() {
		if (labels == null) return;
		final int n = labelTarget.numDimensions(), width = (int) labelTarget.dimension(0), channels = labels.values().size();
		final BlockReader reader = BlockReader.of(sums.image(), Border.REPLICATE);
		final BlockWriter writer = BlockWriter.of(labelTarget);
		final int[] size = new int[n + 1], row = new int[n];
		Arrays.fill(size, 1);
		Arrays.fill(row, 1);
		size[0] = row[0] = width;
		size[n] = channels;
		final float[] values = new float[width * channels], decided = new float[width];
		final long[] min = new long[n + 1];
		final long rows = labelTarget.size() / width;
		for (long r = 0; r < rows; r++) {
			long rest = r;
			for (int d = 1; d < n; d++) {
				min[d] = rest % labelTarget.dimension(d);
				rest /= labelTarget.dimension(d);
			}
			reader.read(min, size, values, 0);
			labels.decide(values, 0, width, decided, 0, width);
			writer.write(Arrays.copyOf(min, n), row, decided, row, new int[n], 0);
		}
	}
}
