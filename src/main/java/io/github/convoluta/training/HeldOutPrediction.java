package io.github.convoluta.training;

import java.util.Arrays;

import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Target;
import io.github.convoluta.evaluation.ConfusionMatrix;

/**
 * What a network says of one sample that is kept apart.
 *
 * @param error from 0 on, the larger the worse: the share of wrong pixels; for a class of the whole sample how far its
 *          probability is from 1; for values the mean squared error
 * @param classes decisions, one per position; null for values, and where they were too many to be kept
 * @param values results, {@code [channel, (z,) (y,) x]}; null for classes, and where they were too many to be kept
 * @param matrix true against predicted classes of the positions; null for values
 */
public record HeldOutPrediction(double error, short[] classes, float[] values, ConfusionMatrix matrix) {

	/**
	 * @param sample number of the sample in the batch, from 0 on
	 * @param keeps whether there is room for what is said of every position
	 */
	static HeldOutPrediction of(final Target target, final BatchResult evaluation, final int[] decisions, final int sample,
		final boolean keeps)
	{
		final int samples = (int) evaluation.shape()[0];
		if (target instanceof final Target.Values v) return ofValues(v.values(), evaluation.values(), sample, samples, keeps);
		final long[] truth = ((Target.Classes) target).numbers();
		final int each = truth.length / samples, first = sample * each;
		final ConfusionMatrix matrix = new ConfusionMatrix(each == 1 ? 0 : evaluation.channels());
		final short[] classes = keeps ? new short[each] : null;
		int labelled = 0, wrong = 0;
		for (int i = 0; i < each; i++) {
			final long right = truth[first + i];
			final int decision = decisions[first + i];
			if (keeps) classes[i] = (short) decision;
			if (each > 1) matrix.add(right, decision);
			if (right < 0) continue;
			labelled++;
			if (right != decision) wrong++;
		}
		final boolean isWhole = target.shape().length == 1;
		final double error = isWhole ? 1 - probability(evaluation, sample, (int) truth[sample]) : labelled == 0 ? 0
			: (double) wrong / labelled;
		return new HeldOutPrediction(error, classes, null, isWhole ? null : matrix);
	}

	private static HeldOutPrediction ofValues(final float[] truth, final float[] values, final int sample, final int samples,
		final boolean keeps)
	{
		final int each = values.length / samples;
		double sum = 0;
		for (int i = sample * each; i < (sample + 1) * each; i++)
			sum += (double) (values[i] - truth[i]) * (values[i] - truth[i]);
		return new HeldOutPrediction(sum / each, null, keeps ? Arrays.copyOfRange(values, sample * each, (sample + 1) * each)
			: null, null);
	}

	/** Softmax of one class. */
	private static double probability(final BatchResult evaluation, final int sample, final int c) {
		final int n = evaluation.channels(), first = sample * n;
		double sum = 0;
		for (int i = 0; i < n; i++)
			sum += Math.exp(evaluation.values()[first + i] - evaluation.values()[first + c]);
		return 1 / sum;
	}
}
