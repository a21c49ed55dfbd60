package io.github.convoluta.image;

import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/** The images that are open, with and without windows. */
public final class OpenImages {

	private OpenImages() {}

	/**
	 * The active image.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static ImagePlus active() {
		final ImagePlus image = WindowManager.getCurrentImage();
		if (image == null) throw new IllegalArgumentException("There is no image open. Open an image first.");
		return image;
	}

	/**
	 * The image that a macro means; of several with the same title, the active one.
	 *
	 * @param name title or ID
	 * @throws IllegalArgumentException if there is none, or several of which none is active
	 */
	public static ImagePlus named(final String key, final String name) {
		final List<ImagePlus> found = all().stream().filter(i -> isCalled(i, name)).toList();
		final ImagePlus active = WindowManager.getCurrentImage();
		if (active != null && isCalled(active, name)) return active;
		if (found.size() == 1) return found.get(0);
		throw new IllegalArgumentException(key + "=[" + name + "] " + (found.isEmpty()
			? "is neither the title nor the ID of an open image. Leave the key away to use the active image."
			: "is the title of " + found.size() + " open images. Give one of them another title, or use its ID."));
	}

	/**
	 * The open image with a title; null if there is none.
	 *
	 * @param key that the title was given for, for the error
	 * @throws IllegalArgumentException if several have the title
	 */
	public static ImagePlus titled(final String key, final String title) {
		final List<ImagePlus> found = all().stream().filter(i -> title.equals(i.getTitle())).toList();
		if (found.size() > 1) throw new IllegalArgumentException(key + "=[" + title + "] is the title of " + found.size() +
			" open images. Give one of them another title (Image>Rename...).");
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * The image that a user's text means: an open one's title, or a file's path.
	 *
	 * @param key that the text was given for, for errors
	 * @param what the image is, such as {@code label image}
	 * @param active the image that it is to go with, which it may not be itself
	 * @throws IllegalArgumentException if there is none, or several have the title
	 */
	public static ImagePlus partner(final String key, final String text, final String what, final ImagePlus active) {
		final String name = text.strip();
		if (name.isEmpty()) throw new IllegalArgumentException(key + " is empty. Give the title of an open " + what +
			", or the path of one.");
		final ImagePlus open = titled(key, name);
		if (open != null && open == active) throw new IllegalArgumentException(key + "=[" + name +
			"] is the image that is to be learnt from itself. Give the title of its " + what + ", or the path of one.");
		if (open != null) return open;
		try {
			if (Files.isRegularFile(Path.of(name))) {
				final ImagePlus image = IJ.openImage(name);
				if (image != null) return image;
				throw new IllegalArgumentException(key + "=[" + name + "]: the file is no image that ImageJ can open.");
			}
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(missing(key, name), e);
		}
		throw new IllegalArgumentException(missing(key, name));
	}

	private static String missing(final String key, final String name) {
		final List<String> titles = all().stream().map(ImagePlus::getTitle).toList();
		return key + "=[" + name + "] is neither the title of an open image nor the path of a file. Open images: " + (titles
			.isEmpty() ? "none" : String.join(", ", titles)) + ".";
	}

	/** Whether the active image is one that a person sees. */
	public static boolean activeHasWindow() {
		final ImagePlus image = WindowManager.getCurrentImage();
		return image != null && image.getWindow() != null;
	}

	/** The active image's window; null if there is none. */
	public static Window activeWindow() {
		return activeHasWindow() ? WindowManager.getCurrentImage().getWindow() : null;
	}

	private static boolean isCalled(final ImagePlus image, final String name) {
		return image.getTitle().equals(name) || Integer.toString(image.getID()).equals(name);
	}

	/** All open images in the order they were opened. */
	public static List<ImagePlus> all() {
		final int[] ids = WindowManager.getIDList();
		return ids == null ? List.of() : Arrays.stream(ids).mapToObj(WindowManager::getImage).filter(Objects::nonNull).toList();
	}
}
