package io.github.convoluta.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;

/**
 * The labels that a user's text means for an image: another image, or regions of interest that are painted.
 *
 * @param image the labels: whole numbers, indices of colours, or RGB colours
 * @param names names of classes by their values; others are called after their values
 * @param sparse whether 0 means that nothing is known there
 */
public record LabelSource(ImagePlus image, Map<Long, String> names, boolean sparse) {

	/** What keys that take labels may have as their value, for descriptions. */
	public static final String MEANING =
		"title of an open label image, or path of one; or regions of interest: overlay, roi manager, or a .roi or .zip file's path";
	/** What dialogs propose besides open images and files. */
	public static final String SUGGESTIONS = RoiSource.OVERLAY + "|" + RoiSource.MANAGER;
	/** What it means to have no class for what lies outside of all regions. */
	public static final String NONE = "none";

	public LabelSource {
		names = Map.copyOf(names);
	}

	/**
	 * The labels that a text means.
	 *
	 * @param key that the text was given for, for errors
	 * @param text title of an open image, path of an image's file, {@code overlay}, {@code roi manager}, or path of a
	 *          {@code .roi} or {@code .zip} file
	 * @param background class of all pixels that lie in no region; {@code none} or empty if nothing is known of them
	 * @param sparse whether 0 in a label image means that nothing is known
	 * @param of what is labelled; it stays as it is
	 * @param remarks hears what a user should know of the regions
	 * @throws IllegalArgumentException if there are none, or memory is short
	 */
	public static LabelSource find(final String key, final String text, final String background, final boolean sparse,
		final ImagePlus of, final Consumer<String> remarks)
	{
		final Optional<List<Roi>> rois = regions(key, text, of, remarks);
		if (rois.isPresent()) return paint(rois.get(), RoiClasses.of(rois.get(), RoiClasses.By.AUTOMATIC), background, of,
			"labels", remarks);
		if (!isNone(background)) throw new IllegalArgumentException("background=[" + background + "] is for regions, but " +
			key + "=[" + text + "] is a label image: there 0 is a class, unless sparse=true. Use background=" + NONE + ".");
		final ImagePlus found = OpenImages.partner(key, text, "label image", of);
		return new LabelSource(found, LabelClasses.names(found), sparse);
	}

	/**
	 * The regions that a text means; empty if it does not mean regions. An open image is meant by its title whatever that is.
	 *
	 * @param key that the text was given for, for errors
	 * @param of whose overlay may be meant
	 * @param remarks hears what is passed over
	 * @throws IllegalArgumentException if regions are meant, but there are none
	 */
	public static Optional<List<Roi>> regions(final String key, final String text, final ImagePlus of,
		final Consumer<String> remarks)
	{
		final String name = text.strip();
		final ImagePlus titled = OpenImages.titled(key, name);
		final boolean isImage = titled != null && titled != of;
		return !isImage && (RoiSource.isMeant(name) && !RoiFile.isNamed(name) || isFile(name)) ? Optional.of(RoiSource.find(key,
			name, of, remarks)) : Optional.empty();
	}

	private static boolean isFile(final String name) {
		try {
			return RoiFile.holdsRegions(Path.of(name));
		}
		catch (final InvalidPathException e) {
			return false;
		}
	}

	/**
	 * Regions as labels. Their class called {@code background}, or 0 if none is, is that of all pixels that lie in no region.
	 *
	 * @param classes of the regions, which may be those of many images' regions
	 * @param background name of a class; {@code none} or empty if nothing is known of pixels outside
	 * @param of what the regions were drawn on; it stays as it is
	 * @param remarks hears what a user should know of the regions
	 * @throws IllegalArgumentException if no region has a pixel inside the image, or memory is short
	 */
	public static LabelSource paint(final List<Roi> rois, final RoiClasses classes, final String background,
		final ImagePlus of, final String title, final Consumer<String> remarks)
	{
		final Map<Long, String> names = new HashMap<>();
		int outside = 0;
		for (final RoiClasses.RoiClass c : classes.classes()) {
			names.put((long) c.value(), c.name());
			if (c.name().equals(background.strip())) outside = c.value();
		}
		if (outside == 0 && !isNone(background)) names.put(0L, background.strip());
		final ImagePlus labels = RoiLabels.paint(of, rois, classes, outside, title, remarks);
		if (names.containsKey(0L)) LabelClasses.name(labels, 0, names.get(0L));
		return new LabelSource(labels, names, isNone(background));
	}

	private static boolean isNone(final String background) {
		final String name = background.strip();
		return name.isEmpty() || name.toLowerCase(Locale.ROOT).equals(NONE);
	}
}
