package io.github.convoluta.image;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.process.LUT;
import io.github.convoluta.training.LabelledImage;
import net.imglib2.RandomAccessibleInterval;

/** Label images: finding them, pairing them with what they label, and their colours. */
public final class LabelImages {

	/** Angle between the hues of neighbouring labels: the golden one, so that no two are alike for long. */
	private static final double HUE_STEP = 0.6180339887498949;

	private LabelImages() {}

	/**
	 * The image that a user's text means: an open one's title, or a file's path.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static ImagePlus find(final String text) {
		final String name = text.strip();
		if (name.isEmpty()) throw new IllegalArgumentException(
			"labels is empty. Give the title of an open label image, or the path of one.");
		final ImagePlus open = WindowManager.getImage(name);
		if (open != null) return open;
		try {
			if (Files.isRegularFile(Path.of(name))) {
				final ImagePlus image = IJ.openImage(name);
				if (image != null) return image;
				throw new IllegalArgumentException("The file " + name + " is no image that ImageJ can open.");
			}
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(missing(name), e);
		}
		throw new IllegalArgumentException(missing(name));
	}

	private static String missing(final String name) {
		final String[] titles = WindowManager.getImageTitles();
		return "labels=[" + name + "] is neither the title of an open image nor the path of a file. Open images: " + (titles == null ||
			titles.length == 0 ? "none" : String.join(", ", titles)) + ".";
	}

	/**
	 * Views of an image with those of its labels.
	 *
	 * @throws IllegalArgumentException if sizes differ, or the labels have colours or several channels
	 */
	public static List<LabelledImage> pair(final NetworkViews image, final ImagePlus labels) {
		if (labels.getType() == ImagePlus.COLOR_RGB || labels.getNChannels() > 1) throw new IllegalArgumentException(
			"The label image \"" + labels.getTitle() + "\" has " + (labels.getNChannels() > 1 ? labels.getNChannels() +
				" channels" : "colours") + ", but labels are whole numbers in one channel. Convert it to 8-bit.");
		final PlaneLayout a = image.image().layout();
		if (labels.getWidth() != a.width() || labels.getHeight() != a.height() || labels.getNSlices() != a.slices() || labels
			.getNFrames() != a.frames()) throw new IllegalArgumentException("The label image \"" + labels.getTitle() + "\" has " +
				size(labels.getWidth(), labels.getHeight(), labels.getNSlices(), labels.getNFrames()) + ", but the image has " + size(a
					.width(), a.height(), a.slices(), a.frames()) + ". They must be the same.");
		// Indexed colours are labels too: the index counts, not the colour.
		final ImagePlus plain = labels.getType() == ImagePlus.COLOR_256 ? grey(labels) : labels;
		final List<RandomAccessibleInterval<?>> images = image.all(), values = new NetworkViews(new SourceImage(plain, false),
			image.axes()).withoutChannels();
		final List<LabelledImage> pairs = new ArrayList<>();
		for (int i = 0; i < images.size(); i++)
			pairs.add(new LabelledImage(images.get(i), values.get(i)));
		return pairs;
	}

	private static ImagePlus grey(final ImagePlus labels) {
		final ImagePlus copy = new ImagePlus(labels.getTitle(), new ij.process.ByteProcessor(labels.getWidth(), labels
			.getHeight(), (byte[]) labels.getProcessor().getPixels()));
		copy.setCalibration(labels.getCalibration());
		return copy;
	}

	private static String size(final int w, final int h, final int z, final int t) {
		return w + "x" + h + " pixels, " + z + (z == 1 ? " slice" : " slices") + " and " + t + (t == 1 ? " frame" : " frames");
	}

	/** Black for 0, and a different colour for every other value. */
	public static LUT colours() {
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
