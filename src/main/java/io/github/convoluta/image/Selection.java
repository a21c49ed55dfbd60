package io.github.convoluta.image;

import java.awt.Rectangle;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;

/**
 * The part of an image's planes that an area selection leaves to a command.
 *
 * @param bounds the selection's bounding box, as far as it lies inside the image; not empty
 * @param mask which pixels of the whole box are selected; null for all
 * @param x left end of the mask
 * @param y upper end of the mask
 */
record Selection(Rectangle bounds, ImageProcessor mask, int x, int y) {

	/**
	 * The area selection of an image, or null if there is none; lines and points don't count.
	 *
	 * @throws IllegalArgumentException if no selected pixel lies inside the image
	 */
	static Selection of(final ImagePlus image) {
		final Roi roi = image.getRoi();
		if (roi == null || !roi.isArea()) return null;
		final Rectangle whole = roi.getBounds(), inside = whole.intersection(new Rectangle(image.getWidth(), image.getHeight()));
		final Selection selection = new Selection(inside, roi.getMask(), whole.x, whole.y);
		if (!selection.hasPixels()) throw new IllegalArgumentException("The selection lies wholly outside the image \"" + image
			.getTitle() + "\" of " + image.getWidth() + "x" + image.getHeight() +
			" pixels. Move it into the image, or remove it (Edit>Selection>Select None).");
		return selection;
	}

	/** Whether a pixel is selected. */
	boolean contains(final int px, final int py) {
		return bounds.contains(px, py) && (mask == null || mask.get(px - x, py - y) != 0);
	}

	private boolean hasPixels() {
		if (mask == null) return !bounds.isEmpty();
		for (int py = bounds.y; py < bounds.y + bounds.height; py++)
			for (int px = bounds.x; px < bounds.x + bounds.width; px++)
				if (contains(px, py)) return true;
		return false;
	}
}
