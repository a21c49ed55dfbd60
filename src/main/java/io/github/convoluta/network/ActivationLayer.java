package io.github.convoluta.network;

import java.util.List;

/** An activation function as a layer of its own. */
public record ActivationLayer(Activation activation) implements Layer {

	public ActivationLayer {
		LayerChecks.given("activation", activation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return switch (activation.kind()) {
			case RELU -> "ReLU";
			case LEAKY_RELU -> "LeakyReLU";
			case ELU -> "ELU";
			case SOFTMAX -> "Softmax";
			default -> "Activation";
		};
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return LayerChecks.one(inputs, 0);
	}

	@Override
	public Layer logits() {
		return new ActivationLayer(activation.logits());
	}
}
