package io.github.convoluta.training;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.ComputingThread;

/**
 * Prepares batches on other threads while the engine computes. Which batch is number {@code i} depends on {@code i} alone,
 * so the order of the threads does not matter.
 */
final class BatchQueue implements AutoCloseable {

	/** How many batches are prepared ahead. */
	private static final int AHEAD = 3;

	private final IntFunction<Batch> source;
	private final int count;
	private final ExecutorService threads;
	private final Queue<Future<Batch>> waiting = new ArrayDeque<>();
	private int next;
	private long waited;

	BatchQueue(final IntFunction<Batch> source, final int count) {
		this.source = source;
		this.count = count;
		threads = Executors.newFixedThreadPool(Math.min(AHEAD, Math.max(1, Runtime.getRuntime().availableProcessors())),
			task -> {
				final Thread thread = new Thread(task, "batches");
				thread.setDaemon(true);
				return thread;
			});
	}

	/** The next batch. */
	Batch take() {
		while (waiting.size() < AHEAD && next < count) {
			final int number = next++;
			waiting.add(threads.submit(() -> source.apply(number)));
		}
		final long start = System.nanoTime();
		try {
			return waiting.remove().get();
		}
		catch (final ExecutionException e) {
			throw ComputingThread.cause(e);
		}
		catch (final InterruptedException e) {
			throw ComputingThread.interrupted();
		}
		finally {
			waited += System.nanoTime() - start;
		}
	}

	/** Seconds that were spent waiting for batches. */
	double waited() {
		return waited * 1e-9;
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}
}
