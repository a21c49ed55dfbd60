package io.github.convoluta.image;

import java.util.Arrays;
import java.util.function.IntFunction;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;

/** Makes ImgLib2 views whose cells are planes, without copying. */
final class PlaneViews {

	private PlaneViews() {}

	/**
	 * A view of planes as one image of {@code size}, whose first two axes are the plane's.
	 *
	 * @param arrays gives the samples of plane {@code i} of the view; called from several threads
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	static RandomAccessibleInterval<?> view(final SampleFormat format, final long[] size, final IntFunction<Object> arrays) {
		final int[] cell = new int[size.length];
		Arrays.fill(cell, 1);
		cell[0] = (int) size[0];
		cell[1] = (int) size[1];
		final LazyCellImg.Get get = index -> {
			final long[] min = new long[size.length];
			long rest = index;
			for (int d = 2; d < size.length; d++) {
				min[d] = rest % size[d];
				rest /= size[d];
			}
			return new Cell(cell, min, format.access(arrays.apply((int) index)));
		};
		return new LazyCellImg(new CellGrid(size, cell), format.pixel(), get);
	}
}
