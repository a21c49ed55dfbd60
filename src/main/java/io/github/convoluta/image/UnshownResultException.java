package io.github.convoluta.image;

import java.nio.file.Path;
import java.util.Locale;

/** A result that was computed and is in a file, but can't be shown: there is no image to go on with. */
public final class UnshownResultException extends IllegalStateException {

	private static final long serialVersionUID = 1;
	private static final double MEBIBYTE = 1 << 20;

	/**
	 * @param title of the result
	 * @param file where it is
	 * @param plane bytes that showing one of its planes takes
	 */
	UnshownResultException(final String title, final Path file, final double plane) {
		super(String.format(Locale.ROOT,
			"%s: the result is in the file %s. It can't be shown, because a plane takes %.0f MiB of memory. Raise the limit in Edit>Options>Memory & Threads to open it.",
			title, file, plane / MEBIBYTE));
	}
}
