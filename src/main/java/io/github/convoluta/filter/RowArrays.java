package io.github.convoluta.filter;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.NativeImg;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.cell.AbstractCellImg;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;

/**
 * Reaches the primitive arrays behind an image whose rows each lie in one piece. For one thread at a time.
 */
final class RowArrays {

	private final NativeImg<?, ?> img;
	private final RandomAccess<?> access;

	private RowArrays(final NativeImg<?, ?> img) {
		this.img = img;
		access = img.randomAccess();
	}

	/** Access to the rows of an image, or null if they can't be reached as arrays. */
	static RowArrays of(final RandomAccessibleInterval<?> image) {
		final boolean wholeRows = image instanceof ArrayImg || image instanceof PlanarImg ||
			image instanceof final AbstractCellImg<?, ?, ?, ?> cells && cells.getCellGrid().cellDimension(0) >= cells.dimension(
				0);
		if (!wholeRows) return null;
		final RowArrays rows = new RowArrays((NativeImg<?, ?>) image);
		return rows.array() == null ? null : rows;
	}

	/** Moves to a sample. */
	void moveTo(final long[] position) {
		access.setPosition(position);
	}

	/** The array that holds the row, or null. */
	Object array() {
		return img.update(access) instanceof final ArrayDataAccess<?> data ? data.getCurrentStorageArray() : null;
	}

	/** Index of the sample in {@link #array}. */
	int index() {
		return ((NativeType<?>) access.get()).index().get();
	}
}
