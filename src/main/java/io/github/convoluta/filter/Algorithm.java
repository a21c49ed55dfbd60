package io.github.convoluta.filter;

/** A way to compute tiles of a correlation. */
interface Algorithm {

	/** Size of the tiles of results it works best on. */
	int[] tileSize();

	/** Estimated time per result, in nanoseconds on one core. */
	double cost();

	/** Begins the work of one thread. */
	Run start();

	/** The work of one thread: owns buffers. */
	interface Run {

		/**
		 * Computes one tile.
		 *
		 * @param input the samples of {@link WindowGeometry#inputSize}; not changed
		 * @param size size of the tile of results
		 * @param output receives one row per row of results; along x not yet strided: {@link WindowGeometry#denseWidth}
		 */
		void compute(RowBlock input, int[] size, RowBlock output);
	}
}
