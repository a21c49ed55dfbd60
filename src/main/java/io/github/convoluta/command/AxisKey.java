package io.github.convoluta.command;

import ij.ImagePlus;
import io.github.convoluta.image.SpatialAxes;

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

	/**
	 * The axes of the views that hold this one.
	 *
	 * @throws IllegalArgumentException if the image lacks it
	 */
	SpatialAxes within(final ImagePlus image) {
		final SpatialAxes axes = SpatialAxes.holding(name().charAt(0));
		axes.missing(image).ifPresent(what -> {
			throw new IllegalArgumentException("axis=" + this + " needs " + what + ".");
		});
		return axes;
	}
}
