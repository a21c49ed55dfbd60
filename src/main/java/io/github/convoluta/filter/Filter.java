package io.github.convoluta.filter;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A filter with all its settings, ready to be applied to images of any real type. Implementations are immutable, and may be
 * applied from several threads at once.
 */
public interface Filter {

	/**
	 * {@return the size of the result for an input of a given size, x first}
	 *
	 * @param inputSize extents of an image, x first
	 * @throws IllegalArgumentException if the filter can't be applied to images of that size
	 */
	default long[] outputSize(final long... inputSize) {
		return inputSize.clone();
	}

	/**
	 * {@return where the samples of the result lie along axis {@code d} of the input, which has {@code inputSize}
	 * samples}
	 *
	 * @param d axis, from 0
	 * @param inputSize samples along this axis
	 */
	default Sampling sampling(final int d, final long inputSize) {
		return Sampling.SAME;
	}

	/**
	 * {@return the memory in bytes that the filter takes besides source, target and a few tiles}
	 *
	 * @param inputSize extents of an image, x first
	 */
	default long workingMemory(final long... inputSize) {
		return 0;
	}

	/**
	 * Computes on all cores into {@code target}, whose size must be {@link #outputSize} and which must not share memory
	 * with the source. Integer targets are rounded (halves up) and clamped.
	 *
	 * @param <T> type of the source's pixels
	 * @param <R> type of the target's pixels
	 * @param source of any extents that fit, and any origin
	 * @param target as large as {@link #outputSize} says; its first sample gets the first result
	 * @param monitor hears the progress and may cancel by throwing
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	<T extends RealType<T>, R extends RealType<R>> void apply(RandomAccessibleInterval<T> source,
		RandomAccessibleInterval<R> target, Monitor monitor);

	/**
	 * Computes on all cores into {@code target}, with nobody to hear the progress.
	 *
	 * @param <T> type of the source's pixels
	 * @param <R> type of the target's pixels
	 * @param source any extents that the filter fits, and any origin
	 * @param target as large as {@link #outputSize} says; its first sample gets the first result
	 * @throws IllegalArgumentException if the filter does not fit the source, or the target has another size
	 */
	default <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<R> target)
	{
		apply(source, target, Monitor.NONE);
	}

	/**
	 * Computes on all cores into a new float image, which begins at 0.
	 *
	 * @param <T> type of the source's pixels
	 * @param source any extents that the filter fits, and any origin
	 * @return the result, of {@link #outputSize}; masks are 0 and 255
	 * @throws IllegalArgumentException if the filter does not fit the source
	 */
	default <T extends RealType<T>> Img<FloatType> apply(final RandomAccessibleInterval<T> source) {
		final long[] size = outputSize(source.dimensionsAsLongArray());
		double count = 1;
		for (final long s : size)
			count *= s;
		final Img<FloatType> target = count < Integer.MAX_VALUE - 8 ? new ArrayImgFactory<>(new FloatType()).create(size)
			: new PlanarImgFactory<>(new FloatType()).create(size);
		apply(source, target);
		return target;
	}
}
