package io.github.convoluta.command;

/** The values of the key {@code axis}. */
enum AxisKey {
	X(0), Y(1), Z(2), T(2);

	private final int dimension;

	AxisKey(final int dimension) {
		this.dimension = dimension;
	}

	/** Number of the axis in the views that filters get. */
	int dimension() {
		return dimension;
	}

	char letter() {
		return name().charAt(0);
	}
}
