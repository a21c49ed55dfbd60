package io.github.convoluta.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import ij.IJ;
import io.github.convoluta.engine.ComputingThread;
import io.github.convoluta.filter.Monitor;
import org.scijava.app.StatusService;

/**
 * Shows stage, share and time left in the status bar, at most ten times a second, and turns the Escape key into a
 * cancellation. May be called from several threads.
 */
final class CommandMonitor implements Monitor {

	private static final long INTERVAL = 100_000_000;

	private final StatusService status;
	private String stage;
	private double from;
	private long start = System.nanoTime();
	private long shown = start;

	CommandMonitor(final StatusService status, final String stage) {
		this.status = status;
		this.stage = stage;
		IJ.resetEscape();
	}

	@Override
	public void progress(final double fraction) {
		if (IJ.escapePressed()) throw new CancellationException("cancelled with Escape");
		final long now = System.nanoTime();
		final double elapsed, done;
		final String name;
		synchronized (this) {
			if (now - shown < INTERVAL) return;
			shown = now;
			elapsed = (now - start) * 1e-9;
			done = fraction - from;
			name = stage;
		}
		final long seconds = Math.round(elapsed * (1 - fraction) / done);
		status.showStatus((int) (1000 * fraction), 1000, done <= 0 ? name + "..." : name + " " + (int) (100 * fraction) +
			" %, " + (seconds < 60 ? seconds + " s" : seconds / 60 + " min") + " left");
	}

	/** Names what is being done from now on, whose time counts anew and of which nothing was done before. */
	void begin(final String now) {
		begin(now, 0);
	}

	/**
	 * Names what is being done from now on, whose time counts anew; nothing changes if that is being done already.
	 *
	 * @param fraction share of the work that was done before
	 */
	synchronized void begin(final String now, final double fraction) {
		if (stage.equals(now)) return;
		stage = now;
		from = fraction;
		start = System.nanoTime();
	}

	/** Names what is being done from now on, as a part of the same work. */
	synchronized void stage(final String now) {
		stage = now;
	}

	/** Waits for work of the engine, which may take long when that is loaded for it; Escape ends the waiting. */
	<T> T whileLoading(final Callable<T> work) {
		begin("loading the engine");
		final ComputingThread thread = new ComputingThread();
		try {
			return thread.call(work, () -> progress(0));
		}
		finally {
			thread.end(() -> {});
		}
	}

	/** Clears the status bar. */
	void done() {
		status.showStatus(1000, 1000, "");
	}
}
