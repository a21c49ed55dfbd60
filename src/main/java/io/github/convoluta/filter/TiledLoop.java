package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import net.imglib2.parallel.Parallelization;

/**
 * Walks over an n-D result tile by tile on the threads of {@link Parallelization}, each with its own worker and so
 * its own buffers.
 */
final class TiledLoop {

	/** Floats in a block of input: larger ones waste less on halos, but leave the caches that cores don't share. */
	private static final int BLOCK = 1 << 19;
	private static final int WIDTH = 2048;
	/** Nanoseconds that a tile may take, so that a cancelled filter stops soon. */
	private static final double LONGEST = 5e8;

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
		runOnAllThreads(task, (int) Math.min(threads(), total));
		rethrow(failure.get());
	}

	/** As many as ImgLib2 would use; its common pool does not count the calling thread, which works too. */
	private static int threads() {
		final int parallelism = Parallelization.getTaskExecutor().getParallelism();
		return parallelism > 1 ? parallelism : Runtime.getRuntime().availableProcessors();
	}

	/**
	 * Runs a task on this thread and on up to {@code n - 1} threads of the executor, and returns when all that began are
	 * done. Tasks that the executor has not begun by then are dropped, so that a busy executor delays nothing.
	 */
	private static void runOnAllThreads(final Runnable task, final int n) {
		final Phaser running = new Phaser(1);
		final ExecutorService executor = Parallelization.getExecutorService();
		for (int i = 1; i < n; i++)
			executor.execute(() -> {
				if (running.register() < 0) return;
				try {
					task.run();
				}
				finally {
					running.arriveAndDeregister();
				}
			});
		task.run();
		running.arriveAndAwaitAdvance();
		running.forceTermination();
	}

	private static void rethrow(final Throwable t) {
		if (t instanceof final RuntimeException e) throw e;
		if (t instanceof final Error e) throw e;
		if (t != null) throw new IllegalStateException(t);
	}

	/** A tile, or a part of it that is computed in half a second at the given nanoseconds per result. */
	static int[] limited(final int[] tile, final double cost) {
		final int[] smaller = tile.clone();
		double time = cost;
		for (final int extent : tile)
			time *= extent;
		for (int d = tile.length - 1; d >= 0 && time > LONGEST; d--) {
			final int fewer = (int) Math.max(1, Math.floor(smaller[d] * LONGEST / time));
			time *= (double) fewer / smaller[d];
			smaller[d] = fewer;
		}
		return smaller;
	}

	/**
	 * A tile for a result of {@code size} whose input block is larger by {@code halo} and coarser by {@code stride}
	 * along each axis: long rows, as much as a cache holds, and some tiles for every thread.
	 */
	static int[] tileSize(final long[] size, final int[] stride, final int[] halo) {
		final int n = size.length;
		final int[] tile = new int[n];
		Arrays.fill(tile, 1);
		tile[0] = (int) Math.min(size[0], Math.max(1, WIDTH / stride[0]));
		final int threads = threads();
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
