package io.github.convoluta.network;

/**
 * Input samples between neighbouring results along an axis, as a fraction in lowest terms.
 *
 * @param inputs so many input samples
 * @param results give so many results
 */
public record Ratio(long inputs, long results) {

	public static final Ratio ONE = new Ratio(1, 1);

	public Ratio {
		final long divisor = divisor(inputs, results);
		inputs /= divisor;
		results /= divisor;
	}

	/**
	 * The ratio of a layer with the ratio {@code next} behind one with this.
	 *
	 * @throws ArithmeticException if numbers overflow
	 */
	Ratio times(final Ratio next) {
		final long a = divisor(inputs, next.results), b = divisor(next.inputs, results);
		return new Ratio(Math.multiplyExact(inputs / a, next.inputs / b), Math.multiplyExact(results / b, next.results / a));
	}

	/** So many results as input samples, rounded up. */
	long inputs(final long count) {
		return -Math.floorDiv(-count * inputs, results);
	}

	/** The greatest common divisor of positive numbers. */
	static long divisor(final long a, final long b) {
		return b == 0 ? a : divisor(b, a % b);
	}
}
