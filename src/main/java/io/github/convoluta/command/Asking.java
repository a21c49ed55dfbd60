package io.github.convoluta.command;

/** A command that asks before it does what can't be undone, if its values come from a dialog and not from a macro. */
public interface Asking {

	/** Told by the host before the command runs: a person has filled a dialog, and can be asked. */
	void mayAsk();
}
