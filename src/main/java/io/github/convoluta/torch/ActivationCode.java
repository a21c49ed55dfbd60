package io.github.convoluta.torch;

import io.github.convoluta.network.Activation;

/** Activations as expressions of TorchScript. */
final class ActivationCode {

	private ActivationCode() {}

	/** The activation of the variable {@code x}. */
	static String of(final Activation a, final String x) {
		return switch (a.kind()) {
			case LINEAR -> x;
			case RELU -> relu(a, x);
			case LEAKY_RELU -> "torch.leaky_relu(" + x + ", " + ForwardCode.number(a.negativeSlope()) + ")";
			case ELU -> "torch.elu(" + x + ", " + ForwardCode.number(a.negativeSlope()) + ", 1, 1)";
			case GELU -> "torch.gelu(" + x + ")";
			case SIGMOID -> "torch.sigmoid(" + x + ")";
			case TANH -> "torch.tanh(" + x + ")";
			case SOFTPLUS -> "torch.softplus(" + x + ", 1, 20)";
			case SOFTMAX -> "torch.softmax(" + x + ", 1)";
		};
	}

	private static String relu(final Activation a, final String x) {
		if (a.negativeSlope() == 0 && a.threshold() == 0) return a.maxValue() == null ? "torch.relu(" + x + ")"
			: "torch.clamp(" + x + ", 0., " + ForwardCode.number(a.maxValue()) + ")";
		final String below = "torch.mul(torch.sub(" + x + ", " + ForwardCode.number(a.threshold()) + "), " + ForwardCode.number(a
			.negativeSlope()) + ")";
		final String above = a.maxValue() == null ? x : "torch.clamp(" + x + ", None, " + ForwardCode.number(a.maxValue()) + ")";
		return "torch.where(torch.ge(" + x + ", " + ForwardCode.number(a.threshold()) + "), " + above + ", " + below + ")";
	}
}
