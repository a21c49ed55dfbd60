package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.convoluta.network.Activation.Kind;

/** An activation function as a layer of its own. */
@JsonTypeName("activation")
public record ActivationLayer(Activation activation) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(letter('R', Kind.RELU), letter('L', Kind.LEAKY_RELU), letter('E',
		Kind.ELU), letter('H', Kind.TANH), letter('S', Kind.SIGMOID));

	public ActivationLayer {
		LayerChecks.given("activation", activation);
	}

	private static CodeLetter letter(final char letter, final Kind kind) {
		return CodeLetter.of(letter, new ActivationLayer(Activation.of(kind)));
	}

	@Override
	public ActivationLayer with(final Activation newActivation) {
		return new ActivationLayer(newActivation);
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
	public String prefix() {
		return "act";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return LayerChecks.one(inputs, 0);
	}
}
