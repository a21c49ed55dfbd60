package io.github.convoluta.sample;

import java.util.List;

/**
 * What the axes of samples are, so that they are not mixed where that has no meaning.
 *
 * @param spacing physical extents of a pixel along each axis, x first, in any unit; above 0
 * @param time whether the last axis is time
 */
public record VoxelGeometry(List<Double> spacing, boolean time) {

	/** Axes whose spacings differ by less are alike. */
	private static final double ALIKE = 1.1;

	public VoxelGeometry {
		spacing = List.copyOf(spacing);
		if (spacing.isEmpty() || spacing.stream().anyMatch(s -> !(s > 0))) throw new IllegalArgumentException(
			"Pixel sizes must be above 0, but " + spacing + " was given.");
	}

	/** Number of axes. */
	int dimensions() {
		return spacing.size();
	}

	/** Whether samples are 1-D. */
	boolean isSignal() {
		return dimensions() == 1;
	}

	/** Whether an axis is one of space. */
	boolean isSpace(final int d) {
		return !time || d < dimensions() - 1;
	}

	/** Whether a turn by 90 degrees from one axis to another shows what a camera could see. */
	boolean canSwap(final int d, final int e) {
		final double ratio = spacing.get(d) / spacing.get(e);
		return isSpace(d) && isSpace(e) && ratio < ALIKE && ratio > 1 / ALIKE;
	}
}
