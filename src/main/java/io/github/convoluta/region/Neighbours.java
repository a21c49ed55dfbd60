package io.github.convoluta.region;

/** Which pixels touch. */
public enum Neighbours {
	/** Those that share a face: 2 in 1-D, 4 in 2-D, 6 in 3-D. */
	FACES,
	/** Those that share a corner too: 2 in 1-D, 8 in 2-D, 26 in 3-D. */
	CORNERS
}
