package io.github.convoluta.image;

/** The axes of an image along which a filter works; it is repeated over all others. */
public enum SpatialAxes {
	/** Every row is a signal. */
	X,
	/** Every plane. */
	XY,
	/** Every z-stack. */
	XYZ,
	/** Every time series of planes. */
	XYT;

	/** Number of axes, 1 to 3. */
	public int count() {
		return name().length();
	}

	/** Number of axes of the views that filters get: planes at least. */
	int viewDimensions() {
		return Math.max(2, count());
	}

	/** The smallest set of axes that holds the axis with this letter. */
	public static SpatialAxes holding(final char axis) {
		return switch (axis) {
			case 'Z' -> XYZ;
			case 'T' -> XYT;
			default -> XY;
		};
	}
}
