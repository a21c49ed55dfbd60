package io.github.convoluta.torch;

import java.util.List;
import java.util.stream.Collectors;

import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Target;

/** Losses as TorchScript: lines that set {@code loss} from the result {@code p} and the target {@code y}. */
final class LossCode implements Loss.Cases<String> {

	private LossCode() {}

	static String of(final Loss loss) {
		return loss.match(new LossCode());
	}

	@Override
	public String of(final Loss.CrossEntropy loss) {
		return crossEntropy("loss", loss.classWeights());
	}

	@Override
	public String of(final Loss.Focal loss) {
		final boolean alike = loss.classWeights().isEmpty();
		return line("each", "torch.cross_entropy_loss(p, y, None, 0, " + Target.IGNORED + ", 0.)") + line("labelled",
			"torch.ne(y, " + Target.IGNORED + ")") + line("wrong", "torch.rsub(torch.exp(torch.neg(each)), 1)") + line("factor",
				// Powers below 1 have no slope at 0, where what has no label lies.
				"torch.pow(torch.clamp(wrong, 9.9999999999999995e-07), " + loss.gamma() + ")") + (alike ? line("loss",
					"torch.div(torch.sum(torch.mul(factor, each)), torch.clamp(torch.sum(labelled), 1))") : weights(loss
						.classWeights()) + line("loss", "torch.div(torch.sum(torch.mul(torch.flatten(torch.mul(factor, each), 0, -1), " +
							"all)), torch.clamp(torch.sum(all), 1.0000000000000001e-30))"));
	}

	@Override
	public String of(final Loss.Dice loss) {
		return line("labelled", "torch.unsqueeze(torch.to(torch.ge(y, 0), 6), 1)") + line("truth",
			"torch.to(torch.eq(torch.unsqueeze(y, 1), torch.view(torch.arange(torch.size(p, 1), dtype=4), " +
				"torch.add([1, -1], torch.mul([1], torch.sub(torch.dim(p), 2))))), 6)") + line("q",
					"torch.mul(torch.softmax(p, 1), labelled)") + line("q", "torch.flatten(torch.transpose(q, 0, 1), 1, -1)") + line(
						"truth", "torch.flatten(torch.transpose(truth, 0, 1), 1, -1)") + line("both",
							"torch.sum(torch.mul(q, truth), [1])") + line("sizes", "torch.add(torch.sum(q, [1]), torch.sum(truth, [1]))") +
			line("dice",
				"torch.div(torch.add(torch.mul(both, 2.), 1.0000000000000001e-05), torch.add(sizes, 1.0000000000000001e-05))") +
			line("loss", "torch.rsub(torch.mean(dice), 1)") + (loss.crossEntropy() == 0 ? "" : crossEntropy("entropy", loss
				.classWeights()) + line("loss", "torch.add(loss, torch.mul(entropy, " + loss.crossEntropy() + "))"));
	}

	@Override
	public String of(final Loss.MeanSquaredError loss) {
		return mean("torch.mse_loss(p, y, 2)");
	}

	@Override
	public String of(final Loss.MeanAbsoluteError loss) {
		return mean("torch.l1_loss(p, y, 2)");
	}

	/** The mean over all values, or 0 where there is none, for which libtorch's own mean is 0 / 0. */
	private static String mean(final String sum) {
		return line("loss", "torch.div(" + sum + ", ops.prim.max(torch.numel(y), 1))");
	}

	/** The mean over what is labelled, or 0 where that is nothing, for which libtorch's own mean is 0 / 0. */
	private static String crossEntropy(final String variable, final List<Float> weights) {
		final String sum = "torch.cross_entropy_loss(p, y, " + (weights.isEmpty() ? "None" : "factors") + ", 2, " +
			Target.IGNORED + ", 0.)";
		if (weights.isEmpty()) return line(variable, "torch.div(" + sum + ", torch.clamp(torch.sum(torch.ne(y, " +
			Target.IGNORED + ")), 1))");
		return weights(weights) + line(variable, "torch.div(" + sum + ", torch.clamp(torch.sum(all), 1.0000000000000001e-30))");
	}

	/** Lines that set {@code factors} of the classes, and {@code all}: those of the labels in C order, 0 where there is none. */
	private static String weights(final List<Float> weights) {
		return line("factors", "torch.tensor([" + weights.stream().map(w -> Double.toString(w)).collect(Collectors.joining(
			", ")) + "], dtype=6)") + line("all", "torch.mul(torch.index_select(factors, 0, torch.flatten(torch.clamp(y, 0), 0, " +
				"-1)), torch.flatten(torch.ne(y, " + Target.IGNORED + "), 0, -1))");
	}

	private static String line(final String variable, final String expression) {
		return "    " + variable + " = " + expression + "\n";
	}
}
