package io.github.convoluta.torch;

import java.util.function.IntConsumer;

import io.github.convoluta.engine.Optimizer;

/**
 * Optimisers as TorchScript: lines that change {@code params}, {@code w0} and so on, by {@code grads}, {@code g0} and so on,
 * with the lists {@code m}, {@code v} and {@code steps} as state.
 */
final class OptimizerCode implements Optimizer.Cases<String> {

	private final StringBuilder lines = new StringBuilder();
	private final int parameters;
	private final Operators operators;

	private OptimizerCode(final int parameters, final Operators operators) {
		this.parameters = parameters;
		this.operators = operators;
	}

	static String of(final Optimizer optimizer, final int parameters, final Operators operators) {
		return optimizer.match(new OptimizerCode(parameters, operators));
	}

	@Override
	public String of(final Optimizer.Adam adam) {
		if (!operators.adam().works()) return adamStepByStep(adam);
		countSteps();
		line("_u", "torch._fused_adam" + (adam.decoupled() ? "w" : "") +
			"_(params, grads, self.m, self.v, annotate(List[Tensor], []), self.steps, lr=rate, beta1=" + adam.beta1() +
			", beta2=" + adam.beta2() + ", weight_decay=" + adam.weightDecay() + ", eps=1.0e-08, amsgrad=False, maximize=False)");
		return lines.toString();
	}

	private String adamStepByStep(final Optimizer.Adam adam) {
		state();
		countSteps();
		// By how much the means of gradients and squares are too small after the steps so far.
		line("bias1", "torch.rsub(torch.pow(" + adam.beta1() + ", s[0]), 1.)");
		line("bias2", "torch.rsub(torch.pow(" + adam.beta2() + ", s[0]), 1.)");
		return each(i -> {
			if (!adam.decoupled()) decay(i, adam);
			else if (adam.weightDecay() > 0) line("_d" + i, "torch.mul_(w" + i + ", torch.sub(1., torch.mul(rate, " + adam
				.weightDecay() + ")))");
			line("_m" + i, "torch.add_(torch.mul_(m[" + i + "], " + adam.beta1() + "), g" + i + ", alpha=" + (1 - adam.beta1()) +
				")");
			squares(i, adam.beta2());
			line("_w" + i, "torch.sub_(w" + i + ", torch.div(torch.mul(torch.div(_m" + i + ", bias1), rate), " +
				"torch.add(torch.sqrt(torch.div(_v" + i + ", bias2)), 1.0e-08)))");
		});
	}

	@Override
	public String of(final Optimizer.Sgd sgd) {
		state();
		return each(i -> {
			decay(i, sgd);
			line("_m" + i, "torch.add_(torch.mul_(m[" + i + "], " + sgd.momentum() + "), g" + i + ")");
			line("_w" + i, "torch.sub_(w" + i + ", torch.mul(_m" + i + ", rate))");
		});
	}

	@Override
	public String of(final Optimizer.RmsProp rms) {
		state();
		return each(i -> {
			decay(i, rms);
			squares(i, rms.decay());
			line("_w" + i, "torch.sub_(w" + i + ", torch.div(torch.mul(g" + i + ", rate), torch.add(torch.sqrt(_v" + i + "), " +
				rms.epsilon() + ")))");
		});
	}

	private void state() {
		lines.append("    m = self.m\n    v = self.v\n");
	}

	/** The fused step divides by what the number of steps, this one included, has biased. */
	private void countSteps() {
		lines.append("    s = self.steps\n");
		each(i -> line("_s" + i, "torch.add_(s[" + i + "], 1)"));
	}

	/** Adds a share of the weights to their gradients. */
	private void decay(final int i, final Optimizer optimizer) {
		if (optimizer.weightDecay() > 0) line("g" + i, "torch.add(g" + i + ", torch.mul(w" + i + ", " + optimizer.weightDecay() +
			"))");
	}

	/** Running means of squared gradients. */
	private void squares(final int i, final double kept) {
		line("_v" + i, "torch.addcmul_(torch.mul_(v[" + i + "], " + kept + "), g" + i + ", g" + i + ", value=" + (1 - kept) +
			")");
	}

	private String each(final IntConsumer parameter) {
		for (int i = 0; i < parameters; i++)
			parameter.accept(i);
		return lines.toString();
	}

	private void line(final String variable, final String expression) {
		lines.append("    ").append(variable).append(" = ").append(expression).append('\n');
	}
}
