package io.github.convoluta.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/** Trains plain networks by Adam, from class numbers or values. */
final class FakeTrainer implements Trainer {

	private final Network trained;
	private final Weights weights;
	private final List<float[]> first, second;
	private final TrainingMethod method;
	private float steps;

	FakeTrainer(final Network network, final Weights weights, final OptimizerState state, final TrainingMethod method) {
		if (!(method.optimizer() instanceof Optimizer.Adam) || !(method.loss() instanceof Loss.CrossEntropy || method
			.loss() instanceof Loss.MeanSquaredError)) throw new IllegalStateException("The fake engine can't train by " + method);
		this.method = method;
		trained = method.loss().isForClasses() ? network.logits() : network;
		this.weights = copy(weights);
		first = copy(state.first());
		second = copy(state.second());
		steps = state.steps();
	}

	private static List<float[]> copy(final List<float[]> arrays) {
		return arrays.stream().map(float[]::clone).toList();
	}

	private static Weights copy(final Weights weights) {
		return new Weights(weights.parameters(), copy(weights.arrays()));
	}

	@Override
	public void seed(final long seed) {
		// Nothing is random here.
	}

	/** The loss, and its gradient by the network's result. */
	private record Slope(float loss, float[] gradient) {}

	private Slope slope(final Batch batch, final PlainNetwork.Stage result) {
		final float[] gradient = new float[result.results().length];
		double loss = 0;
		if (batch.target() instanceof final Target.Values values) {
			for (int i = 0; i < gradient.length; i++) {
				final float difference = result.results()[i] - values.values()[i];
				loss += (double) difference * difference / gradient.length;
				gradient[i] = 2 * difference / gradient.length;
			}
			return new Slope((float) loss, gradient);
		}
		final long[] classes = ((Target.Classes) batch.target()).numbers();
		final int channels = result.channels(), positions = result.positions();
		long labelled = 0;
		for (final long c : classes)
			if (c != Target.IGNORED) labelled++;
		for (int i = 0; i < classes.length; i++) {
			if (classes[i] == Target.IGNORED) continue;
			final int origin = i / positions * channels * positions + i % positions;
			double most = Double.NEGATIVE_INFINITY, sum = 0;
			for (int c = 0; c < channels; c++)
				most = Math.max(most, result.results()[origin + c * positions]);
			for (int c = 0; c < channels; c++)
				sum += Math.exp(result.results()[origin + c * positions] - most);
			for (int c = 0; c < channels; c++) {
				final double logit = result.results()[origin + c * positions] - most, p = Math.exp(logit) / sum;
				gradient[origin + c * positions] = (float) ((p - (c == classes[i] ? 1 : 0)) / labelled);
				if (c == classes[i]) loss -= (logit - Math.log(sum)) / labelled;
			}
		}
		return new Slope((float) loss, gradient);
	}

	private List<PlainNetwork.Stage> run(final Batch batch) {
		return new PlainNetwork(trained, weights).run(batch.input(), batch.shape());
	}

	@Override
	public float step(final Batch batch, final double learningRate) {
		final List<PlainNetwork.Stage> stages = run(batch);
		final Slope slope = slope(batch, stages.get(stages.size() - 1));
		final List<float[]> gradients = gradients(batch, stages, slope);
		final Optimizer.Adam adam = (Optimizer.Adam) method.optimizer();
		steps++;
		int t = 0;
		for (int k = 0; k < weights.arrays().size(); k++) {
			if (!weights.parameters().get(k).role().isTrainable()) continue;
			final float[] w = weights.arrays().get(k), g = gradients.get(t), m = first.get(t), v = second.get(t++);
			for (int i = 0; i < w.length; i++) {
				m[i] = (float) (adam.beta1() * m[i] + (1 - adam.beta1()) * g[i]);
				v[i] = (float) (adam.beta2() * v[i] + (1 - adam.beta2()) * g[i] * g[i]);
				w[i] -= (float) (learningRate * m[i] / (1 - Math.pow(adam.beta1(), steps)) / (Math.sqrt(v[i] / (1 - Math.pow(adam
					.beta2(), steps))) + 1e-8));
			}
		}
		return slope.loss;
	}

	@Override
	public BatchResult evaluate(final Batch batch) {
		final List<PlainNetwork.Stage> stages = run(batch);
		final PlainNetwork.Stage last = stages.get(stages.size() - 1);
		final long[] shape = last.positions() == 1 ? new long[] { batch.shape()[0], last.channels() } : batch.shape().clone();
		shape[1] = last.channels();
		return new BatchResult(slope(batch, last).loss, last.results(), shape);
	}

	@Override
	public List<float[]> gradients(final Batch batch, final boolean training) {
		final List<PlainNetwork.Stage> stages = run(batch);
		return gradients(batch, stages, slope(batch, stages.get(stages.size() - 1)));
	}

	private List<float[]> gradients(final Batch batch, final List<PlainNetwork.Stage> stages, final Slope slope) {
		final List<float[]> all = new PlainNetwork(trained, weights).slopes(stages, slope.gradient, batch.size()).arrays();
		final List<float[]> trainable = new ArrayList<>();
		for (int k = 0; k < all.size(); k++) {
			final Parameter p = weights.parameters().get(k);
			if (p.role().isTrainable()) trainable.add(all.get(k));
		}
		return trainable;
	}

	@Override
	public Weights weights() {
		return copy(weights);
	}

	@Override
	public OptimizerState optimizerState() {
		return new OptimizerState(copy(first), copy(second), steps);
	}

	@Override
	public void close() {}
}
