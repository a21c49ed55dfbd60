package io.github.convoluta.filter;

import java.util.Arrays;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;

/**
 * Reads blocks of an image, and what its {@link Border} shows around it, as rows of floats. Positions count from the
 * image's own minimum. For one thread at a time.
 */
final class SampleReader<T extends RealType<T>> {

	/** A hull this many times larger than the block (far ends of a periodic image) is read sample by sample. */
	private static final int WASTE = 4;

	private final RandomAccessibleInterval<T> source;
	private final Border border;
	private final SampleType type;
	private final PrimitiveBlocks<?> blocks;
	private final int n;
	private Object buffer;
	private int bufferLength;

	SampleReader(final RandomAccessibleInterval<T> source, final Border border) {
		this.source = source;
		this.border = border;
		n = source.numDimensions();
		final T pixel = source.getType();
		type = SampleType.of(pixel);
		blocks = type == SampleType.OTHER ? null : blocks(source);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static PrimitiveBlocks<?> blocks(final RandomAccessibleInterval source) {
		return PrimitiveBlocks.of((RandomAccessibleInterval<? extends NativeType>) source, OnFallback.ACCEPT)
			.independentCopy();
	}

	/** Reads the block of {@code size} whose first sample is at {@code min}. */
	void read(final long[] min, final int[] size, final RowBlock target) {
		target.resize(size);
		final long[][] map = new long[n][];
		final long[] hullMin = new long[n];
		final int[] hullSize = new int[n];
		double hull = 1, block = 1;
		for (int d = 0; d < n; d++) {
			map[d] = new long[size[d]];
			long lo = Long.MAX_VALUE, hi = Long.MIN_VALUE;
			for (int i = 0; i < size[d]; i++) {
				final long m = border.index(min[d] + i, source.dimension(d));
				map[d][i] = m;
				if (m >= 0) {
					lo = Math.min(lo, m);
					hi = Math.max(hi, m);
				}
			}
			if (hi < lo) {
				fill(target, border.value());
				return;
			}
			hullMin[d] = lo;
			hullSize[d] = (int) Math.min(Integer.MAX_VALUE, hi - lo + 1);
			hull *= hullSize[d];
			block *= size[d];
		}
		if (blocks == null || hull > WASTE * block + 4096) readSamples(map, target);
		else readHull(map, hullMin, hullSize, (int) hull, target);
	}

	private static void fill(final RowBlock target, final float value) {
		for (int r = 0; r < target.rowCount(); r++)
			Arrays.fill(target.rows[r], 0, target.size[0], value);
	}

	private void readHull(final long[][] map, final long[] hullMin, final int[] hullSize, final int hull,
		final RowBlock target)
	{
		if (bufferLength < hull) {
			buffer = type.createArray(hull);
			bufferLength = hull;
		}
		final long[] lo = new long[n], hi = new long[n];
		for (int d = 0; d < n; d++) {
			lo[d] = source.min(d) + hullMin[d];
			hi[d] = lo[d] + hullSize[d] - 1;
		}
		blocks.copy(new FinalInterval(lo, hi), buffer);

		final long[] mapX = map[0];
		// The longest run of neighbouring samples is converted at once; the rest of a row sample by sample.
		int first = 0, last = -1;
		for (int x = 0, start = 0; x < mapX.length; x++) {
			if (mapX[x] < 0) start = x + 1;
			else if (x > start && mapX[x] != mapX[x - 1] + 1) start = x;
			if (x - start > last - first) {
				first = start;
				last = x;
			}
		}
		final int[] position = new int[n];
		for (int r = 0; r < target.rowCount(); r++) {
			final float[] row = target.rows[r];
			final int offset = rowOffset(map, hullMin, hullSize, position);
			if (offset < 0) Arrays.fill(row, 0, mapX.length, border.value());
			else {
				type.toFloat(buffer, offset + (int) (mapX[first] - hullMin[0]), row, first, last - first + 1);
				for (int x = 0; x < first; x++)
					setSample(row, x, mapX[x], offset - hullMin[0]);
				for (int x = last + 1; x < mapX.length; x++)
					setSample(row, x, mapX[x], offset - hullMin[0]);
			}
			advance(position, target.size);
		}
	}

	private void setSample(final float[] row, final int x, final long index, final long offset) {
		if (index < 0) row[x] = border.value();
		else type.toFloat(buffer, (int) (offset + index), row, x, 1);
	}

	private int rowOffset(final long[][] map, final long[] hullMin, final int[] hullSize, final int[] position) {
		int offset = 0, step = hullSize[0];
		for (int d = 1; d < n; d++) {
			final long m = map[d][position[d]];
			if (m < 0) return -1;
			offset += (int) (m - hullMin[d]) * step;
			step *= hullSize[d];
		}
		return offset;
	}

	private void readSamples(final long[][] map, final RowBlock target) {
		final RandomAccess<T> access = source.randomAccess();
		final int[] position = new int[n];
		for (int r = 0; r < target.rowCount(); r++) {
			final float[] row = target.rows[r];
			boolean inside = true;
			for (int d = 1; d < n; d++) {
				final long m = map[d][position[d]];
				inside &= m >= 0;
				access.setPosition(source.min(d) + Math.max(m, 0), d);
			}
			for (int x = 0; x < map[0].length; x++) {
				if (inside && map[0][x] >= 0) {
					access.setPosition(source.min(0) + map[0][x], 0);
					row[x] = access.get().getRealFloat();
				}
				else row[x] = border.value();
			}
			advance(position, target.size);
		}
	}

	/** Moves a position to the next row: y fastest; x stays. */
	static void advance(final int[] position, final int[] size) {
		for (int d = 1; d < size.length; d++) {
			if (++position[d] < size[d]) return;
			position[d] = 0;
		}
	}
}
