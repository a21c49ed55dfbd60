package io.github.convoluta.filter;

import java.util.Arrays;

import io.github.convoluta.kernel.Kernel;

/**
 * Where the windows of a correlation lie: the kernel as it is slid, and per axis stride, dilation, the samples the
 * first window begins before the image, and the number of results.
 */
record WindowGeometry(Kernel kernel, int[] stride, int[] dilation, long[] before, long[] outputSize) {

	/**
	 * Windows whose origin lies on every sample, for results of the source's size; or on a margin around them too.
	 *
	 * @param axes number of first axes that have the margin
	 */
	static WindowGeometry onEverySample(final Kernel kernel, final long[] size, final int axes, final int margin) {
		final int[] ones = new int[size.length];
		Arrays.fill(ones, 1);
		final Kernel k = kernel.squeezedTo(size.length);
		final long[] before = new long[size.length];
		for (int d = 0; d < before.length; d++)
			before[d] = k.origin(d) + (d < axes ? margin : 0);
		return new WindowGeometry(k, ones, ones, before, size);
	}

	int numDimensions() {
		return stride.length;
	}

	/** Number of results. */
	double resultCount() {
		double count = 1;
		for (final long n : outputSize)
			count *= n;
		return count;
	}

	/** Samples between the first and the last tap along axis {@code d}. */
	int reach(final int d) {
		return (kernel.size(d) - 1) * dilation[d];
	}

	int[] reach() {
		final int[] reach = new int[stride.length];
		for (int d = 0; d < reach.length; d++)
			reach[d] = reach(d);
		return reach;
	}

	/** First input sample that a tile of results beginning at {@code min} needs. */
	long[] inputMin(final long[] min) {
		final long[] result = new long[min.length];
		for (int d = 0; d < min.length; d++)
			result[d] = min[d] * stride[d] - before[d];
		return result;
	}

	/** Input samples that a tile of results of {@code size} needs. */
	int[] inputSize(final int[] size) {
		final int[] result = new int[size.length];
		for (int d = 0; d < size.length; d++)
			result[d] = (size[d] - 1) * stride[d] + 1 + reach(d);
		return result;
	}

	/** Results along x before every {@code stride}-th is taken, for {@code n} that are kept. */
	int denseWidth(final int n) {
		return (n - 1) * stride[0] + 1;
	}
}
