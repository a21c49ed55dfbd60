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
		/** Component of the gradient. */
		X, Y, Z,
		/** Direction of the gradient in degrees; see {@link Gradient#direction}. */
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
		SOBEL, PREWITT, SCHARR, ROBERTS, GAUSSIAN, LAPLACIAN, LOG, CANNY;

		/** The results this operator can show, its usual one first. */
		public Result[] results() {
			return switch (this) {
				case LAPLACIAN, LOG -> new Result[] { Result.RESPONSE, Result.CROSSINGS };
				case CANNY -> new Result[] { Result.EDGES, Result.MAGNITUDE, Result.X, Result.Y, Result.Z, Result.DIRECTION };
				default -> new Result[] { Result.MAGNITUDE, Result.X, Result.Y, Result.Z, Result.DIRECTION };
			};
		}
	}

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

	private static String lower(final Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** Whether the result is a mask of 0 and 255. */
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
