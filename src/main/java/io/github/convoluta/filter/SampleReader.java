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
	private final RowArrays arrays;
	private final int n;
	private Object buffer;
	private int bufferLength;

	SampleReader(final RandomAccessibleInterval<T> source, final Border border) {
		this.source = source;
		this.border = border;
		n = source.numDimensions();
		final T pixel = source.getType();
		type = SampleType.of(pixel);
		arrays = type == SampleType.OTHER ? null : RowArrays.of(source);
		blocks = type == SampleType.OTHER || arrays != null ? null : blocks(source);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static PrimitiveBlocks<?> blocks(final RandomAccessibleInterval source) {
		return PrimitiveBlocks.of((RandomAccessibleInterval<? extends NativeType>) source, OnFallback.ACCEPT).independentCopy();
	}

	/**
	 * Where the rows of a block go.
	 *
	 * @param rows an array each; or
	 * @param block one after the other into one array,
	 * @param offset from here on,
	 * @param width samples each
	 */
	private record Destination(float[][] rows, float[] block, int offset, int width) {

		float[] array(final int row) {
			return rows == null ? block : rows[row];
		}

		int start(final int row) {
			return rows == null ? offset + row * width : 0;
		}
	}

	/** Reads the block of {@code size} whose first sample is at {@code min}. */
	void read(final long[] min, final int[] size, final RowBlock target) {
		target.resize(size);
		read(min, size, new Destination(target.rows, null, 0, size[0]));
	}

	/** Reads a block into a single array, row after row, from index {@code offset} on. */
	void read(final long[] min, final int[] size, final float[] target, final int offset) {
		read(min, size, new Destination(null, target, offset, size[0]));
	}

	private void read(final long[] min, final int[] size, final Destination target) {
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
				for (int r = 0; r < rowCount(size); r++)
					fill(target, r, size[0]);
				return;
			}
			hullMin[d] = lo;
			hullSize[d] = (int) Math.min(Integer.MAX_VALUE, hi - lo + 1);
			hull *= hullSize[d];
			block *= size[d];
		}
		if (arrays != null) readRows(map, size, target);
		else if (blocks == null || hull > WASTE * block + 4096) readSamples(map, size, target);
		else readHull(map, size, hullMin, hullSize, (int) hull, target);
	}

	private void fill(final Destination target, final int row, final int width) {
		final int start = target.start(row);
		Arrays.fill(target.array(row), start, start + width, border.value());
	}

	private static int rowCount(final int[] size) {
		int count = 1;
		for (int d = 1; d < size.length; d++)
			count *= size[d];
		return count;
	}

	private void readHull(final long[][] map, final int[] size, final long[] hullMin, final int[] hullSize, final int hull,
		final Destination target)
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

		final Stretch run = Stretch.longest(map[0]);
		final int[] position = new int[n];
		final int rows = rowCount(size);
		for (int r = 0; r < rows; r++) {
			final int offset = rowOffset(map, hullMin, hullSize, position);
			if (offset < 0) fill(target, r, size[0]);
			else convert(buffer, offset - hullMin[0], map[0], run, target.array(r), target.start(r));
			advance(position, size);
		}
	}

	private void readRows(final long[][] map, final int[] size, final Destination target) {
		final Stretch run = Stretch.longest(map[0]);
		final int[] position = new int[n];
		final long[] at = new long[n];
		final int rows = rowCount(size);
		for (int r = 0; r < rows; r++) {
			boolean inside = true;
			for (int d = 1; d < n; d++) {
				at[d] = map[d][position[d]];
				inside &= at[d] >= 0;
			}
			if (inside) {
				arrays.moveTo(at);
				convert(arrays.array(), arrays.index(), map[0], run, target.array(r), target.start(r));
			}
			else fill(target, r, size[0]);
			advance(position, size);
		}
	}

	/** Converts a row whose sample 0 lies at {@code offset}: the run at once, the rest sample by sample. */
	private void convert(final Object array, final long offset, final long[] mapX, final Stretch run, final float[] row,
		final int start)
	{
		type.toFloat(array, (int) (offset + mapX[run.first]), row, start + run.first, run.last - run.first + 1);
		for (int x = 0; x < run.first; x++)
			setSample(array, offset, mapX[x], row, start + x);
		for (int x = run.last + 1; x < mapX.length; x++)
			setSample(array, offset, mapX[x], row, start + x);
	}

	private void setSample(final Object array, final long offset, final long index, final float[] row, final int x) {
		if (index < 0) row[x] = border.value();
		else type.toFloat(array, (int) (offset + index), row, x, 1);
	}

	/** Samples of a row that are neighbours in the image too, from {@code first} to {@code last}. */
	private record Stretch(int first, int last) {

		static Stretch longest(final long[] map) {
			Stretch longest = new Stretch(0, -1);
			for (int x = 0, start = 0; x < map.length; x++) {
				if (map[x] < 0) start = x + 1;
				else if (x > start && map[x] != map[x - 1] + 1) start = x;
				if (x - start > longest.last - longest.first) longest = new Stretch(start, x);
			}
			return longest;
		}
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

	private void readSamples(final long[][] map, final int[] size, final Destination target) {
		final RandomAccess<T> access = source.randomAccess();
		final int[] position = new int[n];
		final int rows = rowCount(size);
		for (int r = 0; r < rows; r++) {
			final float[] row = target.array(r);
			final int start = target.start(r);
			boolean inside = true;
			for (int d = 1; d < n; d++) {
				final long m = map[d][position[d]];
				inside &= m >= 0;
				access.setPosition(source.min(d) + Math.max(m, 0), d);
			}
			for (int x = 0; x < map[0].length; x++) {
				if (inside && map[0][x] >= 0) {
					access.setPosition(source.min(0) + map[0][x], 0);
					row[start + x] = access.get().getRealFloat();
				}
				else row[start + x] = border.value();
			}
			advance(position, size);
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
