package io.github.convoluta.training;

import io.github.convoluta.torch.Loss;
import io.github.convoluta.torch.Optimizer;

/**
 * How to train.
 *
 * @param epochs passes over the training samples, at least 1
 * @param batch samples per step, at least 1
 * @param learningRate largest learning rate, above 0
 * @param schedule how it changes
 * @param optimizer how weights follow gradients
 * @param loss what is made small
 * @param augmentation how training samples are changed at random
 * @param patience epochs without a better validation loss after which training ends; 0 never ends it early
 * @param seed of first weights and of the order of samples
 */
public record TrainingSettings(int epochs, int batch, double learningRate, Schedule schedule, Optimizer optimizer,
	Loss loss, Augmentation augmentation, int patience, long seed)
{

	public TrainingSettings {
		if (epochs < 1 || batch < 1 || patience < 0) throw new IllegalArgumentException(
			"Training needs at least 1 epoch and 1 sample per batch, but epochs=" + epochs + ", batch=" + batch +
				" and patience=" + patience + " were given.");
		if (!(learningRate > 0)) throw new IllegalArgumentException("The learning rate must be above 0, but " + learningRate +
			" was given.");
	}

	/** Adam with one cycle of the learning rate, cross-entropy, no early end. */
	public static TrainingSettings usual(final int epochs, final int batch, final double learningRate, final long seed) {
		return new TrainingSettings(epochs, batch, learningRate, new Schedule.OneCycle(), Optimizer.adam(), Loss.crossEntropy(),
			Augmentation.NONE, 0, seed);
	}

	/** These settings with another augmentation. */
	public TrainingSettings augmentation(final Augmentation value) {
		return new TrainingSettings(epochs, batch, learningRate, schedule, optimizer, loss, value, patience, seed);
	}
}
