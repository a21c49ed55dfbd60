package io.github.convoluta.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that an engine computes on, so that who waits for it need not wait to the end. */
public final class ComputingThread {

	private static final int INTERVAL = 200;

	private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "network");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Waits for a result.
	 *
	 * @param work runs on this thread
	 * @param meanwhile runs on the caller's, five times a second; what it throws ends the waiting, but not the work
	 */
	public <T> T call(final Callable<T> work, final Runnable meanwhile) {
		final Future<T> result = executor.submit(work);
		while (true)
			try {
				return result.get(INTERVAL, TimeUnit.MILLISECONDS);
			}
			catch (final TimeoutException e) {
				meanwhile.run();
			}
			catch (final ExecutionException e) {
				throw cause(e);
			}
			catch (final InterruptedException e) {
				throw interrupted();
			}
	}

	/**
	 * What work on another thread has thrown, to be thrown on this one.
	 *
	 * @throws Error if it was an error
	 */
	public static RuntimeException cause(final ExecutionException e) {
		if (e.getCause() instanceof final Error error) throw error;
		return e.getCause() instanceof final RuntimeException r ? r : new IllegalStateException(e.getCause());
	}

	/** What ends the waiting of a thread that was interrupted, which stays so. */
	public static CancellationException interrupted() {
		Thread.currentThread().interrupt();
		return new CancellationException("interrupted");
	}

	/** Ends the thread after its last work; does not wait for it. */
	public void end(final Runnable last) {
		executor.submit(last);
		executor.shutdown();
	}
}
