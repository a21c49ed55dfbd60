package io.github.convoluta.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

/**
 * Where regions of interest come from: the image's overlay, ImageJ's ROI Manager, or a file.
 */
public final class RoiSource {

	/** What users write for the first two. */
	public static final String OVERLAY = "overlay", MANAGER = "roi manager";

	private RoiSource() {}

	/** Whether a text means regions and not an image. */
	public static boolean isMeant(final String text) {
		final String word = text.strip().toLowerCase(Locale.ROOT);
		return word.equals(OVERLAY) || word.equals(MANAGER) || RoiFile.isNamed(word);
	}

	/**
	 * The regions that a text means.
	 *
	 * @param key that the text was given for
	 * @param image whose overlay may be meant
	 * @throws IllegalArgumentException if there are none
	 */
	public static List<Roi> find(final String key, final String text, final ImagePlus image) {
		final String word = text.strip().toLowerCase(Locale.ROOT);
		if (word.equals(OVERLAY)) {
			final Overlay overlay = image.getOverlay();
			if (overlay == null || overlay.size() == 0) throw new IllegalArgumentException(key + "=[" + text + "]: the image \"" +
				image.getTitle() + "\" has no overlay. Draw regions and add each to it with Image>Overlay>Add Selection...");
			return List.of(overlay.toArray());
		}
		if (word.equals(MANAGER)) {
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
}
