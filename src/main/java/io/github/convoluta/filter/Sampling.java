package io.github.convoluta.filter;

/**
 * Where the samples of a result lie along one axis of its input: continuous coordinate {@code x} of the result is
 * {@code x * step + shift} of the input, where sample {@code i} reaches from {@code i} to {@code i + 1}.
 */
public record Sampling(double step, double shift) {

	/** The result has the input's samples. */
	public static final Sampling SAME = new Sampling(1, 0);

	/** Sample 0 lies on input position {@code first} (may be between samples), the next {@code stride} further. */
	static Sampling of(final double first, final double stride) {
		return new Sampling(stride, first + 0.5 - stride / 2);
	}
}
