package io.github.convoluta.command;

import org.scijava.command.ContextCommand;

/**
 * What all commands have in common: how they end when something is wrong. Called directly, {@link #run} throws, as
 * methods do. Run by SciJava, an exception would also print its trace into the console, so that there the command is
 * cancelled with the message as its reason, unless it is a defect.
 */
abstract class UserCommand extends ContextCommand {

	private boolean cancels;

	/** Does what the command is for; input that can't be used is refused by an exception that is written for users. */
	abstract void execute();

	/** What is wrong from now on ends in {@link #cancel(String)} instead of an exception. */
	final void cancelOnFailure() {
		cancels = true;
	}

	@Override
	public final void run() {
		try {
			execute();
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			final String reason = cancels ? UserMessage.of(e).orElse(null) : null;
			if (reason == null) throw e;
			cancel(reason);
		}
	}
}
