package io.github.convoluta.torch;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;

/** Activations, as layers and as parts of others. */
record ActivationCode(ActivationLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		if (node.overwrites()) node.result("torch.relu_(" + node.x + ")");
		else node.result(node.isPooledFirst() ? node.x : of(layer.activation(), node.x));
	}

	/** The expression for the activation of the variable {@code x}. */
	static String of(final Activation a, final String x) {
		return switch (a.kind()) {
			case LINEAR -> x;
			case RELU -> relu(a, x);
			case LEAKY_RELU -> "torch.leaky_relu(" + x + ", " + NodeCode.number(a.negativeSlope()) + ")";
			case ELU -> "torch.elu(" + x + ", " + NodeCode.number(a.negativeSlope()) + ", 1, 1)";
			case GELU -> "torch.gelu(" + x + ")";
			case SIGMOID -> "torch.sigmoid(" + x + ")";
			case TANH -> "torch.tanh(" + x + ")";
			case SOFTPLUS -> "torch.softplus(" + x + ", 1, 20)";
			case SOFTMAX -> "torch.softmax(" + x + ", 1)";
		};
	}

	private static String relu(final Activation a, final String x) {
		if (a.negativeSlope() == 0 && a.threshold() == 0) return a.maxValue() == null ? "torch.relu(" + x + ")"
			: "torch.clamp(" + x + ", 0., " + NodeCode.number(a.maxValue()) + ")";
		final String below = "torch.mul(torch.sub(" + x + ", " + NodeCode.number(a.threshold()) + "), " + NodeCode.number(a
			.negativeSlope()) + ")";
		final String above = a.maxValue() == null ? x : "torch.clamp(" + x + ", None, " + NodeCode.number(a.maxValue()) + ")";
		return "torch.where(torch.ge(" + x + ", " + NodeCode.number(a.threshold()) + "), " + above + ", " + below + ")";
	}
}
