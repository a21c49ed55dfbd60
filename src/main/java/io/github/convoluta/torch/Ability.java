package io.github.convoluta.torch;

/**
 * Whether something can be done on this machine.
 *
 * @param works whether it can
 * @param reason why not, in one line; empty if it can
 */
record Ability(boolean works, String reason) {

	static final Ability YES = new Ability(true, "");

	static Ability no(final String reason) {
		return new Ability(false, reason);
	}

	/** Tries it: whatever is thrown becomes the reason. */
	static Ability of(final Runnable trial) {
		try {
			trial.run();
			return YES;
		}
		catch (final RuntimeException | Error e) {
			return no(EngineModule.reason(e));
		}
	}

	/** {@code yes}, or {@code no: } and the reason. */
	@Override
	public String toString() {
		return works ? "yes" : "no: " + reason;
	}
}
