package io.github.convoluta.engine;

/** How weights follow their gradients. The learning rate is given with every step. */
public sealed interface Optimizer {

	/** Adam (Kingma and Ba 2015), or AdamW (Loshchilov and Hutter 2019) if the decay is decoupled. */
	record Adam(double beta1, double beta2, double weightDecay, boolean decoupled) implements Optimizer {}

	/** Gradient descent with momentum, 0 for none. */
	record Sgd(double momentum, double weightDecay) implements Optimizer {}

	/** RMSprop (Hinton 2012) with Keras' numbers. */
	record RmsProp(double decay, double epsilon) implements Optimizer {}

	/** Adam with its usual numbers. */
	static Optimizer adam() {
		return new Adam(0.9, 0.999, 0, false);
	}

	/** AdamW with its usual numbers. */
	static Optimizer adamW() {
		return new Adam(0.9, 0.999, 0.01, true);
	}

	/** RMSprop with decay 0.9. */
	static Optimizer rmsProp() {
		return new RmsProp(0.9, 1e-7);
	}
}
