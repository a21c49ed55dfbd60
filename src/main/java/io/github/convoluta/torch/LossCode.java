package io.github.convoluta.torch;

import java.util.List;
import java.util.stream.Collectors;

import io.github.convoluta.engine.Loss.BinaryCrossEntropy;
import io.github.convoluta.engine.Loss.CrossEntropy;
import io.github.convoluta.engine.Loss.Dice;
import io.github.convoluta.engine.Loss.Focal;
import io.github.convoluta.engine.Loss.MeanSquaredError;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Target;

/** Losses as TorchScript. */
final class LossCode {

	private LossCode() {}

	/** Lines that set {@code loss} from the result {@code p} and the target {@code y}. */
	static String of(final Loss loss) {
		if (loss instanceof final CrossEntropy c) return crossEntropy("loss", c.classWeights());
		if (loss instanceof final Focal f) return line("each", "torch.cross_entropy_loss(p, y, None, 0, " + Target.IGNORED + ", 0.)") +
			line("labelled", "torch.ne(y, " + Target.IGNORED + ")") + line("wrong", "torch.rsub(torch.exp(torch.neg(each)), 1)") + line("factor",
				// Powers below 1 have no slope at 0, where what has no label lies.
				"torch.pow(torch.clamp(wrong, 9.9999999999999995e-07), " + f.gamma() + ")") + line("loss", "torch.div(torch.sum(torch.mul(factor, each)), torch.clamp(torch.sum(labelled), 1))");
		if (loss instanceof final Dice d) return line("labelled", "torch.unsqueeze(torch.to(torch.ge(y, 0), 6), 1)") + line(
			"truth", "torch.to(torch.eq(torch.unsqueeze(y, 1), torch.view(torch.arange(torch.size(p, 1), dtype=4), " +
				"torch.add([1, -1], torch.mul([1], torch.sub(torch.dim(p), 2))))), 6)") + line("q",
					"torch.mul(torch.softmax(p, 1), labelled)") + line("q", "torch.flatten(torch.transpose(q, 0, 1), 1, -1)") + line(
						"truth", "torch.flatten(torch.transpose(truth, 0, 1), 1, -1)") + line("both",
							"torch.sum(torch.mul(q, truth), [1])") + line("sizes",
								"torch.add(torch.sum(q, [1]), torch.sum(truth, [1]))") + line("dice",
									"torch.div(torch.add(torch.mul(both, 2.), 1.0000000000000001e-05), torch.add(sizes, 1.0000000000000001e-05))") +
			line("loss", "torch.rsub(torch.mean(dice), 1)") + (d.crossEntropy() == 0 ? "" : crossEntropy("entropy", List.of()) +
				line("loss", "torch.add(loss, torch.mul(entropy, " + d.crossEntropy() + "))"));
		final String sum = loss instanceof BinaryCrossEntropy ? "torch.binary_cross_entropy_with_logits(p, y, None, None, 2)"
			: loss instanceof MeanSquaredError ? "torch.mse_loss(p, y, 2)" : "torch.l1_loss(p, y, 2)";
		return line("loss", "torch.div(" + sum + ", ops.prim.max(torch.numel(y), 1))");
	}

	/** The mean over what is labelled, or 0 where that is nothing, for which libtorch's own mean is 0 / 0. */
	private static String crossEntropy(final String variable, final List<Float> weights) {
		final String sum = "torch.cross_entropy_loss(p, y, " + (weights.isEmpty() ? "None" : "factors") + ", 2, " + Target.IGNORED +
			", 0.)";
		if (weights.isEmpty()) return line(variable, "torch.div(" + sum + ", torch.clamp(torch.sum(torch.ne(y, " + Target.IGNORED +
			")), 1))");
		return line("factors", "torch.tensor([" + weights.stream().map(w -> Double.toString(w)).collect(Collectors.joining(
			", ")) + "], dtype=6)") + line("all", "torch.mul(torch.index_select(factors, 0, torch.flatten(torch.clamp(y, 0), 0, " +
				"-1)), torch.flatten(torch.ne(y, " + Target.IGNORED + "), 0, -1))") + line(variable, "torch.div(" + sum +
					", torch.clamp(torch.sum(all), 1.0000000000000001e-30))");
	}

	private static String line(final String variable, final String expression) {
		return "    " + variable + " = " + expression + "\n";
	}
}
