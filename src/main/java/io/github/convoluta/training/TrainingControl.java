package io.github.convoluta.training;

import java.util.concurrent.atomic.AtomicReference;

/** Pauses a training or ends it, which is final. Safe for any threads; a {@link TrainingLoop.Listener} passes it on. */
public final class TrainingControl {

	private final AtomicReference<Steering> steering = new AtomicReference<>(Steering.GO_ON);

	/** Lets the training wait, unless it is to end already. */
	public void pause() {
		steering.compareAndSet(Steering.GO_ON, Steering.PAUSE);
	}

	/** Ends a pause. */
	public void goOn() {
		steering.compareAndSet(Steering.PAUSE, Steering.GO_ON);
	}

	/** Ends the training with what was best so far, unless it is to end already. */
	public void finish() {
		steering.updateAndGet(s -> s.ends() ? s : Steering.FINISH);
	}

	/** Ends the training without a model, also if it was to finish. */
	public void discard() {
		steering.set(Steering.DISCARD);
	}

	/** What the training shall do next. */
	public Steering steering() {
		return steering.get();
	}
}
