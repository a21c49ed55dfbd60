package io.github.convoluta.engine;

import java.util.List;

import io.github.convoluta.network.Network;

/**
 * Trains and runs networks. What loads or measures says so; all else costs nothing. May be used from several threads at
 * once; what it gives is for one thread at a time.
 */
public interface Engine {

	/** Its name, such as {@code libtorch}. */
	String name();

	/** What it runs on here and how, line by line, for reports. Loads and measures. */
	List<String> information();

	/**
	 * Devices that networks can run on, the processor first. May load.
	 *
	 * @throws IllegalStateException if the engine can't be loaded on this machine; the message says why
	 */
	List<Device> devices();

	/**
	 * The precision that a choice means here. Loads and measures where the answer depends on it.
	 *
	 * @throws IllegalArgumentException if bf16 is asked for where networks can't run so; the message says why
	 * @throws IllegalStateException if the engine can't be loaded on this machine; the message says why
	 */
	Precision precision(PrecisionChoice choice, Purpose purpose, Device device);

	/**
	 * What it can do here. May load.
	 *
	 * @throws IllegalStateException if the engine can't be loaded on this machine; the message says why
	 */
	Capabilities capabilities();

	/**
	 * Loads a network for prediction.
	 *
	 * @throws IllegalArgumentException if the device is not there; the message names those that are
	 * @throws IllegalStateException if the engine or the network can't be loaded on this machine; the message says why
	 */
	Inference load(Network network, Weights weights, Precision precision, Device device);

	/** Loads a network for prediction with 32 bits on the processor. */
	default Inference load(final Network network, final Weights weights) {
		return load(network, weights, Precision.FP32, Device.CPU);
	}

	/**
	 * Loads a network for prediction on the processor just as {@link #archive} writes it: slower than {@link #load}, with
	 * nothing but what every machine has.
	 *
	 * @throws IllegalStateException if the engine or the network can't be loaded on this machine; the message says why
	 */
	Inference loadAsWritten(Network network, Weights weights);

	/**
	 * Loads a network for training.
	 *
	 * @param weights first weights, or those of an earlier training
	 * @param state of an earlier training's optimiser, or {@link OptimizerState#zero}
	 * @throws IllegalArgumentException if the device is not there; the message names those that are
	 * @throws IllegalStateException if the engine or the network can't be loaded on this machine; the message says why
	 */
	Trainer train(Network network, Weights weights, OptimizerState state, TrainingMethod method);

	/** Loads a network for training with a fresh optimiser. */
	default Trainer train(final Network network, final Weights weights, final TrainingMethod method) {
		return train(network, weights, OptimizerState.zero(weights.parameters()), method);
	}

	/**
	 * Loads a network to look into it: results of its layers, gradients of its results.
	 *
	 * @throws IllegalArgumentException if the device is not there; the message names those that are
	 * @throws IllegalStateException if the engine or the network can't be loaded on this machine; the message says why
	 */
	Differentiator differentiate(Network network, Weights weights, Device device);

	/** How weights are kept in model files. Loads nothing. */
	WeightsArchive archive();
}
