package io.github.convoluta.image;

import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ij.ImagePlus;
import ij.process.LUT;
import io.github.convoluta.image.RoiClasses.RoiClass;

/**
 * The classes that the values of a label image mean, kept with the image and in its TIFF file: names as ImageJ's image
 * properties {@code Class 1}, {@code Class 2} and so on, colours as those in which the image is shown.
 */
final class LabelClasses {

	private static final String NAME = "Class ";

	private LabelClasses() {}

	/** Gives a label image of 8 or 16 bits the names and colours of its classes. */
	static void put(final ImagePlus labels, final List<RoiClass> classes) {
		final LUT usual = LabelImages.colours();
		final byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		usual.getReds(r);
		usual.getGreens(g);
		usual.getBlues(b);
		for (final RoiClass c : classes) {
			name(labels, c.value(), c.name());
			if (c.value() > 255) continue;
			r[c.value()] = (byte) c.colour().getRed();
			g[c.value()] = (byte) c.colour().getGreen();
			b[c.value()] = (byte) c.colour().getBlue();
		}
		labels.setLut(new LUT(r, g, b));
		labels.setDisplayRange(0, labels.getBitDepth() == 8 ? 255 : classes.stream().mapToInt(RoiClass::value).max().orElse(1));
	}

	/** Gives a value of a label image a name; one that only tells the value is not kept. */
	static void name(final ImagePlus labels, final long value, final String name) {
		labels.setProp(NAME + value, name.equals(Long.toString(value)) ? null : name);
	}

	/** The names of those values that have some. */
	static Map<Long, String> names(final ImagePlus labels) {
		final Map<Long, String> names = new HashMap<>();
		if (labels.getImageProperties() == null) return names;
		labels.getImageProperties().forEach((key, name) -> {
			if (key.toString().matches(NAME + "\\d{1,5}")) names.put(Long.parseLong(key.toString().substring(NAME.length())), name
				.toString());
		});
		return names;
	}

	/** The class that a value means: of its own name, or that of ImageJ's group, or its number; in the colour that is shown. */
	static RoiClass of(final ImagePlus labels, final int value, final Map<Long, String> names) {
		final String group = ij.gui.Roi.getGroupName(value);
		final String usual = group == null || group.isBlank() ? Integer.toString(value) : group.strip();
		return new RoiClass(value, names.getOrDefault((long) value, usual), colour(labels, value));
	}

	private static Color colour(final ImagePlus labels, final int value) {
		final LUT shown = labels.getProcessor().getLut();
		final boolean isColoured = labels.getBitDepth() == 8 && value < 256 && shown != null && !labels.getProcessor()
			.isGrayscale();
		return new Color(isColoured ? shown.getRGB(value) : LabelImages.colours().getRGB(1 + (value - 1) % 255));
	}
}
