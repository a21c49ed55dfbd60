package io.github.convoluta.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.Capabilities;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSummary;
import io.github.convoluta.network.Shape;

/** How many samples go into a step. */
public final class BatchSize {

	/** What the engine takes besides layers' results and their gradients. */
	private static final double OVERHEAD = 1.5;
	private static final int MOST = 64;
	/** Steps on more values than these take no less time per sample. */
	private static final long VALUES = 1 << 18;

	private BatchSize() {}

	/**
	 * A batch size: as many samples as fill a step well, at least 2, and no more than fit into a quarter of the machine's
	 * memory. What other programs take at the moment does not matter, so that the same seed gives the same model.
	 *
	 * @param engine what the engine can do
	 * @param extents spatial extents of a sample, x first
	 * @param samples number of training samples; few are taken in small batches, so that an epoch has some steps
	 * @throws IllegalArgumentException if that many samples do not fit into the free memory; the message has the numbers
	 */
	public static int automatic(final Capabilities engine, final Network network, final int samples, final int... extents) {
		final int size = automatic(network, samples, engine.unfolds(), SystemMemory.total() / 2, extents);
		require(network, size, engine.unfolds(), SystemMemory.available(), extents);
		return size;
	}

	/**
	 * @param unfolds whether the engine unfolds the inputs of convolutions, which takes more memory
	 * @param memory bytes, half of which may be taken
	 */
	static int automatic(final Network network, final int samples, final boolean unfolds, final long memory,
		final int... extents)
	{
		final NetworkSummary summary = NetworkSummary.of(network, extents);
		long values = 1;
		for (final int e : extents)
			values *= e;
		int size = (int) Math.max(2, Math.min(MOST, VALUES / values));
		size = Math.min(size, Math.max(4, samples / 16));
		final int least = least(network, extents);
		while (size > least && memory(summary, size, unfolds) > memory / 2.0)
			size /= 2;
		require(network, size, unfolds, memory, extents);
		return size;
	}

	/**
	 * The fewest samples that a step can learn from: 2 if a batch normalisation gets a single value per channel from each
	 * sample, because one value has no variance; otherwise 1.
	 *
	 * @throws IllegalArgumentException if an instance or group normalisation gets a single value, which it turns into 0
	 *           whatever the sample
	 */
	public static int least(final Network network, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		int least = 1;
		for (int i = 0; i < shapes.size(); i++) {
			final Layer layer = network.nodes().get(i).layer();
			final String place = "Layer " + (i + 1) + ", " + layer.kerasName(network.dimensions());
			least = Math.max(least, layer.leastBatch(shapes.get(i)).orElseThrow(() -> new IllegalArgumentException(place +
				" of \"" + network.name() +
				"\", gets a single value for each mean, so that it would give 0 whatever the sample. Use larger samples than " +
				Arrays.toString(extents) + ", norm=batch, or a network that pools less.")));
		}
		return least;
	}

	/**
	 * Refuses a training that does not fit into the free memory.
	 *
	 * @throws IllegalArgumentException with the numbers
	 */
	public static void require(final Capabilities engine, final Network network, final int batch, final int... extents) {
		require(network, batch, engine.unfolds(), SystemMemory.available(), extents);
	}

	private static void require(final Network network, final int batch, final boolean unfolds, final double free,
		final int... extents)
	{
		final double needed = memory(NetworkSummary.of(network, extents), batch, unfolds);
		if (needed > free) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"Training needs about %s, but only %s are free. Use a smaller patch than %s, a smaller batch than %d, or a narrower network.",
			new ByteSize(needed), new ByteSize(free), Arrays.toString(extents), batch));
	}

	private static double memory(final NetworkSummary summary, final int batch, final boolean unfolds) {
		return OVERHEAD * summary.trainingMemory(batch, unfolds);
	}
}
