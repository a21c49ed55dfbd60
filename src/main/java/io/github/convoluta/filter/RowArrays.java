package io.github.convoluta.filter;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessible;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.NativeImg;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.cell.AbstractCellImg;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.transform.integer.MixedTransform;
import net.imglib2.type.NativeType;
import net.imglib2.view.IntervalView;
import net.imglib2.view.MixedTransformView;

/**
 * Reaches the primitive arrays behind an image whose rows each lie in one piece, or behind a view (slices, added axes,
 * translations) whose rows are rows of such an image. Positions count from the view's own minimum. For one thread at a
 * time.
 */
final class RowArrays {

	private final NativeImg<?, ?> img;
	private final RandomAccess<?> access;
	private final MixedTransform toImg;
	private final long[] viewMin, viewPosition, position;

	private RowArrays(final NativeImg<?, ?> img, final MixedTransform toImg, final long[] viewMin) {
		this.img = img;
		this.toImg = toImg;
		this.viewMin = viewMin;
		access = img.randomAccess();
		viewPosition = new long[viewMin.length];
		position = new long[img.numDimensions()];
	}

	/** Access to the rows of an image, or null if they can't be reached as arrays. */
	static RowArrays of(final RandomAccessibleInterval<?> image) {
		MixedTransform toImg = new MixedTransform(image.numDimensions(), image.numDimensions());
		RandomAccessible<?> source = image;
		while (true) {
			if (source instanceof final IntervalView<?> view) source = view.getSource();
			else if (source instanceof final MixedTransformView<?> view) {
				toImg = view.getTransformToSource().concatenate(toImg);
				source = view.getSource();
			}
			else break;
		}
		final boolean wholeRows = source instanceof ArrayImg || source instanceof PlanarImg ||
			source instanceof final AbstractCellImg<?, ?, ?, ?> cells && cells.getCellGrid().cellDimension(0) >= cells.dimension(
				0);
		if (!wholeRows || !keepsRows(toImg)) return null;
		final RowArrays rows = new RowArrays((NativeImg<?, ?>) source, toImg, image.minAsLongArray());
		rows.moveTo(new long[image.numDimensions()]);
		return rows.array() == null ? null : rows;
	}

	/** Whether a step along x, and no other, is a step along the image's x. */
	private static boolean keepsRows(final MixedTransform t) {
		for (int d = 0; d < t.numTargetDimensions(); d++) {
			final boolean isX = !t.getComponentZero(d) && t.getComponentMapping(d) == 0;
			if (isX != (d == 0) || isX && t.getComponentInversion(d)) return false;
		}
		return true;
	}

	/** Moves to a sample. */
	void moveTo(final long[] at) {
		for (int d = 0; d < viewMin.length; d++)
			viewPosition[d] = viewMin[d] + at[d];
		toImg.apply(viewPosition, position);
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
