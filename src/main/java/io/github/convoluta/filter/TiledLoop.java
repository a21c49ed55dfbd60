package io.github.convoluta.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import net.imglib2.parallel.Parallelization;
import net.imglib2.parallel.TaskExecutor;

/**
 * Walks over an n-D result tile by tile on the threads of {@link Parallelization}, each with its own worker and so
 * its own buffers.
 */
final class TiledLoop {

	/** Floats in a block of input: as much as stays in a core's second-level cache. */
	private static final int BLOCK = 1 << 17;
	private static final int WIDTH = 1024;

	/** Computes tiles, one at a time, always on the same thread. */
	interface Worker {

		/**
		 * @param min first position of the tile
		 * @param size extents of the tile
		 */
		void process(long[] min, int[] size);
	}

	private TiledLoop() {}

	/**
	 * Processes every tile once.
	 *
	 * @throws java.util.concurrent.CancellationException if the monitor throws it; then some tiles are missing
	 */
	static void run(final long[] size, final int[] tile, final Monitor monitor, final Supplier<Worker> workers) {
		final int n = size.length;
		final long[] grid = new long[n];
		long count = 1;
		for (int d = 0; d < n; d++) {
			grid[d] = (size[d] + tile[d] - 1) / tile[d];
			count *= grid[d];
		}
		final long total = count;
		final AtomicLong next = new AtomicLong(), done = new AtomicLong();
		final AtomicReference<Throwable> failure = new AtomicReference<>();
		final Runnable task = () -> {
			try {
				final Worker worker = workers.get();
				final long[] min = new long[n];
				final int[] extent = new int[n];
				for (long i = next.getAndIncrement(); i < total && failure.get() == null; i = next.getAndIncrement()) {
					long rest = i;
					for (int d = 0; d < n; d++) {
						min[d] = rest % grid[d] * tile[d];
						extent[d] = (int) Math.min(tile[d], size[d] - min[d]);
						rest /= grid[d];
					}
					worker.process(min, extent);
					monitor.progress((double) done.incrementAndGet() / total);
				}
			}
			catch (final Throwable t) {
				failure.compareAndSet(null, t);
			}
		};
		final TaskExecutor executor = Parallelization.getTaskExecutor();
		final int tasks = (int) Math.min(executor.getParallelism(), total);
		if (tasks <= 1) task.run();
		else {
			final List<Runnable> all = new ArrayList<>();
			for (int i = 0; i < tasks; i++)
				all.add(task);
			executor.runAll(all);
		}
		rethrow(failure.get());
	}

	private static void rethrow(final Throwable t) {
		if (t instanceof final RuntimeException e) throw e;
		if (t instanceof final Error e) throw e;
		if (t != null) throw new IllegalStateException(t);
	}

	/**
	 * A tile for a result of {@code size} whose input block is larger by {@code halo} and coarser by {@code stride}
	 * along each axis: long rows, as much as a cache holds, and some tiles for every thread.
	 */
	static int[] tileSize(final long[] size, final int[] stride, final int[] halo) {
		final int n = size.length;
		final int[] tile = new int[n];
		java.util.Arrays.fill(tile, 1);
		tile[0] = (int) Math.min(size[0], Math.max(1, WIDTH / stride[0]));
		final int threads = Parallelization.getTaskExecutor().getParallelism();
		while (true) {
			int grow = -1;
			double worst = 0;
			for (int d = 1; d < n; d++) {
				final double overhead = (double) (halo[d] + 1) / (tile[d] * stride[d]);
				if (tile[d] < size[d] && overhead > worst) {
					worst = overhead;
					grow = d;
				}
			}
			if (grow < 0) return tile;
			final int old = tile[grow];
			tile[grow] = (int) Math.min(2L * old, size[grow]);
			double block = 1, tiles = 1;
			for (int d = 0; d < n; d++) {
				block *= (double) tile[d] * stride[d] + halo[d];
				tiles *= Math.ceil((double) size[d] / tile[d]);
			}
			final boolean tooFew = threads > 1 && tiles < 4 * threads && worst < 0.5;
			if (block > BLOCK && worst < 4 || tooFew) {
				tile[grow] = old;
				return tile;
			}
		}
	}
}
