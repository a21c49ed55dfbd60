package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

	/** Whether the active image is one that a person sees. */
	public static boolean activeHasWindow() {
		final ImagePlus image = WindowManager.getCurrentImage();
		return image != null && image.getWindow() != null;
	}

	/** Where the active image's window stands on the screen; null if there is none. */
	public static Rectangle activeWindow() {
		return activeHasWindow() ? WindowManager.getCurrentImage().getWindow().getBounds() : null;
	}

	/** Puts the active image's window at another place. */
	public static void moveActiveWindow(final int x, final int y) {
		if (activeHasWindow()) WindowManager.getCurrentImage().getWindow().setLocation(x, y);
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
