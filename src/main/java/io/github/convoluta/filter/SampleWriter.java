package io.github.convoluta.filter;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Writes rows of floats into an image of any real type, converted as {@link SampleType} says. Positions count from
 * the image's own minimum. For one thread at a time.
 */
final class SampleWriter<R extends RealType<R>> {

	private final RandomAccessibleInterval<R> target;
	private final RandomAccess<R> access;
	private final SampleType type;
	private final RowArrays arrays;
	private final RowTarget<R> rows;
	private Object converted;
	private int room;

	SampleWriter(final RandomAccessibleInterval<R> target) {
		this.target = target;
		type = SampleType.of(target.getType());
		rows = target instanceof final RowTarget<R> t ? t : null;
		access = rows == null ? target.randomAccess() : null;
		arrays = type == SampleType.OTHER || rows != null ? null : RowArrays.of(target);
	}

	/**
	 * Writes a tile: every {@code step}-th value of the block's rows.
	 *
	 * @param size extents of the tile
	 * @param min position of its first sample
	 */
	void write(final RowBlock block, final int step, final int[] size, final long[] min) {
		final int[] position = new int[size.length];
		final long[] at = min.clone();
		final int rows = block.rowCount();
		for (int r = 0; r < rows; r++) {
			for (int d = 1; d < at.length; d++)
				at[d] = min[d] + position[d];
			write(block.rows[r], step, size[0], at);
			SampleReader.advance(position, size);
		}
	}

	/**
	 * Writes {@code n} samples along x from {@code position} on: every {@code step}-th value of {@code row}.
	 */
	void write(final float[] row, final int step, final int n, final long[] position) {
		if (arrays != null) {
			arrays.moveTo(position);
			type.fromFloat(row, step, arrays.array(), arrays.index(), n);
			return;
		}
		if (rows != null) {
			if (room < n) {
				converted = type.createArray(n);
				room = n;
			}
			type.fromFloat(row, step, converted, 0, n);
			rows.write(converted, n, position);
			return;
		}
		for (int d = 0; d < position.length; d++)
			access.setPosition(target.min(d) + position[d], d);
		for (int x = 0; x < n; x++) {
			SampleType.set(access.get(), row[x * step]);
			access.fwd(0);
		}
	}
}
