package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.image.RoiClasses.RoiClass;
import io.github.convoluta.region.ConnectedComponents;
import io.github.convoluta.region.Neighbours;
import net.imglib2.img.array.ArrayImgs;

/** Regions of interest made from label images or masks, on every slice and frame. */
public final class LabelRois {

	private LabelRois() {}

	/**
	 * Regions of the labels of an image, on every slice and frame. They belong to the classes that the labels are: groups 1 to
	 * 255, with the names and colours that the image has for them; larger ones have the label as a property. Their names are
	 * that of the class, and a number.
	 *
	 * @param image labels in a single channel, such as a mask; 0 is background
	 * @param perObject whether each connected part of a label is a region of its own, or all parts of a plane together one
	 * @throws IllegalArgumentException if the image has several channels, or labels that are no classes
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public static List<Roi> of(final ImagePlus image, final boolean perObject, final Monitor monitor) {
		if (image.getNChannels() > 1 || LabelImages.areColours(image)) throw new IllegalArgumentException("\"" + image
			.getTitle() +
			"\" has colours or several channels, but labels are whole numbers in a single one. Give one of its channels (Image>Color>Split Channels).");
		final List<Roi> rois = new ArrayList<>();
		final Map<Long, String> names = LabelClasses.names(image);
		final Map<Integer, RoiClass> classes = new HashMap<>();
		final Map<Integer, Integer> counts = new HashMap<>();
		final int planes = image.getStackSize();
		for (int i = 1; i <= planes; i++) {
			monitor.progress((i - 1.0) / planes);
			final ImageProcessor plane = image.getStack().getProcessor(i).convertToFloat();
			for (final Part part : parts(plane, perObject)) {
				monitor.progress((i - 1.0) / planes);
				final int label = label(part.label(), image);
				final RoiClass of = classes.computeIfAbsent(label, l -> LabelClasses.of(image, l, names));
				final Roi roi = part.trace();
				roi.setName(of.name() + "-" + counts.merge(label, 1, Integer::sum));
				of.mark(roi);
				if (image.isHyperStack()) {
					final int[] place = image.convertIndexToPosition(i);
					roi.setPosition(0, place[1], place[2]);
				}
				else if (planes > 1) roi.setPosition(i);
				rois.add(roi);
			}
		}
		monitor.progress(1);
		return rois;
	}

	private static int label(final float value, final ImagePlus image) {
		if (value < 1 || value > RoiClasses.LARGEST || value != Math.rint(value)) throw new IllegalArgumentException("\"" + image
			.getTitle() + "\" has the value " + value + ", but labels are whole numbers from 0 to " + RoiClasses.LARGEST +
			". Is this the label image?");
		return (int) value;
	}

	/** Pixels of a plane that become one region: those of a value in a box. */
	private record Part(float label, FloatProcessor numbers, float number, Rectangle box) {

		Roi trace() {
			numbers.setRoi(box);
			final ImageProcessor cut = numbers.crop();
			cut.setThreshold(number, number, ImageProcessor.NO_LUT_UPDATE);
			final Roi roi = new ThresholdToSelection().convert(cut);
			roi.setLocation(roi.getXBase() + box.x, roi.getYBase() + box.y);
			return roi;
		}
	}

	private static List<Part> parts(final ImageProcessor plane, final boolean perObject) {
		final int w = plane.getWidth(), h = plane.getHeight();
		final float[] labels = (float[]) plane.getPixels();
		float[] numbers = labels, names = null;
		if (perObject) {
			numbers = new float[labels.length];
			// Traced regions are connected by faces: what touches in a corner only would fall apart in two.
			names = ConnectedComponents.of(ArrayImgs.floats(labels, w, h), Neighbours.FACES, Monitor.NONE).write(ArrayImgs.floats(
				numbers, w, h), 1, Monitor.NONE);
		}
		final TreeMap<Float, Rectangle> boxes = new TreeMap<>();
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w;) {
				final int from = x++;
				final float v = numbers[y * w + from];
				while (x < w && numbers[y * w + x] == v)
					x++;
				if (v == 0 || Float.isNaN(v)) continue;
				final Rectangle run = new Rectangle(from, y, x - from, 1);
				boxes.merge(v, run, Rectangle::union);
			}
		final FloatProcessor source = new FloatProcessor(w, h, numbers);
		final List<Part> parts = new ArrayList<>();
		for (final var box : boxes.entrySet())
			parts.add(new Part(names == null ? box.getKey() : names[(int) (float) box.getKey() - 1], source, box.getKey(), box
				.getValue()));
		return parts;
	}
}
