package io.github.convoluta.training;

import io.github.convoluta.engine.Weights;

/**
 * What a training has come to at the end of an epoch.
 *
 * @param history all epochs so far, at least one, also those before it was resumed
 * @param validation how well the weights of the last epoch did on what is kept apart
 * @param weights those of the last epoch; of the network as it is trained, see {@link ModelDraft#model}
 */
public record TrainingState(History history, Validation validation, Weights weights) {

	/** The epoch that has just ended. */
	public History.Epoch last() {
		return history.epochs().get(history.epochs().size() - 1);
	}
}
