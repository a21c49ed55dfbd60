package io.github.convoluta.host;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;

/**
 * Tells the user what went wrong, and stops the calling macro. Wrong input shows its message alone; everything else is
 * a defect and comes with the stack trace in the log.
 *
 * @param command class name of the command
 */
record FailureReport(String command) {

	/**
	 * @throws RuntimeException the one by which ImageJ stops macros, if a macro is running
	 */
	void show(final Throwable failure) {
		final String message = message(failure);
		final Interpreter interpreter = Interpreter.getInstance();
		if (interpreter != null) {
			// The interpreter's own error names the macro's line; in batch and headless runs it only logs.
			interpreter.abort(message);
			Macro.abort();
		}
		else if (IJ.getInstance() == null) {
			IJ.log(message);
			Macro.abort();
		}
		else IJ.error(title(), message);
	}

	private String message(final Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && !(cause instanceof IllegalArgumentException))
			cause = cause.getCause();
		if (cause instanceof OutOfMemoryError) return "Out of memory: " + cause.getMessage() +
			". Close images, or raise the limit in Edit>Options>Memory & Threads.";
		if (cause instanceof IllegalArgumentException || cause instanceof UncheckedIOException) return cause
			.getMessage();
		final StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		IJ.log(trace.toString());
		return "Unexpected error in " + title() + ": " + cause + ". The log has the details; please report them.";
	}

	private String title() {
		return command.substring(command.lastIndexOf('.') + 1);
	}
}
