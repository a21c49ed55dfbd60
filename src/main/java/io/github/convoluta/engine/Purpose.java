package io.github.convoluta.engine;

/** What a network is loaded for. */
public enum Purpose {
	TRAINING, PREDICTION
}
