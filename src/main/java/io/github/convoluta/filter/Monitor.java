package io.github.convoluta.filter;

import java.util.concurrent.CancellationException;

/**
 * Hears how far a computation is and may stop it. Called from any of the computing threads, several times a second
 * on large images.
 */
@FunctionalInterface
public interface Monitor {

	/** Neither shows nor stops anything. */
	Monitor NONE = fraction -> {};

	/**
	 * Called after each finished part.
	 *
	 * @param fraction finished share of the work, from 0 to 1
	 * @throws CancellationException to stop the computation; it reaches the caller of the filter
	 */
	void progress(double fraction);

	/**
	 * {@return a monitor for part {@code i} of {@code n} equal parts of this one's work}
	 *
	 * @param i the part's number, from 0
	 * @param n number of parts
	 */
	default Monitor part(final long i, final long n) {
		return fraction -> progress((i + fraction) / n);
	}
}
