package io.github.convoluta.training;

import java.util.Arrays;
import java.util.Locale;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSummary;
import io.github.convoluta.torch.Processor;
import io.github.convoluta.torch.SystemMemory;

/** How many samples go into a step. */
public final class BatchSize {

	/** What the engine takes besides layers' results and their gradients. */
	private static final double OVERHEAD = 1.5;
	private static final int MOST = 64;
	/** Steps on more values than these take no less time per sample. */
	private static final long VALUES = 1 << 18;

	private BatchSize() {}

	/**
	 * A batch size: as many samples as fill a step well, at least 2, and no more than fit into half of the free memory.
	 *
	 * @param extents spatial extents of a sample, x first
	 * @param samples number of training samples; few are taken in small batches, so that an epoch has some steps
	 * @throws IllegalArgumentException if not even one sample fits; the message has the numbers
	 */
	public static int automatic(final Network network, final int samples, final int... extents) {
		return automatic(network, samples, Processor.operators().unfolds(), SystemMemory.available(), extents);
	}

	/**
	 * @param unfolds whether the engine unfolds the inputs of convolutions, which takes more memory
	 * @param free bytes
	 */
	static int automatic(final Network network, final int samples, final boolean unfolds, final long free,
		final int... extents)
	{
		final NetworkSummary summary = NetworkSummary.of(network, extents);
		long values = 1;
		for (final int e : extents)
			values *= e;
		int size = (int) Math.max(2, Math.min(MOST, VALUES / values));
		size = Math.min(size, Math.max(4, samples / 16));
		while (size > 1 && memory(summary, size, unfolds) > free / 2)
			size /= 2;
		require(network, size, unfolds, free, extents);
		return size;
	}

	/**
	 * Refuses a training that does not fit into the free memory.
	 *
	 * @throws IllegalArgumentException with the numbers
	 */
	public static void require(final Network network, final int batch, final int... extents) {
		require(network, batch, Processor.operators().unfolds(), SystemMemory.available(), extents);
	}

	private static void require(final Network network, final int batch, final boolean unfolds, final double free,
		final int... extents)
	{
		final double needed = memory(NetworkSummary.of(network, extents), batch, unfolds);
		if (needed > free) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"Training needs about %.1f GB, but only %.1f GB are free. Use a smaller patch than %s, a smaller batch than %d, or a narrower network.",
			needed / 1e9, free / 1e9, Arrays.toString(extents), batch));
	}

	private static double memory(final NetworkSummary summary, final int batch, final boolean unfolds) {
		return OVERHEAD * summary.trainingMemory(batch, unfolds);
	}
}
