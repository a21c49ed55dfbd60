package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.torch.Evaluation;
import io.github.convoluta.torch.TorchTrainer;
import io.github.convoluta.torch.Weights;

/**
 * Trains a classifier or segmenter on samples: epochs of shuffled batches, validation after each, the weights with the
 * least validation loss kept. Runs on the calling thread.
 */
public final class TrainingLoop {

	/** Hears of the progress and may end the training. */
	public interface Listener {

		/**
		 * Called after every step.
		 *
		 * @param progress share of all steps done
		 * @return whether to go on; otherwise training ends at once and keeps what was learnt
		 */
		default boolean step(final double progress, final double loss) {
			return true;
		}

		/** Called after every epoch. */
		default void epoch(final History.Epoch epoch) {}
	}

	/**
	 * @param weights those of the epoch with the least validation loss, or the last without validation
	 * @param history all epochs that were finished
	 * @param cancelled whether the listener ended the training
	 */
	public record Result(Weights weights, History history, boolean cancelled) {}

	private TrainingLoop() {}

	/**
	 * @param extents spatial extents of the samples, x first
	 * @throws IllegalArgumentException if there are no training samples, or the network does not fit them
	 */
	public static Result run(final Network network, final Samples samples, final Split split,
		final TrainingSettings settings, final Listener listener, final int... extents)
	{
		if (split.training().length == 0) throw new IllegalArgumentException("There are no samples to train on.");
		final Weights first = Weights.random(Parameter.of(network, extents), settings.seed());
		try (TorchTrainer trainer = TorchTrainer.start(network, first, new TorchTrainer.Method(settings.loss(), settings.optimizer()))) {
			return run(trainer, samples, split, settings, listener);
		}
	}

	private static Result run(final TorchTrainer trainer, final Samples samples, final Split split,
		final TrainingSettings settings, final Listener listener)
	{
		final Random random = new Random(settings.seed());
		final int[] order = split.training().clone();
		final int steps = (order.length + settings.batch() - 1) / settings.batch();
		final List<History.Epoch> epochs = new ArrayList<>();
		Weights best = null;
		double least = Double.POSITIVE_INFINITY;
		int worse = 0;
		for (int epoch = 0; epoch < settings.epochs(); epoch++) {
			shuffle(order, random);
			double sum = 0, rate = 0;
			for (int step = 0; step < steps; step++) {
				final double progress = (epoch + (double) step / steps) / settings.epochs();
				rate = settings.learningRate() * settings.schedule().factor(progress, settings.epochs());
				final Batch b = settings.augmentation().apply(samples.batch(Arrays.copyOfRange(order, step * settings.batch(), Math
					.min(order.length, (step + 1) * settings.batch()))), random);
				final double loss = trainer.step(b.input(), b.shape(), b.target(), b.targetShape(), rate);
				if (!Double.isFinite(loss)) throw new IllegalArgumentException("The loss became " + loss + " in epoch " + (epoch + 1) +
					". Use a smaller learning rate than " + settings.learningRate() + ".");
				sum += loss;
				if (!listener.step(progress + 1.0 / steps / settings.epochs(), loss)) return new Result(best == null ? trainer
					.weights() : best, new History(epochs), true);
			}
			final Validation v = validate(trainer, samples, split.validation(), settings.batch());
			final History.Epoch done = new History.Epoch(epoch + 1, sum / steps, v.loss(), v.accuracy(), rate);
			epochs.add(done);
			listener.epoch(done);
			if (split.validation().length == 0) continue;
			worse = v.loss() < least ? 0 : worse + 1;
			if (v.loss() < least) {
				least = v.loss();
				best = trainer.weights();
			}
			if (settings.patience() > 0 && worse >= settings.patience()) break;
		}
		return new Result(best == null ? trainer.weights() : best, new History(epochs), false);
	}

	private record Validation(double loss, double accuracy) {}

	private static Validation validate(final TorchTrainer trainer, final Samples samples, final int[] indices,
		final int batch)
	{
		double loss = 0;
		ConfusionMatrix matrix = null;
		for (int i = 0; i < indices.length; i += batch) {
			final Batch b = samples.batch(Arrays.copyOfRange(indices, i, Math.min(indices.length, i + batch)));
			final Evaluation e = trainer.evaluate(b.input(), b.shape(), b.target(), b.targetShape());
			loss += e.loss() * b.size();
			if (!(b.target() instanceof final long[] truth)) continue;
			if (matrix == null) matrix = new ConfusionMatrix(e.channels());
			final int[] decisions = e.decisions();
			for (int k = 0; k < truth.length; k++)
				matrix.add(truth[k], decisions[k]);
		}
		return new Validation(indices.length == 0 ? Double.NaN : loss / indices.length, matrix == null ? Double.NaN : matrix
			.accuracy());
	}

	private static void shuffle(final int[] order, final Random random) {
		for (int i = order.length - 1; i > 0; i--) {
			final int j = random.nextInt(i + 1), t = order[i];
			order[i] = order[j];
			order[j] = t;
		}
	}
}
