package io.github.convoluta.filter;

/** How far a filter reaches beyond the image along an axis, and so how large its result is. */
public enum Padding {

	/** Only where the kernel lies inside the image: {@code out = in - (kernel - 1)}. */
	VALID,
	/** One result per sample, with the kernel's origin on the sample: {@code out = in}. */
	SAME,
	/** Wherever kernel and image overlap: {@code out = in + (kernel - 1)}. */
	FULL;

	/** How many samples before the first sample of the image the first window begins. */
	long before(final int size, final int origin, final int dilation) {
		return switch (this) {
			case VALID -> 0;
			case SAME -> (long) origin * dilation;
			case FULL -> (long) (size - 1) * dilation;
		};
	}

	/** Number of results along an axis of {@code in} samples; 0 or less if the kernel does not fit. */
	long outputSize(final long in, final int size, final int stride, final int dilation) {
		final long reach = (long) (size - 1) * dilation;
		final long dense = switch (this) {
			case VALID -> in - reach;
			case SAME -> in;
			case FULL -> in + reach;
		};
		return dense <= 0 ? 0 : (dense - 1) / stride + 1;
	}
}
