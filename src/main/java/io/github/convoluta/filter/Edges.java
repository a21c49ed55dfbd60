package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * An edge detector and what it shows, as one filter.
 *
 * @param operator how edges are found
 * @param result what is shown; see {@link Operator#results}
 * @param sigma width per axis in samples, for the operators that smooth; its length is the number of axes, 1 to 3
 * @param low lower threshold of Canny; least difference across zero crossings
 * @param high upper threshold of Canny
 * @param border what lies beyond the image
 */
public record Edges(Operator operator, Result result, double[] sigma, double low, double high, Border border) implements
	Filter
{

	/** What is shown. */
	public enum Result {
		/** Length of the gradient. */
		MAGNITUDE,
		/** Component of the gradient along x. */
		X,
		/** Component of the gradient along y. */
		Y,
		/** Component of the gradient along z, or along time. */
		Z,
		/**
		 * Direction of steepest ascent in the plane of the first two axes, in degrees from -180 to 180, counter-clockwise from x
		 * (up is +90); 0 where there is no gradient.
		 */
		DIRECTION,
		/** Second derivative. */
		RESPONSE,
		/** 255 on its zero crossings. */
		CROSSINGS,
		/** 255 on edges. */
		EDGES
	}

	/** How edges are found. */
	public enum Operator {

		/** Differences of neighbours, smoothed by 1 2 1 across. */
		SOBEL,
		/** Differences of neighbours, smoothed by 1 1 1 across. */
		PREWITT,
		/** Differences of neighbours, smoothed by 3 10 3 across. */
		SCHARR,
		/** Differences along the diagonals of 2x2 samples; for two axes. */
		ROBERTS,
		/** Derivatives of a Gaussian. */
		GAUSSIAN,
		/** Sum of second differences. */
		LAPLACIAN,
		/** Laplacian of a Gaussian (Marr and Hildreth 1980). */
		LOG,
		/** Thin edges between two thresholds after a Gaussian (Canny 1986). */
		CANNY;

		/** {@return the results this operator can show, its usual one first} */
		public Result[] results() {
			return switch (this) {
				case LAPLACIAN, LOG -> new Result[] { Result.RESPONSE, Result.CROSSINGS };
				case CANNY -> new Result[] { Result.EDGES, Result.MAGNITUDE, Result.X, Result.Y, Result.Z, Result.DIRECTION };
				default -> new Result[] { Result.MAGNITUDE, Result.X, Result.Y, Result.Z, Result.DIRECTION };
			};
		}
	}

	/**
	 * @param border what lies beyond the image
	 */
	public Edges {
		if (!Arrays.asList(operator.results()).contains(result)) throw new IllegalArgumentException("The operator " + lower(
			operator) + " can't show " + lower(result) + "; it shows " + String.join(", ", Arrays.stream(operator.results()).map(
				Edges::lower).toList()) + ".");
		for (final double s : sigma)
			if (!(s > 0)) throw new IllegalArgumentException("sigma must be above 0, but " + s + " was given.");
		final int component = "XYZ".indexOf(result.name());
		if (component >= sigma.length) throw new IllegalArgumentException("There is no component " + lower(result) + " in " +
			sigma.length + "-D; choose more axes.");
		sigma = sigma.clone();
	}

	/**
	 * {@return the edges along the first axes of an image, with the operator's usual result, sigma 1, thresholds 2 and
	 * 5, and the border replicated}
	 *
	 * @param operator how edges are found
	 * @param axes their number, 1 to 3
	 */
	public static Edges of(final Operator operator, final int axes) {
		if (axes < 1 || axes > 3) throw new IllegalArgumentException("Edges lie along 1 to 3 axes, not " + axes + ".");
		final double[] sigma = new double[axes];
		Arrays.fill(sigma, 1);
		return new Edges(operator, operator.results()[0], sigma, 2, 5, Border.REPLICATE);
	}

	/**
	 * {@return the same operator showing something else}
	 *
	 * @param value one of the operator's {@link Operator#results results}
	 * @throws IllegalArgumentException if the operator can't show it, or there is no such axis
	 */
	public Edges result(final Result value) {
		return new Edges(operator, value, sigma, low, high, border);
	}

	/**
	 * {@return these edges of an image that is smoothed by a Gaussian, by the operators that smooth}
	 *
	 * @param value width in samples, above 0: one for all axes, or one per axis, x first
	 */
	public Edges sigma(final double... value) {
		if (value.length != 1 && value.length != sigma.length) throw new IllegalArgumentException("sigma needs one number, or " +
			sigma.length + ", one per axis, but " + Arrays.toString(value) + " was given.");
		final double[] each = Arrays.copyOf(value, sigma.length);
		if (value.length == 1) Arrays.fill(each, value[0]);
		return new Edges(operator, result, each, low, high, border);
	}

	/**
	 * {@return these edges with other thresholds, in units of the response; zero crossings use the lower one alone}
	 *
	 * @param lower at least 0
	 * @param upper at least {@code lower}
	 */
	public Edges thresholds(final double lower, final double upper) {
		return new Edges(operator, result, sigma, lower, upper, border);
	}

	/**
	 * {@return these edges with another border}
	 *
	 * @param value what lies beyond the image
	 */
	public Edges border(final Border value) {
		return new Edges(operator, result, sigma, low, high, value);
	}

	/** {@return a copy of the widths per axis} */
	@Override
	public double[] sigma() {
		return sigma.clone();
	}

	private static String lower(final Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** {@return whether the result is a mask of 0 and 255} */
	public boolean isMask() {
		return result == Result.EDGES || result == Result.CROSSINGS;
	}

	@Override
	public long workingMemory(final long... inputSize) {
		return result == Result.EDGES ? Canny.memory(inputSize) : 0;
	}

	@Override
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		switch (result) {
			case RESPONSE -> laplacian().response(source, border, target, monitor);
			case CROSSINGS -> laplacian().zeroCrossings(source, border, low, target, monitor);
			case EDGES -> new Canny(gradient(), low, high).apply(source, border, target, monitor);
			case MAGNITUDE -> gradient().magnitude(source, border, target, monitor);
			case DIRECTION -> gradient().direction(source, border, target, monitor);
			default -> gradient().component(source, border, "XYZ".indexOf(result.name()), target, monitor);
		}
	}

	private Laplacian laplacian() {
		return operator == Operator.LOG ? Laplacian.ofGaussian(sigma) : Laplacian.discrete(sigma.length);
	}

	private Gradient gradient() {
		return switch (operator) {
			case SOBEL, PREWITT, SCHARR, ROBERTS -> Gradient.of(Gradient.Operator.valueOf(operator.name()), sigma.length);
			default -> Gradient.gaussian(sigma);
		};
	}
}
