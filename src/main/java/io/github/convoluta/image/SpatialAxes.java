package io.github.convoluta.image;

import java.util.Optional;

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
		final int others = this == XYZ ? image.getNFrames() : image.getNSlices();
		missing(image).ifPresent(what -> {
			throw new IllegalArgumentException("axes=" + this + " needs " + what + (others > 1 ? ". Use axes=" + (this == XYZ ? XYT
				: XYZ) + ", or swap the dimensions in Image>Properties." : ". Use axes=XY."));
		});
	}

	/** What the image would have to be, and what it has instead, as part of a sentence; empty if it has these axes. */
	public Optional<String> missing(final ImagePlus image) {
		final int slices = image.getNSlices(), frames = image.getNFrames();
		final String title = ", but \"" + image.getTitle() + "\" has one ";
		if (this == XYZ && slices == 1) return Optional.of("a z-stack" + title + "slice" + (frames > 1 ? " and " + frames +
			" frames" : ""));
		if (this == XYT && frames == 1) return Optional.of("a time series" + title + "frame" + (slices > 1 ? " and " + slices +
			" slices" : ""));
		return Optional.empty();
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
