package io.github.convoluta.torch;

import io.github.convoluta.engine.Optimizer.Adam;
import io.github.convoluta.engine.Optimizer.RmsProp;
import io.github.convoluta.engine.Optimizer.Sgd;
import io.github.convoluta.engine.Optimizer;

/** Optimisers as TorchScript. */
final class OptimizerCode {

	private OptimizerCode() {}

	/** Lines that change {@code params} by {@code grads}, with the lists {@code m}, {@code v} and {@code steps} as state. */
	static String of(final Optimizer optimizer, final int parameters, final Operators operators) {
		if (optimizer instanceof final Adam a && operators.adam().works()) return countSteps(parameters) + "    _u = torch._fused_adam" + (a.decoupled() ? "w" : "") +
			"_(params, grads, self.m, self.v, annotate(List[Tensor], []), self.steps, lr=rate, beta1=" + a.beta1() + ", beta2=" + a
				.beta2() + ", weight_decay=" + a.weightDecay() + ", eps=1.0e-08, amsgrad=False, maximize=False)\n";
		final StringBuilder s = new StringBuilder("    m = self.m\n    v = self.v\n");
		if (optimizer instanceof final Adam a) s.append(countSteps(parameters)).append(corrections(a));
		for (int i = 0; i < parameters; i++) {
			final String g = "g" + i, w = "w" + i, m = "m[" + i + "]", v = "v[" + i + "]";
			if (optimizer instanceof final Adam a) {
				if (a.weightDecay() > 0 && a.decoupled()) line(s, "_d" + i, "torch.mul_(" + w + ", torch.sub(1., torch.mul(rate, " + a
					.weightDecay() + ")))");
				else if (a.weightDecay() > 0) line(s, g, "torch.add(" + g + ", torch.mul(" + w + ", " + a.weightDecay() + "))");
				line(s, "_m" + i, "torch.add_(torch.mul_(" + m + ", " + a.beta1() + "), " + g + ", alpha=" + (1 - a.beta1()) + ")");
				line(s, "_v" + i, "torch.addcmul_(torch.mul_(" + v + ", " + a.beta2() + "), " + g + ", " + g + ", value=" + (1 - a
					.beta2()) + ")");
				line(s, "_w" + i, "torch.sub_(" + w + ", torch.div(torch.mul(torch.div(_m" + i + ", bias1), rate), " +
					"torch.add(torch.sqrt(torch.div(_v" + i + ", bias2)), 1.0e-08)))");
			}
			else if (optimizer instanceof final Sgd sgd) {
				if (sgd.weightDecay() > 0) line(s, g, "torch.add(" + g + ", torch.mul(" + w + ", " + sgd.weightDecay() + "))");
				line(s, "_m" + i, "torch.add_(torch.mul_(" + m + ", " + sgd.momentum() + "), " + g + ")");
				line(s, "_w" + i, "torch.sub_(" + w + ", torch.mul(_m" + i + ", rate))");
			}
			else if (optimizer instanceof final RmsProp r) {
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
