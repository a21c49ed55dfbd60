package io.github.convoluta.engine;

import java.util.List;

/**
 * A network that an engine has loaded with its optimiser, changed step by step. For one thread at a time; {@link #close}
 * frees its memory.
 */
public interface Trainer extends AutoCloseable {

	/** Begins the engine's random numbers anew, which dropout takes: one training at a time is repeatable. */
	void seed(long seed);

	/**
	 * One step on a batch.
	 *
	 * @return the loss before the step
	 * @throws IllegalArgumentException if the target is not of the kind that the loss wants
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	float step(Batch batch, double learningRate);

	/** Loss and result of a batch, without training. */
	BatchResult evaluate(Batch batch);

	/** Gradients of the loss with respect to every trainable array, in their order; dropout is active if training. */
	List<float[]> gradients(Batch batch, boolean training);

	/** The present weights: a copy. Variances of channels that have long been constant are tiny, but above 0. */
	Weights weights();

	/** What the optimiser remembers: a copy. */
	OptimizerState optimizerState();

	@Override
	void close();
}
