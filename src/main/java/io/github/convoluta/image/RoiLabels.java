package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.FloatPolygon;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.image.RoiClasses.RoiClass;

/**
 * Label images painted from regions of interest: areas are filled, lines are as wide as they were drawn, points are single
 * pixels. A region that belongs to a slice or frame is painted there, others everywhere; of regions that overlap the last
 * one is seen.
 */
public final class RoiLabels {

	private RoiLabels() {}

	/**
	 * Paints regions.
	 *
	 * @param image that the regions were drawn on; it stays as it is
	 * @param classes of the regions
	 * @param outside value of pixels in no region
	 * @param remarks hears of regions that hide each other
	 * @return labels of the image's width, height, slices and frames, in a single channel, with its calibration, in the
	 *         classes' colours and with their names; 8-bit, or 16-bit for values above 255
	 * @throws IllegalArgumentException if memory is short, or no region has a pixel inside the image
	 */
	public static ImagePlus paint(final ImagePlus image, final List<Roi> rois, final RoiClasses classes, final int outside,
		final String title, final Consumer<String> remarks)
	{
		final int w = image.getWidth(), h = image.getHeight(), slices = image.getNSlices(), frames = image.getNFrames();
		final int largest = classes.classes().stream().mapToInt(RoiClass::value).max().orElse(0);
		MemoryCheck.require("The label image", (double) w * h * slices * frames * (largest > 255 ? 2 : 1));
		final ImageStack stack = new ImageStack(w, h);
		final long[] hidden = new long[1];
		boolean hasPixels = false;
		for (int t = 1; t <= frames; t++)
			for (int z = 1; z <= slices; z++) {
				final ImageProcessor plane = largest > 255 ? new ShortProcessor(w, h) : new ByteProcessor(w, h);
				for (int i = 0; i < rois.size(); i++) {
					final int value = classes.value(i);
					hasPixels |= paint(plane, rois.get(i), image, z, t, p -> {
						if (plane.get(p) != 0 && plane.get(p) != value) hidden[0]++;
						plane.set(p, value);
					});
				}
				if (outside > 0) for (int p = 0; p < plane.getPixelCount(); p++)
					if (plane.get(p) == 0) plane.set(p, outside);
				stack.addSlice(image.getStack().getSliceLabel(image.getStackIndex(1, z, t)), plane);
			}
		if (!hasPixels) throw new IllegalArgumentException("None of the " + rois.size() +
			" regions has a pixel inside the image \"" + image.getTitle() + "\" of " + w + "x" + h + " pixels, " + slices +
			" slices and " + frames + " frames. Do they belong to another image?");
		if (hidden[0] > 0) remarks.accept("Regions of different classes overlap in " + hidden[0] + (hidden[0] == 1 ? " pixel"
			: " pixels") + " of \"" + image.getTitle() + "\": there the last one counts.");
		final ImagePlus labels = new ImagePlus(title, stack);
		labels.setDimensions(1, slices, frames);
		labels.setOpenAsHyperStack(slices > 1 && frames > 1);
		labels.setCalibration(image.getCalibration().copy());
		// A calibration function would change the labels.
		labels.getCalibration().disableDensityCalibration();
		LabelClasses.put(labels, classes.classes());
		return labels;
	}

	/** Paints a region where it belongs to a slice and frame of the image; whether it has a pixel there. */
	static boolean paint(final ImageProcessor plane, final Roi roi, final int value, final ImagePlus image, final int z,
		final int t)
	{
		return paint(plane, roi, image, z, t, p -> plane.set(p, value));
	}

	private static boolean paint(final ImageProcessor plane, final Roi roi, final ImagePlus image, final int z, final int t,
		final IntConsumer pixel)
	{
		if (!isOn(roi, image, z, t)) return false;
		if (roi instanceof final PointRoi points) return dot(plane, points, image, z, t, pixel);
		if (roi.isLine() && roi.getStrokeWidth() <= 1) return trace(plane, roi, pixel);
		return fill(plane, roi.isLine() ? Roi.convertLineToArea(roi) : roi, pixel);
	}

	/** Whether a region belongs to a slice and frame; of points that know their own slices, any may. */
	static boolean isOn(final Roi roi, final ImagePlus image, final int z, final int t) {
		return roi.hasHyperStackPosition() ? isAt(roi.getZPosition(), z) && isAt(roi.getTPosition(), t) : isOn(roi.getPosition(),
			image, z, t);
	}

	/** A position of 0 means everywhere. */
	private static boolean isAt(final int position, final int place) {
		return position == 0 || position == place;
	}

	/** Whether a number in the stack is of this slice and frame, whatever the channel; 0 is everywhere, and below it points know themselves. */
	private static boolean isOn(final int index, final ImagePlus image, final int z, final int t) {
		if (index <= 0 || image.getStackSize() == 1) return true;
		if (index > image.getStackSize()) return false;
		final int[] place = image.convertIndexToPosition(index);
		return place[1] == z && place[2] == t;
	}

	/** The pixels that points lie in; in stacks each can have a position of its own. */
	private static boolean dot(final ImageProcessor plane, final PointRoi points, final ImagePlus image, final int z,
		final int t, final IntConsumer pixel)
	{
		final FloatPolygon places = points.getFloatPolygon();
		boolean isInside = false;
		for (int i = 0; i < places.npoints; i++)
			if (isOn(points.getPointPosition(i), image, z, t)) isInside |= set(plane, (int) Math.floor(places.xpoints[i]),
				(int) Math.floor(places.ypoints[i]), pixel);
		return isInside;
	}

	private static boolean fill(final ImageProcessor plane, final Roi area, final IntConsumer pixel) {
		final Rectangle box = area.getBounds(), inside = box.intersection(new Rectangle(plane.getWidth(), plane.getHeight()));
		final ImageProcessor mask = area.getMask();
		boolean hasPixels = false;
		for (int y = inside.y; y < inside.y + inside.height; y++)
			for (int x = inside.x; x < inside.x + inside.width; x++)
				if (mask == null || mask.get(x - box.x, y - box.y) != 0) hasPixels |= set(plane, x, y, pixel);
		return hasPixels;
	}

	/** A line one pixel wide. */
	private static boolean trace(final ImageProcessor plane, final Roi line, final IntConsumer pixel) {
		final ByteProcessor drawn = new ByteProcessor(plane.getWidth(), plane.getHeight());
		drawn.setValue(255);
		drawn.setLineWidth(1);
		line.drawPixels(drawn);
		boolean hasPixels = false;
		for (int i = 0; i < drawn.getPixelCount(); i++)
			if (drawn.get(i) != 0) {
				pixel.accept(i);
				hasPixels = true;
			}
		return hasPixels;
	}

	private static boolean set(final ImageProcessor plane, final int x, final int y, final IntConsumer pixel) {
		if (x < 0 || y < 0 || x >= plane.getWidth() || y >= plane.getHeight()) return false;
		pixel.accept(y * plane.getWidth() + x);
		return true;
	}
}
