package io.github.convoluta.training;

/** What a training shall do next. */
public enum Steering {

	/** Go on. */
	GO_ON,
	/** Wait after the step that is computed, until told otherwise. */
	PAUSE,
	/** End, and keep what was best. */
	FINISH,
	/** End, and keep nothing. */
	DISCARD;

	/** Whether the training is to end. */
	boolean ends() {
		return this == FINISH || this == DISCARD;
	}
}
