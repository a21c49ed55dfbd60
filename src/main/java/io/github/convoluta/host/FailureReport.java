package io.github.convoluta.host;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import io.github.convoluta.command.UserMessage;

/**
 * Tells the user what went wrong, and stops the calling macro. What was written for users is shown alone; everything
 * else is a defect and comes with the stack trace in the log.
 *
 * @param command the command as it stands in the menu
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

	/** What the user reads. */
	String message(final Throwable failure) {
		final Optional<String> written = UserMessage.of(failure);
		if (written.isPresent()) return written.get();
		final StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		IJ.log(trace.toString());
		Throwable root = failure;
		while (root.getCause() != null)
			root = root.getCause();
		return "Unexpected error in " + title() + ": " + root + ". The log has the details; please report them.";
	}

	/** The menu's dots say that a dialog comes; they are not part of the name. */
	String title() {
		return command.endsWith("...") ? command.substring(0, command.length() - 3) : command;
	}
}
