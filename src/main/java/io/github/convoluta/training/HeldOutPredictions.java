package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.sample.Samples;

/** What a network says of all samples that are kept apart, after one epoch. Safe for several threads once it is filled. */
public final class HeldOutPredictions {

	/** What is said of every position is kept of so many samples as fit into this. */
	private static final long BYTES = 64L << 20;

	private final Samples samples;
	private final List<HeldOutPrediction> predictions = new ArrayList<>();
	private long bytes;

	/** None yet. */
	HeldOutPredictions(final Samples samples) {
		this.samples = samples;
	}

	void add(final Batch batch, final BatchResult evaluation) {
		final int[] decisions = batch.target() instanceof io.github.convoluta.engine.Target.Values ? null : evaluation
			.decisions();
		final long each = decisions == null ? 4L * evaluation.values().length / batch.size() : 2L * decisions.length / batch
			.size();
		for (int s = 0; s < batch.size(); s++) {
			final boolean keeps = bytes + each <= BYTES;
			if (keeps) bytes += each;
			predictions.add(HeldOutPrediction.of(batch.target(), evaluation, decisions, s, keeps));
		}
	}

	/** Number of samples. */
	public int size() {
		return predictions.size();
	}

	/** Numbers of all samples, that with the largest error first. */
	public List<Integer> worstFirst() {
		return IntStream.range(0, size()).boxed().sorted(Comparator.comparingDouble((Integer i) -> -predictions.get(i).error()))
			.toList();
	}

	/** Numbers of the samples of a true class in which a class was decided for, that with the most such positions first. */
	public List<Integer> having(final int truth, final int predicted) {
		final long[] counts = IntStream.range(0, size()).mapToLong(i -> count(i, truth, predicted)).toArray();
		return worstFirst().stream().filter(i -> counts[i] > 0).sorted(Comparator.comparingLong((Integer i) -> -counts[i]))
			.toList();
	}

	private long count(final int i, final int truth, final int predicted) {
		final HeldOutPrediction p = predictions.get(i);
		if (p.matrix() != null) return p.matrix().count(truth, predicted);
		return p.classes() != null && p.classes()[0] == predicted && samples.classOf(i) == truth ? 1 : 0;
	}

	/** Reads a sample, with what is said of it. */
	public HeldOutSample sample(final int number) {
		return new HeldOutSample(number, samples.batch(number), predictions.get(number));
	}
}
