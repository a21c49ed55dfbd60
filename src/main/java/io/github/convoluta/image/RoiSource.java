package io.github.convoluta.image;

import java.awt.GraphicsEnvironment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.plugin.frame.RoiManager;

/**
 * Where regions of interest come from: the image's overlay, ImageJ's ROI Manager, or a file.
 */
public final class RoiSource {

	/** What users write for the first two. */
	public static final String OVERLAY = "overlay", MANAGER = "roi manager";

	/** Names that ImageJ gives to the parts of scale bars and calibration bars. */
	private static final Set<String> BARS = Set.of("|SB|", "|CB|");

	private RoiSource() {}

	/** Whether a text means regions and not an image. */
	public static boolean isMeant(final String text) {
		final String word = text.strip().toLowerCase(Locale.ROOT);
		return word.equals(OVERLAY) || word.equals(MANAGER) || RoiFile.isNamed(word);
	}

	/** Whether a region is one that was drawn: no text, no image, and neither a scale bar nor a calibration bar. */
	public static boolean isDrawn(final Roi roi) {
		return !(roi instanceof TextRoi) && !(roi instanceof ImageRoi) && (roi.getName() == null || !BARS.contains(roi
			.getName()));
	}

	/** The regions of an overlay that were drawn; an overlay may be null. */
	static List<Roi> drawn(final Overlay overlay) {
		return overlay == null ? List.of() : Stream.of(overlay.toArray()).filter(RoiSource::isDrawn).toList();
	}

	/** {@link #find(String, String, ImagePlus, Consumer)} without remarks. */
	static List<Roi> find(final String key, final String text, final ImagePlus image) {
		return find(key, text, image, remark -> {});
	}

	/**
	 * The regions that a text means; texts, images and bars among them are passed over.
	 *
	 * @param key that the text was given for
	 * @param image whose overlay may be meant
	 * @param remarks hears how many texts were passed over
	 * @throws IllegalArgumentException if there are none
	 */
	public static List<Roi> find(final String key, final String text, final ImagePlus image, final Consumer<String> remarks) {
		final List<Roi> all = all(key, text, image), drawn = all.stream().filter(RoiSource::isDrawn).toList();
		final long texts = all.stream().filter(TextRoi.class::isInstance).count();
		if (drawn.isEmpty()) throw new IllegalArgumentException(key + "=[" + text +
			"] holds texts or images, but no regions. Draw areas, lines or points, and add them.");
		if (texts > 0) remarks.accept(texts + (texts == 1 ? " text" : " texts") + " in " + key + "=[" + text +
			"] passed over: only areas, lines and points are regions.");
		return drawn;
	}

	private static List<Roi> all(final String key, final String text, final ImagePlus image) {
		final String word = text.strip().toLowerCase(Locale.ROOT);
		if (word.equals(OVERLAY)) {
			if (drawn(image.getOverlay()).isEmpty()) throw new IllegalArgumentException(key + "=[" + text + "]: the image \"" +
				image.getTitle() +
				"\" has no overlay with regions. Draw regions and add each to it with Image>Overlay>Add Selection...");
			return List.of(image.getOverlay().toArray());
		}
		if (word.equals(MANAGER)) {
			requireManager(key, text);
			final RoiManager manager = RoiManager.getInstance2();
			if (manager == null || manager.getCount() == 0) throw new IllegalArgumentException(key + "=[" + text +
				"]: there are no regions in the ROI Manager. Draw them and add each with the key t.");
			return List.of(manager.getRoisAsArray());
		}
		try {
			if (RoiFile.isNamed(word)) return RoiFile.read(Path.of(text.strip()));
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(key + "=[" + text + "] is no path: " + e.getReason(), e);
		}
		throw new IllegalArgumentException(key + "=[" + text +
			"] are no regions. Give overlay, roi manager, or the path of a .roi or .zip file.");
	}

	/** ImageJ's ROI Manager is a window, even where it does not appear. */
	static void requireManager(final String key, final String text) {
		if (GraphicsEnvironment.isHeadless()) throw new IllegalArgumentException(key + "=[" + text +
			"]: without a display ImageJ has no ROI Manager. Give overlay, or the path of a .roi or .zip file.");
	}
}
