package io.github.convoluta.image;

import java.nio.file.Path;

import io.github.convoluta.engine.ByteSize;

/** A result that was computed and is in a file, but can't be shown: there is no image to go on with. */
public final class UnshownResultException extends IllegalStateException {

	private static final long serialVersionUID = 1;

	/**
	 * @param title of the result
	 * @param file where it is
	 * @param plane bytes that showing one of its planes takes
	 */
	UnshownResultException(final String title, final Path file, final double plane) {
		super(title + ": the result is in the file " + file + ". It can't be shown, because a plane takes " + new ByteSize(
			plane) + " of memory. Raise the limit in Edit>Options>Memory & Threads to open it.");
	}
}
