package io.github.convoluta.engine;

import java.util.Locale;

/** How weights follow their gradients. The learning rate is given with every step. */
public sealed interface Optimizer {

	/** Adam (Kingma and Ba 2015), or AdamW (Loshchilov and Hutter 2019) if the decay is decoupled. */
	record Adam(double beta1, double beta2, double weightDecay, boolean decoupled) implements Optimizer {

		@Override
		public String name() {
			return decoupled ? "adamw" : "adam";
		}

		@Override
		public Optimizer decaying(final double decay) {
			return new Adam(beta1, beta2, decay, decoupled);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** Gradient descent with momentum, 0 for none. */
	record Sgd(double momentum, double weightDecay) implements Optimizer {

		@Override
		public String name() {
			return "sgd";
		}

		@Override
		public Optimizer decaying(final double decay) {
			return new Sgd(momentum, decay);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** RMSprop (Hinton 2012) with Keras' numbers. */
	record RmsProp(double decay, double epsilon, double weightDecay) implements Optimizer {

		@Override
		public String name() {
			return "rmsprop";
		}

		@Override
		public Optimizer decaying(final double newDecay) {
			return new RmsProp(decay, epsilon, newDecay);
		}

		@Override
		public <R> R match(final Cases<R> cases) {
			return cases.of(this);
		}
	}

	/** What an engine makes of each kind. */
	interface Cases<R> {

		R of(Adam optimizer);

		R of(Sgd optimizer);

		R of(RmsProp optimizer);
	}

	/** Adam with its usual numbers. */
	static Optimizer adam() {
		return new Adam(0.9, 0.999, 0, false);
	}

	/** AdamW with its usual numbers. */
	static Optimizer adamW() {
		return new Adam(0.9, 0.999, 0.01, true);
	}

	/** Gradient descent with a momentum of 0.9. */
	static Optimizer sgd() {
		return new Sgd(0.9, 0);
	}

	/** RMSprop with decay 0.9. */
	static Optimizer rmsProp() {
		return new RmsProp(0.9, 1e-7, 0);
	}

	/**
	 * The optimiser of a name, with its usual numbers.
	 *
	 * @param name {@code adam}, {@code adamw}, {@code sgd} or {@code rmsprop}
	 * @throws IllegalArgumentException if the name is none of these
	 */
	static Optimizer named(final String name) {
		return switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "adam" -> adam();
			case "adamw" -> adamW();
			case "sgd" -> sgd();
			case "rmsprop" -> rmsProp();
			default -> throw new IllegalArgumentException("optimizer=" + name +
				" is not known; allowed are adam, adamw, sgd and rmsprop.");
		};
	}

	/** Its name. */
	String name();

	/** Its name, and the decay of weights if there is any. */
	default String text() {
		return name() + (weightDecay() == 0 ? "" : " with weight decay " + weightDecay());
	}

	/**
	 * Factor of the weights that is added to their gradients, or, if decoupled, by which they shrink in a step of rate 1; 0
	 * for none.
	 */
	double weightDecay();

	/** The same with another decay of weights. */
	Optimizer decaying(double weightDecay);

	/** The case of this kind. */
	<R> R match(Cases<R> cases);
}
