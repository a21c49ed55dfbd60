package io.github.convoluta.image;

import ij.ImagePlus;

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

	/**
	 * Refuses images without these axes.
	 *
	 * @throws IllegalArgumentException saying what the image has instead
	 */
	void check(final ImagePlus image) {
		if (this == XYZ && image.getNSlices() == 1) throw new IllegalArgumentException("axes=XYZ needs a z-stack, but \"" + image
			.getTitle() + "\" has one slice" + (image.getNFrames() > 1 ? " and " + image.getNFrames() +
				" frames. Use axes=XYT, or swap the dimensions in Image>Properties." : ". Use axes=XY."));
		if (this == XYT && image.getNFrames() == 1) throw new IllegalArgumentException("axes=XYT needs a time series, but \"" + image
			.getTitle() + "\" has one frame" + (image.getNSlices() > 1 ? " and " + image.getNSlices() +
				" slices. Use axes=XYZ, or swap the dimensions in Image>Properties." : ". Use axes=XY."));
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
