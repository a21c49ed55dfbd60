package io.github.convoluta.host;

import ij.IJ;
import io.github.convoluta.command.EngineService;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;

/** The SciJava context: Fiji's own, or in plain ImageJ one that lives as long as the program. */
final class HostContext {

	private HostContext() {}

	/** Whether ImageJ runs inside Fiji (ImageJ2 with its legacy layer). */
	static boolean isFiji() {
		try {
			Class.forName("net.imagej.legacy.LegacyService", false, IJ.getClassLoader());
			return true;
		}
		catch (final ClassNotFoundException e) {
			return false;
		}
	}

	static Context get() {
		// In plain ImageJ this call would make a second context.
		if (isFiji()) return (Context) IJ.runPlugIn("org.scijava.Context", "");
		return Own.CONTEXT;
	}

	private static final class Own {

		static final Context CONTEXT = create();
		/** Kept here because the event service holds its subscribers weakly. */
		static final StatusBridge BRIDGE = new StatusBridge();

		static {
			CONTEXT.service(EventService.class).subscribe(BRIDGE);
		}

		private static Context create() {
			final Thread thread = Thread.currentThread();
			final ClassLoader before = thread.getContextClassLoader();
			// SciJava finds its services through the thread's loader, which may not know the plugins folder.
			thread.setContextClassLoader(HostContext.class.getClassLoader());
			try {
				return new Context(CommandService.class, StatusService.class, EventService.class, LogService.class,
					EngineService.class);
			}
			finally {
				thread.setContextClassLoader(before);
			}
		}
	}
}
