package io.github.convoluta.image;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.process.LUT;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.sample.LabelledImage;
import net.imglib2.RandomAccessibleInterval;

/** Label images: pairing them with what they label, and their colours. */
public final class LabelImages {

	/** Angle between the hues of neighbouring labels: the golden one, so that no two are alike for long. */
	private static final double HUE_STEP = 0.6180339887498949;

	private LabelImages() {}

	/** Whether an image's labels are its colours: RGB. The labels of indexed colours are the indices. */
	public static boolean areColours(final ImagePlus labels) {
		return labels.getType() == ImagePlus.COLOR_RGB;
	}

	/**
	 * Views of an image with those of its labels: calibrated values, indices of indexed colours, or RGB colours as numbers
	 * 0xRRGGBB.
	 *
	 * @throws IllegalArgumentException if sizes differ, or the labels have several channels
	 */
	public static List<LabelledImage> pair(final NetworkViews image, final ImagePlus labels) {
		if (labels.getNChannels() > 1) throw new IllegalArgumentException("The label image \"" + labels.getTitle() + "\" has " +
			labels.getNChannels() + " channels, but labels are whole numbers or RGB colours in a single one. " +
			"Give one of its channels (Image>Color>Split Channels).");
		requireSameSize(image, labels, "label image");
		return pairs(image, new NetworkViews(SourceImage.ofLabels(labels), image.axes()).withoutChannels());
	}

	/** Each view of an image with what belongs to it. */
	static List<LabelledImage> pairs(final NetworkViews image, final List<RandomAccessibleInterval<?>> values) {
		final List<RandomAccessibleInterval<?>> images = image.all();
		final List<LabelledImage> pairs = new ArrayList<>();
		for (int i = 0; i < images.size(); i++)
			pairs.add(new LabelledImage(images.get(i), values.get(i), image.name(i)));
		return pairs;
	}

	/** Refuses an image to go with another one that has not its size; channels may differ. */
	static void requireSameSize(final NetworkViews image, final ImagePlus other, final String what) {
		final PlaneLayout a = image.image().layout();
		if (other.getWidth() != a.width() || other.getHeight() != a.height() || other.getNSlices() != a.slices() || other
			.getNFrames() != a.frames()) throw new IllegalArgumentException("The " + what + " \"" + other.getTitle() + "\" has " +
				size(other.getWidth(), other.getHeight(), other.getNSlices(), other.getNFrames()) + ", but the image has " + size(a
					.width(), a.height(), a.slices(), a.frames()) + ". They must be the same.");
	}

	private static String size(final int w, final int h, final int z, final int t) {
		return w + "x" + h + " pixels, " + z + (z == 1 ? " slice" : " slices") + " and " + t + (t == 1 ? " frame" : " frames");
	}

	/** {@link #colours()}, but that classes called by a colour such as #ff0000 have that. */
	static LUT colours(final List<String> classes, final LabelValues values) {
		final LUT usual = colours();
		final byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		usual.getReds(r);
		usual.getGreens(g);
		usual.getBlues(b);
		for (int c = 0; c < classes.size(); c++) {
			final float value = values.values().get(c);
			if (value < 0 || value > 255 || !classes.get(c).matches("#[0-9a-f]{6}")) continue;
			final int rgb = Integer.parseInt(classes.get(c).substring(1), 16);
			r[(int) value] = (byte) (rgb >> 16);
			g[(int) value] = (byte) (rgb >> 8);
			b[(int) value] = (byte) rgb;
		}
		return new LUT(r, g, b);
	}

	/** Black for 0, and a different colour for every other value. */
	static LUT colours() {
		final byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		for (int i = 1; i < 256; i++) {
			final Color c = Color.getHSBColor((float) (0.02 + i * HUE_STEP % 1), i % 3 == 2 ? 0.55f : 0.9f, i % 2 == 0 ? 0.8f : 1);
			r[i] = (byte) c.getRed();
			g[i] = (byte) c.getGreen();
			b[i] = (byte) c.getBlue();
		}
		return new LUT(r, g, b);
	}
}
