package io.github.convoluta.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;

import io.github.convoluta.file.FileProblem;

/**
 * What a failure says to the person who caused or met it. The outermost throwable that speaks to users is taken: one
 * that this program's own code made with a sentence of its own ({@link IllegalArgumentException},
 * {@link IllegalStateException}, {@link UncheckedIOException}, {@link IOException}); or one of the system's whose meaning
 * is known, such as a full disk or exhausted memory. Wrappers that only repeat their cause are passed over.
 */
public final class UserMessage {

	private static final String OWN = "io.github.convoluta.";
	private static final int DEEPEST = 50;

	private UserMessage() {}

	/**
	 * @param failure whatever was thrown, with its causes
	 * @return one or a few sentences, or empty if the failure is a defect of the program
	 */
	public static Optional<String> of(final Throwable failure) {
		Throwable t = failure;
		for (int depth = 0; t != null && depth < DEEPEST; depth++, t = t.getCause()) {
			if (isWritten(t)) return Optional.of(plain(t));
			if (t instanceof final OutOfMemoryError e) return Optional.of(memory(String.valueOf(e.getMessage())));
			if (t instanceof final InvalidPathException e) return Optional.of("The path " + e.getInput() +
				" can't be used on this system: " + e.getReason() + ". Give another path.");
			if (t instanceof final IOException e) return Optional.of(FileProblem.sentence(e));
		}
		return Optional.empty();
	}

	private static boolean isWritten(final Throwable t) {
		final boolean speaks = t instanceof IllegalArgumentException || t instanceof IllegalStateException ||
			t instanceof UncheckedIOException || t.getClass() == IOException.class;
		if (!speaks || t.getMessage() == null || t.getMessage().isBlank()) return false;
		if (t.getCause() != null && t.getMessage().equals(t.getCause().toString())) return false;
		final StackTraceElement[] trace = t.getStackTrace();
		return trace.length > 0 && trace[0].getClassName().startsWith(OWN);
	}

	/** The message, with the system's words for a file's trouble turned into plain ones. */
	private static String plain(final Throwable t) {
		String message = t.getMessage();
		Throwable cause = t.getCause();
		for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause())
			if (cause instanceof final IOException e) {
				final String tail = ": " + e.getMessage(), reason = FileProblem.reason(e);
				final String bare = message.endsWith(tail + ".") ? message.substring(0, message.length() - 1) : message;
				if (message.contains(e.toString())) message = message.replace(e.toString(), reason);
				else if (bare.endsWith(tail)) message = bare.substring(0, bare.length() - tail.length()) + ": " + reason;
				else return message;
				return message.endsWith(".") ? message : message + ".";
			}
		return message;
	}

	private static String memory(final String message) {
		if (message.contains("native thread")) return "Out of memory: the system starts no more threads (" + message +
			"). Close other programs.";
		if (message.contains("irect")) return "Out of memory outside of ImageJ's own (" + message +
			"). Close other programs, or compute less at once, for example with a smaller patch, batch or tile.";
		return "Out of memory: " + message + ". Close images, or raise the limit in Edit>Options>Memory & Threads.";
	}
}
