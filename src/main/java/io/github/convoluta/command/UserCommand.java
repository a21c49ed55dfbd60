package io.github.convoluta.command;

import java.util.Optional;

import org.scijava.command.ContextCommand;

/**
 * What all commands have in common: how they end when something is wrong. Called directly, {@link #run} throws, as
 * methods do. Run by SciJava, an exception would also print its trace into the console, so that there the command is
 * cancelled with the message as its reason, unless it is a defect.
 */
public abstract class UserCommand extends ContextCommand {

	/** Attribute of a command's annotation: its place in the menu, a number; a line divides those of different tens. */
	static final String PLACE = "place";

	private boolean cancels;
	private Throwable failure;

	/** Does what the command is for; input that can't be used is refused by an exception that is written for users. */
	abstract void execute();

	/** Whether the command has a preview at all. */
	public boolean isPreviewable() {
		return false;
	}

	/** Whether a preview can be shown for the present parameters. */
	public boolean canPreview() {
		return isPreviewable();
	}

	/** What is wrong from now on ends in {@link #cancel(String)} instead of an exception. */
	final void cancelOnFailure() {
		cancels = true;
	}

	/** What the command was cancelled for, if not by the user. */
	public final Optional<Throwable> failure() {
		return Optional.ofNullable(failure);
	}

	@Override
	public final void run() {
		try {
			execute();
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			final String reason = cancels ? UserMessage.of(e).orElse(null) : null;
			if (reason == null) throw e;
			failure = e;
			cancel(reason);
		}
	}
}
