package io.github.convoluta.command;

import ij.ImagePlus;
import ij.WindowManager;

/** Titles of results: the input's title without its file extension, and what was done; numbered if already in use. */
final class ResultTitle {

	private ResultTitle() {}

	static String of(final ImagePlus input, final String suffix) {
		return unused(input.getTitle().replaceFirst("\\.[A-Za-z0-9]{2,4}$", "") + "-" + suffix);
	}

	static String unused(final String title) {
		return WindowManager.getImage(title) == null ? title : WindowManager.getUniqueName(title);
	}
}
