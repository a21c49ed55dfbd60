package io.github.convoluta.filter;

import net.imglib2.AbstractInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A target of filters that takes whole rows in place of single samples, such as a file. It begins at 0 along every axis
 * and can't be read.
 *
 * @param <T> type of the samples, one that lies in primitive arrays
 */
public abstract class RowTarget<T extends RealType<T>> extends AbstractInterval implements RandomAccessibleInterval<T> {

	private final T pixel;

	/**
	 * @param size extents, x first
	 * @param pixel a sample of the target's type
	 */
	protected RowTarget(final long[] size, final T pixel) {
		super(size);
		this.pixel = pixel;
	}

	/**
	 * Takes samples along x. Called from several threads, for every sample once.
	 *
	 * @param samples the type's primitive array; may be used again after the call
	 * @param n how many of its first samples count
	 * @param position of the first sample
	 */
	protected abstract void write(Object samples, int n, long[] position);

	@Override
	public final T getType() {
		return pixel;
	}

	/** @throws UnsupportedOperationException always: rows are written only */
	@Override
	public final RandomAccess<T> randomAccess() {
		throw new UnsupportedOperationException("Rows are written only.");
	}

	/** @throws UnsupportedOperationException always: rows are written only */
	@Override
	public final RandomAccess<T> randomAccess(final Interval interval) {
		return randomAccess();
	}
}
