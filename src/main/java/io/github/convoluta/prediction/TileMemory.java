package io.github.convoluta.prediction;

import java.util.Arrays;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSummary;

/**
 * What predicting one block takes.
 *
 * @param network the network
 * @param unfolds whether the engine's convolutions copy their windows
 * @param flips whether predictions of flipped blocks are averaged
 */
record TileMemory(Network network, boolean unfolds, boolean flips) {

	/**
	 * What the engine takes for a layer's numbers, as a factor: copies in another order, and holes between what is in use. A
	 * quarter to all of the estimate was measured to be taken, by deep networks the most.
	 */
	private static final double SCRATCH = 2.75;
	/** Arrays of Java and of the binding hold fewer numbers. */
	private static final long MOST_VALUES = (1L << 29) - 16;

	/** Whether a block's numbers fit into single arrays. */
	boolean isPossible(final int[] block, final int results) {
		return volume(block) * Math.max(network.channels(), results) < MOST_VALUES;
	}

	/** Bytes outside of the Java heap: the engine's, and the buffer that it reads. */
	double engine(final int[] block) {
		final NetworkSummary summary = NetworkSummary.of(network, block);
		final double plain = summary.predictionMemory(1, false), unfolded = unfolds ? summary.predictionMemory(1, true) - plain
			: 0;
		return SCRATCH * plain + unfolded + 4.0 * volume(block) * network.channels();
	}

	/** Bytes of the Java heap: what is read, what comes back, and what labels are decided with. */
	double heap(final int[] block, final int results) {
		final int inputs = network.channels() * (flips ? 2 : 1), outputs = results * (flips ? 3 : 1);
		return 4.0 * volume(block) * (inputs + outputs + 2);
	}

	private static double volume(final int[] block) {
		return Arrays.stream(block).asDoubleStream().reduce(1, (a, b) -> a * b);
	}
}
