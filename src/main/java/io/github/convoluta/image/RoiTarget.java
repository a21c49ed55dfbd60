package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.plugin.frame.RoiManager;

/** Where regions of interest go: the overlay of an image, ImageJ's ROI Manager, or a file. */
public final class RoiTarget {

	private RoiTarget() {}

	/**
	 * Adds regions to what a text means; a file is written anew.
	 *
	 * @param rois of the labels, whose places they have; in another image they get those of that
	 * @param key that the text was given for, for errors
	 * @param text {@code overlay}, {@code roi manager}, title of an open image whose overlay is meant, or path of a {@code .zip} or
	 *          {@code .roi} file
	 * @param image the labels, whose overlay is meant without a title
	 * @throws IllegalArgumentException if the text means nothing of that
	 * @throws UncheckedIOException if the file can't be written
	 */
	public static void put(final List<Roi> rois, final String key, final String text, final ImagePlus image) {
		final String word = text.strip().toLowerCase(Locale.ROOT);
		final ImagePlus titled = OpenImages.titled(key, text.strip());
		if (titled != null || word.equals(RoiSource.OVERLAY)) overlay(rois, titled != null ? titled : image, image);
		else if (word.equals(RoiSource.MANAGER)) manager(rois, key, text);
		else if (RoiFile.isNamed(word)) file(rois, key, text.strip());
		else throw new IllegalArgumentException(key + "=[" + text +
			"] is not known. Give overlay, roi manager, the title of an open image, or the path of a .zip file.");
	}

	private static void overlay(final List<Roi> rois, final ImagePlus image, final ImagePlus labels) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		for (final Roi roi : rois) {
			// Another image may have channels too: there the number of the plane would be another one.
			if (image.isHyperStack() && roi.getPosition() > 0) {
				final int[] place = labels.convertIndexToPosition(roi.getPosition());
				roi.setPosition(0, place[1], place[2]);
			}
			overlay.add(roi);
		}
		image.setOverlay(overlay);
	}

	private static void manager(final List<Roi> rois, final String key, final String text) {
		RoiSource.requireManager(key, text);
		final RoiManager open = RoiManager.getInstance2(), manager = open != null ? open : RoiManager.getRoiManager();
		for (final Roi roi : rois)
			manager.add((ImagePlus) null, roi, -1);
		if (!Interpreter.isBatchMode()) manager.runCommand("Show All");
	}

	private static void file(final List<Roi> rois, final String key, final String path) {
		try {
			RoiFile.write(rois, Path.of(path));
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(key + "=[" + path + "] is no path: " + e.getReason(), e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(key + "=[" + path + "]: " + e.getMessage(), e);
		}
	}
}
