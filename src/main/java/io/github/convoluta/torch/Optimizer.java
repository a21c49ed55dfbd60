package io.github.convoluta.torch;

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

	/** Lines that change {@code params} by {@code grads}, with the lists {@code m}, {@code v} and {@code steps} as state. */
	default String code(final int parameters, final Operators operators) {
		if (this instanceof final Adam a && operators.adam().works()) return countSteps(parameters) + "    _u = torch._fused_adam" + (a.decoupled() ? "w" : "") +
			"_(params, grads, self.m, self.v, annotate(List[Tensor], []), self.steps, lr=rate, beta1=" + a.beta1() + ", beta2=" + a
				.beta2() + ", weight_decay=" + a.weightDecay() + ", eps=1.0e-08, amsgrad=False, maximize=False)\n";
		final StringBuilder s = new StringBuilder("    m = self.m\n    v = self.v\n");
		if (this instanceof final Adam a) s.append(countSteps(parameters)).append(corrections(a));
		for (int i = 0; i < parameters; i++) {
			final String g = "g" + i, w = "w" + i, m = "m[" + i + "]", v = "v[" + i + "]";
			if (this instanceof final Adam a) {
				if (a.weightDecay() > 0 && a.decoupled()) line(s, "_d" + i, "torch.mul_(" + w + ", torch.sub(1., torch.mul(rate, " + a
					.weightDecay() + ")))");
				else if (a.weightDecay() > 0) line(s, g, "torch.add(" + g + ", torch.mul(" + w + ", " + a.weightDecay() + "))");
				line(s, "_m" + i, "torch.add_(torch.mul_(" + m + ", " + a.beta1() + "), " + g + ", alpha=" + (1 - a.beta1()) + ")");
				line(s, "_v" + i, "torch.addcmul_(torch.mul_(" + v + ", " + a.beta2() + "), " + g + ", " + g + ", value=" + (1 - a
					.beta2()) + ")");
				line(s, "_w" + i, "torch.sub_(" + w + ", torch.div(torch.mul(torch.div(_m" + i + ", bias1), rate), " +
					"torch.add(torch.sqrt(torch.div(_v" + i + ", bias2)), 1.0e-08)))");
			}
			else if (this instanceof final Sgd sgd) {
				if (sgd.weightDecay() > 0) line(s, g, "torch.add(" + g + ", torch.mul(" + w + ", " + sgd.weightDecay() + "))");
				line(s, "_m" + i, "torch.add_(torch.mul_(" + m + ", " + sgd.momentum() + "), " + g + ")");
				line(s, "_w" + i, "torch.sub_(" + w + ", torch.mul(_m" + i + ", rate))");
			}
			else if (this instanceof final RmsProp r) {
				line(s, "_v" + i, "torch.addcmul_(torch.mul_(" + v + ", " + r.decay() + "), " + g + ", " + g + ", value=" + (1 - r
					.decay()) + ")");
				line(s, "_w" + i, "torch.sub_(" + w + ", torch.div(torch.mul(" + g + ", rate), torch.add(torch.sqrt(_v" + i + "), " +
					r.epsilon() + ")))");
			}
		}
		return s.toString();
	}

	/** The fused step divides by what the number of steps, this one included, has biased. */
	private static String countSteps(final int parameters) {
		final StringBuilder s = new StringBuilder("    s = self.steps\n");
		for (int i = 0; i < parameters; i++)
			line(s, "_s" + i, "torch.add_(s[" + i + "], 1)");
		return s.toString();
	}

	/** By how much the means of gradients and squares are too small after the steps so far. */
	private static String corrections(final Adam a) {
		final StringBuilder s = new StringBuilder();
		line(s, "bias1", "torch.rsub(torch.pow(" + a.beta1() + ", s[0]), 1.)");
		line(s, "bias2", "torch.rsub(torch.pow(" + a.beta2() + ", s[0]), 1.)");
		return s.toString();
	}

	private static void line(final StringBuilder s, final String variable, final String expression) {
		s.append("    ").append(variable).append(" = ").append(expression).append('\n');
	}
}
