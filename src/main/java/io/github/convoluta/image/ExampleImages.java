package io.github.convoluta.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import ij.ImagePlus;
import ij.io.Opener;

/** Small computed images to try things with, in the plugin's jar, so that example macros run wherever it is installed. */
public final class ExampleImages {

	/** The images; their titles are these with {@code .tif}. */
	public static final List<String> NAMES = List.of("cells", "cells-labels", "membranes", "chest", "tissue", "ct",
		"ct-labels", "ct-second", "ct-second-labels", "series", "ecg");

	private ExampleImages() {}

	/**
	 * Reads an image; it is not shown.
	 *
	 * @param name one of {@link #NAMES}
	 */
	public static ImagePlus open(final String name) {
		final String title = name + ".tif";
		try (InputStream in = ExampleImages.class.getResourceAsStream("/examples/" + title)) {
			final ImagePlus image = in == null ? null : new Opener().openTiff(in, title);
			if (image == null) throw new IllegalArgumentException("example=" + name + " is not known; allowed are " + String.join(
				", ", NAMES) + ".");
			image.setTitle(title);
			return image;
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The example image " + name + " could not be read: " + e.getMessage(), e);
		}
	}
}
