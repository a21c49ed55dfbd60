package io.github.convoluta.torch;

import java.util.List;

import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * Methods of the class {@code Net} that train it, each a whole step inside the engine: {@code train_step},
 * {@code gradients}, {@code evaluate}, {@code arrays} and {@code moments}. They use operators newer than files to share
 * may, so they stay in memory.
 */
final class TrainingCode {

	private TrainingCode() {}

	static String methods(final Network network, final List<Parameter> parameters, final TrainingMethod training,
		final ForwardStyle style, final Operators operators)
	{
		final Loss loss = training.loss();
		final Network trained = loss.isForClasses() ? network.logits() : network;
		final String forward = ForwardCode.of(trained, style) + LossCode.of(loss);
		final StringBuilder list = new StringBuilder(), gradients = new StringBuilder();
		int n = 0;
		for (final Parameter p : parameters) {
			if (!p.role().isTrainable()) continue;
			final String module = p.name().substring(0, p.name().indexOf('.')), attribute = p.name().substring(p.name().indexOf(
				'.') + 1);
			list.append("    k").append(n).append(" = self.").append(module).append("\n    w").append(n).append(" = k").append(n)
				.append('.').append(attribute).append('\n');
			gradients.append("    g").append(n).append(" = unchecked_cast(Tensor, found[").append(n).append("])\n");
			// The fused optimiser takes numbers as they lie in memory: gradients must lie as their weights do.
			gradients.append("    g").append(n).append(" = torch.contiguous(g").append(n).append(style.channelsLast() && p.shape()
				.size() > 3 ? ", memory_format=" + (p.shape().size() - 2) : "").append(")\n");
			n++;
		}
		final String ws = names("w", n), gs = names("g", n);
		final String differentiate = "    _e = torch.set_grad_enabled(True)\n" + list + forward + "    params = [" + ws + "]\n" +
			"    found = torch.autograd.grad([loss], params)\n" + gradients + "    _d = torch.set_grad_enabled(False)\n" +
			"    grads = [" + gs + "]\n";
		return method("train_step", "Tensor, y: Tensor, lr: Tensor", "Tensor", differentiate + clipping(n, training.clip()) +
			"    rate = float(torch.item(lr))\n" + OptimizerCode.of(training.optimizer(), n, operators) +
			"    return torch.detach(loss)\n") + //
			method("gradients", "Tensor, y: Tensor", "List[Tensor]", differentiate + "    return grads\n") + //
			method("evaluate", "Tensor, y: Tensor", "List[Tensor]", forward + "    return [loss, p]\n") + //
			method("arrays", "Tensor", "List[Tensor]", arrays(parameters)) + //
			method("moments", "Tensor", "List[Tensor]", moments(n));
	}

	/** Shortens all gradients together to a length of at most {@code clip}; 0 leaves them. */
	private static String clipping(final int n, final double clip) {
		if (clip == 0) return "";
		final StringBuilder s = new StringBuilder("    length = torch.linalg_vector_norm(torch.stack([");
		for (int i = 0; i < n; i++)
			s.append(i == 0 ? "" : ", ").append("torch.linalg_vector_norm(g").append(i).append(")");
		s.append("]))\n    share = torch.clamp(torch.div(").append(clip).append(
			", torch.add(length, 9.9999999999999995e-07)), None, 1.)\n");
		for (int i = 0; i < n; i++)
			s.append("    g").append(i).append(" = torch.mul(g").append(i).append(", share)\n");
		return s.append("    grads = [").append(names("g", n)).append("]\n").toString();
	}

	/** Both lists of the optimiser, and the count of steps. */
	private static String moments(final int n) {
		final StringBuilder s = new StringBuilder("    m = self.m\n    v = self.v\n    s = self.steps\n    out = [");
		for (int i = 0; i < 2 * n; i++)
			s.append("torch.contiguous(").append(i < n ? "m[" + i : "v[" + (i - n)).append("]), ");
		return s + "s[0]]\n    return out\n";
	}

	/** All arrays, running statistics too, in the order of the parameters. */
	private static String arrays(final List<Parameter> parameters) {
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < parameters.size(); i++) {
			final String name = parameters.get(i).name();
			final int dot = name.indexOf('.');
			s.append("    k").append(i).append(" = self.").append(name, 0, dot).append("\n    a").append(i).append(" = k").append(
				i).append(name.substring(dot)).append("\n    a").append(i).append(" = torch.contiguous(a").append(i).append(")\n");
		}
		return s + "    return [" + names("a", parameters.size()) + "]\n";
	}

	private static String method(final String name, final String arguments, final String result, final String body) {
		return "  def " + name + "(self: __torch__.Net,\n    x: " + arguments.replace(", ", ",\n    ") + ") -> " + result +
			":\n" + body;
	}

	private static String names(final String prefix, final int n) {
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < n; i++)
			s.append(i == 0 ? "" : ", ").append(prefix).append(i);
		return s.toString();
	}
}
