package io.github.convoluta.network;

import java.util.List;

/** What several layers check of their settings and inputs; messages say what was given and what is expected. */
final class LayerChecks {

	/** Sizes, strides, filters and the like beyond this are mistakes; products of two fit into a long. */
	static final int MOST = 1_000_000;

	private LayerChecks() {}

	/** The only input; it must have {@code dimensions} spatial axes, unless that is 0. */
	static Shape one(final List<Shape> inputs, final int dimensions) {
		if (inputs.size() != 1) throw new IllegalArgumentException("it takes one input, but has " + inputs.size());
		final Shape in = inputs.get(0);
		if (dimensions > 0 && in.dimensions() != dimensions) throw new IllegalArgumentException("it works on " + dimensions +
			"-D values, but its input is " + in + (in.dimensions() == 0 ? ", a vector" : ", which is " + in.dimensions() + "-D"));
		return in;
	}

	static void sameSpatial(final String done, final List<Shape> inputs) {
		if (inputs.size() < 2) throw new IllegalArgumentException("it takes at least two inputs, but has " + inputs.size());
		if (inputs.stream().map(Shape::spatial).distinct().count() > 1) throw new IllegalArgumentException("inputs of " +
			inputs + " differ in size and can't be " + done + ". Choose an input size that all poolings divide");
	}

	static IllegalArgumentException tooSmall(final Shape in, final String what) {
		return new IllegalArgumentException("input " + in.spatialText() + " is smaller than the " + what);
	}

	/** A result's extent along an axis. */
	static int extent(final long extent) {
		if (extent > Integer.MAX_VALUE) throw new IllegalArgumentException("its result would be " + extent + " long; at most " +
			Integer.MAX_VALUE + " are possible");
		return (int) extent;
	}

	/** Something that may not be left out. */
	static <T> T given(final String what, final T value) {
		if (value == null) throw new IllegalArgumentException(what + " is missing.");
		return value;
	}

	static void positive(final String what, final int value) {
		if (value < 1 || value > MOST) throw new IllegalArgumentException(what + " must be a whole number from 1 to " + MOST +
			", but " + value + " was given.");
	}

	/** One number per axis. */
	static List<Integer> positive(final String what, final List<Integer> values) {
		return numbers(what, values, 1);
	}

	/** As many numbers as {@code others}. */
	static List<Integer> positive(final String what, final List<Integer> values, final List<Integer> others) {
		sameLength(what, positive(what, values), others);
		return List.copyOf(values);
	}

	static List<Integer> notNegative(final String what, final List<Integer> values) {
		return numbers(what, values, 0);
	}

	private static List<Integer> numbers(final String what, final List<Integer> values, final int least) {
		if (given(what, values).isEmpty() || values.size() > 3 || values.stream().anyMatch(v -> v == null || v < least ||
			v > MOST)) throw new IllegalArgumentException(what + " must be one to three whole numbers from " + least + " to " +
				MOST + ", one per axis, but " + values + " was given.");
		return List.copyOf(values);
	}

	static void sameLength(final String what, final List<Integer> values, final List<Integer> others) {
		if (values.size() != others.size()) throw new IllegalArgumentException(what + " " + values +
			" must have as many numbers as " + others + ", one per axis.");
	}

	static void share(final String what, final double value) {
		if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(what + " must be from 0 to below 1, but " + value +
			" was given.");
	}

	static long product(final List<Integer> values) {
		return values.stream().mapToLong(v -> v).reduce(1, Math::multiplyExact);
	}
}
