package io.github.convoluta.filter;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.NativeImg;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.cell.AbstractCellImg;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;

/**
 * Writes rows of floats into an image of any real type, converted as {@link SampleType} says. Positions count from
 * the image's own minimum. For one thread at a time.
 */
final class SampleWriter<R extends RealType<R>> {

	private final RandomAccessibleInterval<R> target;
	private final RandomAccess<R> access;
	private final SampleType type;
	private final NativeImg<?, ?> img;

	SampleWriter(final RandomAccessibleInterval<R> target) {
		this.target = target;
		access = target.randomAccess();
		type = SampleType.of(target.getType());
		img = type != SampleType.OTHER && hasWholeRows(target) ? (NativeImg<?, ?>) target : null;
	}

	/** Whether every row of the image lies in one piece in one array. */
	private static boolean hasWholeRows(final RandomAccessibleInterval<?> image) {
		if (image instanceof ArrayImg || image instanceof PlanarImg) return true;
		return image instanceof final AbstractCellImg<?, ?, ?, ?> cells && cells.getCellGrid().cellDimension(0) >= cells
			.dimension(0);
	}

	/**
	 * Writes {@code n} samples along x from {@code position} on: every {@code step}-th value of {@code row}.
	 */
	void write(final float[] row, final int step, final int n, final long[] position) {
		for (int d = 0; d < position.length; d++)
			access.setPosition(target.min(d) + position[d], d);
		if (img != null && img.update(access) instanceof final ArrayDataAccess<?> data) {
			type.fromFloat(row, step, data.getCurrentStorageArray(), ((NativeType<?>) access.get()).index().get(), n);
			return;
		}
		for (int x = 0; x < n; x++) {
			SampleType.set(access.get(), row[x * step]);
			access.fwd(0);
		}
	}
}
