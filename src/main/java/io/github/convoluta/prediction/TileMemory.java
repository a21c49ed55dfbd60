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

	/** Reorders and other scratch memory of the engine, as a factor. */
	private static final double SCRATCH = 1.25;
	/** Arrays of Java and of the binding hold fewer numbers. */
	private static final long MOST_VALUES = (1L << 29) - 16;

	/** Whether a block's numbers fit into single arrays. */
	boolean isPossible(final int[] block, final int results) {
		return volume(block) * Math.max(network.channels(), results) < MOST_VALUES;
	}

	/** Bytes outside of the Java heap: the engine's, and the buffer that it reads. */
	double engine(final int[] block) {
		return SCRATCH * NetworkSummary.of(network, block).predictionMemory(1, unfolds) + 4.0 * volume(block) * network.channels();
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
