package io.github.convoluta.kernel;

/** Sampled 1-D Gaussians and their derivatives; sigma is in samples. */
public final class Gaussian {

	private Gaussian() {}

	/**
	 * {@return where a Gaussian is truncated: {@code 4 sigma}, rounded up, in samples}
	 *
	 * @param sigma standard deviation in samples, above 0
	 */
	public static int radius(final double sigma) {
		final double radius = Math.ceil(4 * sigma);
		if (radius > 2000) throw new IllegalArgumentException("A Gaussian with sigma " + sigma +
			" needs a kernel of more than 4001 samples per axis; use sigma up to 500.");
		return (int) radius;
	}

	/**
	 * {@return a sampled 1-D Gaussian of sum 1, truncated at {@code 4 sigma}}
	 *
	 * @param sigma standard deviation in samples, above 0
	 */
	public static double[] samples(final double sigma) {
		return samples(sigma, radius(sigma));
	}

	/**
	 * {@return a sampled 1-D Gaussian of sum 1 and {@code 2 * radius + 1} samples}
	 *
	 * @param sigma standard deviation in samples, above 0
	 * @param radius samples on each side of the middle
	 */
	public static double[] samples(final double sigma, final int radius) {
		final double[] g = new double[2 * radius + 1];
		double sum = 0;
		for (int i = 0; i < g.length; i++) {
			final double x = (i - radius) / sigma;
			g[i] = Math.exp(-0.5 * x * x);
			sum += g[i];
		}
		for (int i = 0; i < g.length; i++)
			g[i] /= sum;
		return g;
	}

	/**
	 * {@return a sampled first derivative of a Gaussian for correlation: its response to a ramp of slope 1 is 1} Of a
	 * Gaussian much narrower than the samples it is the difference between the neighbours.
	 *
	 * @param sigma standard deviation in samples, above 0
	 */
	public static double[] derivative(final double sigma) {
		final double[] g = samples(sigma);
		final int radius = g.length / 2;
		if (!resolved(g)) return new double[] { -0.5, 0, 0.5 };
		double moment = 0;
		for (int i = 0; i < g.length; i++) {
			final int x = i - radius;
			g[i] *= x;
			moment += g[i] * x;
		}
		for (int i = 0; i < g.length; i++)
			g[i] /= moment;
		return g;
	}

	/** Whether the samples beside the middle are numbers that can be divided by. */
	private static boolean resolved(final double[] g) {
		return g[g.length / 2 + 1] > 1e-100;
	}

	/**
	 * {@return a sampled second derivative of a Gaussian: its response to a constant is 0, and to {@code x^2 / 2} is 1}
	 * Of a Gaussian much narrower than the samples it is the second difference.
	 *
	 * @param sigma standard deviation in samples, above 0
	 */
	public static double[] secondDerivative(final double sigma) {
		final double[] g = samples(sigma);
		final int radius = g.length / 2;
		if (!resolved(g)) return new double[] { 1, -2, 1 };
		double variance = 0;
		for (int i = 0; i < g.length; i++)
			variance += g[i] * (i - radius) * (i - radius);
		double moment = 0;
		for (int i = 0; i < g.length; i++) {
			final int x = i - radius;
			g[i] *= x * x - variance;
			moment += 0.5 * g[i] * x * x;
		}
		for (int i = 0; i < g.length; i++)
			g[i] /= moment;
		return g;
	}
}
