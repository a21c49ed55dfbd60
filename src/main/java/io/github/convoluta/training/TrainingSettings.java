package io.github.convoluta.training;

import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.sample.Augmentation;

/**
 * How to train.
 *
 * @param epochs passes over the training samples, at least 1
 * @param batch samples per step, at least 1
 * @param learningRate largest learning rate, above 0
 * @param schedule how it changes
 * @param method loss, optimiser, gradient clipping, precision and device
 * @param augmentation how training samples are changed at random
 * @param patience epochs without a better validation loss after which training ends; 0 never ends it early
 * @param seed of first weights, the order of samples, and all else that is random
 */
public record TrainingSettings(int epochs, int batch, double learningRate, Schedule schedule, TrainingMethod method,
	Augmentation augmentation, int patience, long seed)
{

	public TrainingSettings {
		if (epochs < 1 || batch < 1 || patience < 0) throw new IllegalArgumentException(
			"Training needs at least 1 epoch and 1 sample per batch, but epochs=" + epochs + ", batch=" + batch +
				" and patience=" + patience + " were given.");
		if (!(learningRate > 0)) throw new IllegalArgumentException("The learning rate must be above 0, but " + learningRate +
			" was given.");
	}

	/** Adam with one cycle of the learning rate, cross-entropy, 32 bits, no early end. */
	public static TrainingSettings usual(final int epochs, final int batch, final double learningRate, final long seed) {
		return new TrainingSettings(epochs, batch, learningRate, new Schedule.OneCycle(), new TrainingMethod(Loss.crossEntropy(),
			Optimizer.adam()), Augmentation.NONE, 0, seed);
	}

	/** These settings with another augmentation. */
	public TrainingSettings with(final Augmentation value) {
		return new TrainingSettings(epochs, batch, learningRate, schedule, method, value, patience, seed);
	}

	/** These settings with another loss, optimiser, clipping, precision and device. */
	public TrainingSettings with(final TrainingMethod value) {
		return new TrainingSettings(epochs, batch, learningRate, schedule, value, augmentation, patience, seed);
	}
}
