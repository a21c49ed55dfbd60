package io.github.convoluta.torch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Keeps the program from ending while libtorch computes: its memory would be torn down under it, which crashes Java. When
 * the program ends, by itself or because the system says so, computations under way have a few seconds to finish, and no
 * new one begins: threads that want to begin one sleep until the program is gone.
 */
final class EngineGate {

	private static final int ALL = Integer.MAX_VALUE;
	private static final long PATIENCE_SECONDS = 3;
	/** Exit status of a program that a signal ends is this plus the signal's number. */
	private static final int SIGNALLED = 128;

	/** Who closes is served before those who come later. */
	private final Semaphore permits = new Semaphore(ALL, true);
	private volatile boolean closed;

	/** What libtorch is asked for. */
	@FunctionalInterface
	interface Computation<T, E extends Exception> {

		T run() throws E;
	}

	/** A gate that is closed when this program ends. */
	static EngineGate ofProcess() {
		final EngineGate gate = new EngineGate();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			if (!gate.close(PATIENCE_SECONDS, TimeUnit.SECONDS)) skipDestructors();
		}, "libtorch's end"));
		return gate;
	}

	/** Runs a computation; it must not call this method again. Never returns once the gate is closed. */
	<T, E extends Exception> T call(final Computation<T, E> computation) throws E {
		permits.acquireUninterruptibly();
		try {
			while (closed)
				LockSupport.park(this);
			return computation.run();
		}
		finally {
			permits.release();
		}
	}

	/** Lets no further computation begin, and waits for those under way; false if they go on for longer. */
	boolean close(final long time, final TimeUnit unit) {
		boolean idle = false;
		try {
			idle = permits.tryAcquire(ALL, time, unit);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		closed = true;
		return idle;
	}

	/** Has the process end without the destructors of its libraries, which would not wait for libtorch's threads. */
	private static void skipDestructors() {
		try {
			if (Platform.isLinux()) {
				// Functions registered last are called first, and this one with the exit status.
				final Function end = NativeLibrary.getInstance("c").getFunction("_exit");
				NativeLibrary.getInstance("c").getFunction("on_exit").invokeInt(new Object[] { end, null });
			}
			else if (Platform.isMac()) {
				System.err.flush();
				System.out.flush();
				Function.getFunction("c", "_exit").invokeVoid(new Object[] { status() });
			}
			// Windows ends all other threads before it calls destructors.
		}
		catch (final LinkageError e) {
			System.getLogger(EngineGate.class.getName()).log(System.Logger.Level.DEBUG, "libtorch may crash at the end", e);
		}
	}

	/** Java doesn't tell the exit status; but which signal it handles is seen from its threads. */
	private static int status() {
		for (final Thread thread : Thread.getAllStackTraces().keySet())
			switch (thread.getName()) {
				case "SIGHUP handler":
					return SIGNALLED + 1;
				case "SIGINT handler":
					return SIGNALLED + 2;
				case "SIGTERM handler":
					return SIGNALLED + 15;
				default:
					break;
			}
		return 1;
	}
}
