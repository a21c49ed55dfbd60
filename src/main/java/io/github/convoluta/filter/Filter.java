package io.github.convoluta.filter;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** A filter with all its settings, ready to be applied to images. Implementations are immutable. */
public interface Filter {

	/**
	 * Size of the result for an input of a given size, x first.
	 *
	 * @throws IllegalArgumentException if the filter can't be applied to images of that size
	 */
	default long[] outputSize(final long... inputSize) {
		return inputSize.clone();
	}

	/** Where the samples of the result lie along axis {@code d} of the input, which has {@code inputSize} samples. */
	default Sampling sampling(final int d, final long inputSize) {
		return Sampling.SAME;
	}

	/** Memory in bytes that the filter takes besides source, target and a few tiles. */
	default long workingMemory(final long... inputSize) {
		return 0;
	}

	/**
	 * Computes on all cores into {@code target}, whose size must be {@link #outputSize} and which must not share memory
	 * with the source. Integer targets are rounded (halves up) and clamped.
	 *
	 * @param monitor hears the progress and may cancel by throwing
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	<T extends RealType<T>, R extends RealType<R>> void apply(RandomAccessibleInterval<T> source,
		RandomAccessibleInterval<R> target, Monitor monitor);
}
