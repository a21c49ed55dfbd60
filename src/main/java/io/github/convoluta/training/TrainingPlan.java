package io.github.convoluta.training;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;

/**
 * How long, how fast and on how much is trained: {@link #USUAL}, with what is to be otherwise.
 *
 * @param epochs passes over the samples
 * @param batch samples per step; 0 to choose
 * @param steps of an epoch, for patches; 0 to choose
 * @param learningRate largest learning rate
 * @param schedule how the learning rate changes
 * @param loss what is made small; null for what suits the task
 * @param balanced whether the loss counts rare classes more, so that all weigh alike
 * @param optimizer how weights follow gradients
 * @param patience epochs without a better validation loss after which training ends; 0 never ends it early
 * @param augmentation whether samples are changed at random
 * @param validation share that is not trained on
 * @param precision in which layers compute
 * @param device where
 * @param seed of all that is random
 */
public record TrainingPlan(int epochs, int batch, int steps, double learningRate, Schedule schedule, Loss loss,
	boolean balanced, Optimizer optimizer, int patience, boolean augmentation, double validation, Precision precision,
	Device device, long seed)
{

	/** What dialogs and programs begin with. */
	public static final TrainingPlan USUAL = new TrainingPlan(20, 0, 0, 0.003, new Schedule.OneCycle(), null, false, Optimizer
		.adam(), 0, true, 0.2, Precision.FP32, Device.CPU, 1);

	/**
	 * {@return this plan with another value}
	 *
	 * @param value passes over the samples
	 */
	public TrainingPlan epochs(final int value) {
		return new TrainingPlan(value, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value samples per step; 0 to choose
	 */
	public TrainingPlan batch(final int value) {
		return new TrainingPlan(epochs, value, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value of an epoch, for patches; 0 to choose
	 */
	public TrainingPlan steps(final int value) {
		return new TrainingPlan(epochs, batch, value, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value largest learning rate
	 */
	public TrainingPlan learningRate(final double value) {
		return new TrainingPlan(epochs, batch, steps, value, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value how the learning rate changes
	 */
	public TrainingPlan schedule(final Schedule value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, value, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value what is made small; null for what suits the task
	 */
	public TrainingPlan loss(final Loss value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, value, balanced, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value whether the loss counts rare classes more, so that all weigh alike
	 */
	public TrainingPlan balanced(final boolean value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, value, optimizer, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value how weights follow gradients
	 */
	public TrainingPlan optimizer(final Optimizer value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, value, patience, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value epochs without a better validation loss after which training ends; 0 never ends it early
	 */
	public TrainingPlan patience(final int value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, value, augmentation,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value whether samples are changed at random
	 */
	public TrainingPlan augmentation(final boolean value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, value,
			validation, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value share that is not trained on
	 */
	public TrainingPlan validation(final double value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			value, precision, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value in which layers compute
	 */
	public TrainingPlan precision(final Precision value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, value, device, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value where
	 */
	public TrainingPlan device(final Device value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, value, seed);
	}

	/**
	 * {@return this plan with another value}
	 *
	 * @param value of all that is random
	 */
	public TrainingPlan seed(final long value) {
		return new TrainingPlan(epochs, batch, steps, learningRate, schedule, loss, balanced, optimizer, patience, augmentation,
			validation, precision, device, value);
	}
}
