package io.github.convoluta.network;

import java.util.List;

/** What several layers check of their settings and inputs; messages say what was given and what is expected. */
final class LayerChecks {

	private LayerChecks() {}

	/** The only input; it must have {@code dimensions} spatial axes, unless that is negative. */
	static Shape one(final List<Shape> inputs, final int dimensions) {
		if (inputs.size() != 1) throw new IllegalArgumentException("it takes one input, but has " + inputs.size());
		final Shape in = inputs.get(0);
		if (dimensions >= 0 && in.dimensions() != dimensions) throw new IllegalArgumentException("it works on " + dimensions +
			"-D values, but its input is " + in + (in.dimensions() == 0 ? ", a vector" : ", which is " + in.dimensions() + "-D"));
		return in;
	}

	static void sameSpatial(final String done, final List<Shape> inputs) {
		if (inputs.size() < 2) throw new IllegalArgumentException("it takes at least two inputs, but has " + inputs.size());
		if (inputs.stream().map(Shape::spatial).distinct().count() > 1) throw new IllegalArgumentException("inputs of " + inputs +
			" differ in size and can't be " + done + ". Choose an input size that all poolings divide");
	}

	static IllegalArgumentException tooSmall(final Shape in, final String what, final List<Integer> size) {
		return new IllegalArgumentException("input " + in.spatialText() + " is smaller than the " + what);
	}

	static List<Integer> positive(final String what, final List<Integer> values) {
		if (values.isEmpty() || values.stream().anyMatch(v -> v < 1)) throw new IllegalArgumentException(what +
			" must be whole numbers of at least 1, but " + values + " was given.");
		return List.copyOf(values);
	}

	static void share(final String what, final double value) {
		if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(what + " must be from 0 to below 1, but " + value +
			" was given.");
	}

	static long product(final List<Integer> values) {
		return values.stream().mapToLong(v -> v).reduce(1, Math::multiplyExact);
	}
}
