package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.evaluation.AreaUnderCurve;
import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.sample.Samples;

/**
 * How well a network does on samples.
 *
 * @param loss mean over samples, NaN without any
 * @param matrix true against predicted classes; null without samples or for values
 * @param auc mean area under the curve of the classes, for classifiers; NaN otherwise
 */
public record Validation(double loss, ConfusionMatrix matrix, double auc) {

	static final Validation NONE = new Validation(Double.NaN, null, Double.NaN);

	/** Share of right decisions; NaN without any. */
	public double accuracy() {
		return matrix == null ? Double.NaN : matrix.accuracy();
	}

	/** Mean Dice coefficient of the classes that occur or were predicted; NaN without any. */
	public double dice() {
		return matrix == null ? Double.NaN : IntStream.range(0, matrix.classes()).mapToDouble(matrix::dice).filter(d -> !Double
			.isNaN(d)).average().orElse(Double.NaN);
	}

	/**
	 * Evaluates all samples; null if it was not to go on, which is asked before every batch.
	 *
	 * @param listener hears what the network says of each batch
	 * @throws IllegalArgumentException if the loss is no number
	 */
	static Validation of(final Trainer trainer, final Samples samples, final int batch, final BooleanSupplier goesOn,
		final TrainingLoop.Listener listener)
	{
		if (samples.size() == 0) return NONE;
		double loss = 0;
		ConfusionMatrix matrix = null;
		final List<double[]> scores = new ArrayList<>();
		final List<Integer> classes = new ArrayList<>();
		for (int i = 0; i < samples.size(); i += batch) {
			if (!goesOn.getAsBoolean()) return null;
			final Batch b = samples.batch(IntStream.range(i, Math.min(samples.size(), i + batch)).toArray());
			final BatchResult e = trainer.evaluate(b);
			listener.checked(i, b, e);
			loss += e.loss() * b.size();
			if (!(b.target() instanceof final Target.Classes labelled)) continue;
			final long[] truth = labelled.numbers();
			if (matrix == null) matrix = new ConfusionMatrix(e.channels());
			final int[] decisions = e.decisions();
			for (int k = 0; k < truth.length; k++)
				matrix.add(truth[k], decisions[k]);
			if (labelled.shape().length > 1) continue;
			for (int k = 0; k < truth.length; k++) {
				scores.add(probabilities(Arrays.copyOfRange(e.values(), k * e.channels(), (k + 1) * e.channels())));
				classes.add((int) truth[k]);
			}
		}
		if (!Double.isFinite(loss)) throw new IllegalArgumentException("The loss on the samples that are kept apart became " +
			loss + ": the network gives no numbers for them. Use a smaller learning rate or a larger batch.");
		return new Validation(loss / samples.size(), matrix, scores.isEmpty() ? Double.NaN : AreaUnderCurve.mean(scores.toArray(
			new double[0][]), classes.stream().mapToInt(c -> c).toArray()));
	}

	/** Softmax. */
	private static double[] probabilities(final float[] logits) {
		double most = Double.NEGATIVE_INFINITY;
		for (final float v : logits)
			most = Math.max(most, v);
		final double[] p = new double[logits.length];
		double sum = 0;
		for (int i = 0; i < p.length; i++)
			sum += p[i] = Math.exp(logits[i] - most);
		for (int i = 0; i < p.length; i++)
			p[i] /= sum;
		return p;
	}
}
