package io.github.convoluta.image;

import ij.ImageStack;
import ij.measure.Calibration;

/** Where the planes of a result are kept while they are computed. May be used by several threads. */
sealed interface PlaneStore permits MemoryPlanes, FilePlanes {

	/** Puts {@code n} samples, an array of the store's format, from index {@code offset} of a plane on. */
	void write(int plane, int offset, Object samples, int n);

	/** A copy of {@code n} samples of a plane from index {@code offset} on, as an array of the store's format. */
	Object read(int plane, int offset, int n);

	/**
	 * All planes as a stack, when they are complete.
	 *
	 * @param title of the image
	 * @param rgb whether three 8-bit planes in turn make one in colours
	 * @param calibration of the image
	 * @throws UnshownResultException if they are in a file, and memory is too short for one of them
	 */
	ImageStack toStack(String title, boolean rgb, Calibration calibration);

	/** Gives up what was written so far. */
	void discard();
}
