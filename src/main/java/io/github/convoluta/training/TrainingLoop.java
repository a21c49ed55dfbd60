package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.ComputingThread;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;

/**
 * Trains a network on samples: epochs of shuffled batches, validation after each, the weights with the least validation
 * loss kept. The engine computes on a thread of its own, others prepare batches, and the calling one waits. All that is random follows from the seed, the
 * epoch and the step, so that a training that is resumed at the end of an epoch goes on exactly as it would have.
 */
public final class TrainingLoop {

	/** Hears of the progress and may end the training. Its methods are called from any thread, one at a time but for the last. */
	public interface Listener {

		/**
		 * Called several times a second by work before the first step.
		 *
		 * @param stage what is done, such as {@code measuring the normalisation}
		 * @param fraction share of this stage that is done, from 0 to 1
		 */
		default void preparing(final String stage, final double fraction) {}

		/**
		 * A monitor that tells of a stage before the first step, and stops it where this listener ends the training.
		 *
		 * @param name such as {@code measuring the normalisation}
		 */
		default Monitor stage(final String name) {
			return fraction -> {
				if (!goesOn() || steering().ends()) throw new CancellationException("The training was stopped before it began.");
				preparing(name, fraction);
			};
		}

		/** Hears of a choice that was made for the user, and of why. */
		default void remark(final String text) {}

		/** Called once before the first step, if images are trained on by {@link ModelTraining}. */
		default void begins(final TrainingSetup setup, final TrainingSettings settings) {}

		/** Called before the first step of a training that goes on with an earlier one. */
		default void resumed(final History earlier) {}

		/**
		 * Called after every step.
		 *
		 * @param progress share of all steps done
		 * @return whether to go on; otherwise training ends at once and keeps what was learnt
		 */
		default boolean step(final double progress, final double loss) {
			return true;
		}

		/**
		 * Called in every epoch for each batch of samples that are kept apart, on the thread that computes, which waits.
		 *
		 * @param first number of the batch's first sample, from 0 on
		 * @param batch input and truth, not to be changed
		 * @param evaluation what the network says of them
		 */
		default void checked(final int first, final Batch batch, final BatchResult evaluation) {}

		/** Called after every epoch, on the thread that computes, which waits; tells of the epoch's numbers unless overridden. */
		default void state(final TrainingState state) {
			epoch(state.last());
		}

		/** Called after every epoch. */
		default void epoch(final History.Epoch epoch) {}

		/** Asked at any time, also during a step: what to do next, such as what a {@link TrainingControl} says. */
		default Steering steering() {
			return Steering.GO_ON;
		}

		/** Asked at any time, also during a step: whether to go on. A long step is not waited for once an epoch is done. */
		default boolean goesOn() {
			return true;
		}
	}

	/**
	 * @param weights those of the epoch with the least validation loss, or the last without validation
	 * @param history all epochs that were finished
	 * @param validation how well these weights did on the validation samples
	 * @param cancelled whether the listener ended the training
	 * @param waited share of the time in which the engine waited for batches
	 */
	public record Result(Weights weights, History history, Validation validation, boolean cancelled, double waited) {}

	/** What a training has to show for itself at the end of an epoch. */
	private record Learnt(Weights best, History history, Validation validation) {}

	/** Milliseconds between looks at whether a pause has ended. */
	private static final int PAUSE = 50;
	/** Nanoseconds that a step may go on after the listener has ended the training. */
	private static final long PATIENCE = 400_000_000;

	private final Trainer trainer;
	private final Samples training;
	private final Samples validation;
	private final TrainingSettings settings;
	private final Checkpoints checkpoints;
	private final Listener listener;
	private final int steps;
	private final List<History.Epoch> epochs = new ArrayList<>();
	private Weights best;
	private Validation bestValidation = Validation.NONE;
	private double waited, trained;
	private volatile Learnt learnt;
	private volatile boolean left;

	private TrainingLoop(final Trainer trainer, final Samples training, final Samples validation,
		final TrainingSettings settings, final Checkpoints checkpoints, final Listener listener, final int least)
	{
		this.trainer = trainer;
		this.training = training;
		this.validation = validation;
		this.settings = settings;
		this.checkpoints = checkpoints;
		this.listener = listener;
		final int rest = training.size() % settings.batch();
		// What is left is no batch of its own if it is too small for one, but makes the last one larger.
		steps = training.size() / settings.batch() + (rest >= least ? 1 : 0);
	}

	/** Trains on one set of samples, a part of which validates; without checkpoints. */
	public static Result run(final Engine engine, final Network network, final Samples samples, final Split<int[]> split,
		final TrainingSettings settings, final Listener listener, final int... extents)
	{
		return run(engine, network, samples.subset(split.training()), samples.subset(split.validation()), settings,
			Checkpoints.NONE, listener, extents);
	}

	/**
	 * Trains from weights that follow from the seed.
	 *
	 * @param engine what trains
	 * @param validation samples that are not trained on; may be empty
	 * @param checkpoints where the training's state is kept, and whether an earlier one is gone on with
	 * @param extents spatial extents of the samples, x first
	 * @throws IllegalArgumentException if there are no training samples, the network does not fit them, the checkpoint
	 *           belongs to another training, or the loss is no number any more
	 * @throws CancellationException if the listener ended the training before its first epoch was done, or discarded it
	 */
	public static Result run(final Engine engine, final Network network, final Samples training, final Samples validation,
		final TrainingSettings settings, final Checkpoints checkpoints, final Listener listener, final int... extents)
	{
		return run(engine, network, Weights.random(Parameter.of(network, extents), settings.seed()), training, validation,
			settings, checkpoints, listener, extents);
	}

	/**
	 * Trains from given weights.
	 *
	 * @param engine what trains
	 * @param first weights of the network; not used if an earlier training is gone on with
	 * @param validation samples that are not trained on; may be empty
	 * @param checkpoints where the training's state is kept, and whether an earlier one is gone on with
	 * @param extents spatial extents of the samples, x first
	 * @throws IllegalArgumentException as above, or if the weights are those of another network
	 * @throws CancellationException if the listener ended the training before its first epoch was done, or discarded it
	 */
	static Result run(final Engine engine, final Network network, final Weights first, final Samples training,
		final Samples validation, final TrainingSettings settings, final Checkpoints checkpoints, final Listener listener,
		final int... extents)
	{
		if (training.size() == 0) throw new IllegalArgumentException("There are no samples to train on.");
		final int least = leastBatch(network, training.size(), settings.batch(), extents);
		final List<Parameter> parameters = Parameter.of(network, extents);
		if (!first.parameters().equals(parameters)) throw new IllegalArgumentException(
			"The weights to begin with are not those of \"" + network.name() + "\" for samples of " + Arrays.toString(extents) +
				".");
		final Checkpoints kept = checkpoints.of(network).of(checkpoints.fingerprint().with(settings, training.size(), validation
			.size()));
		final Checkpoint earlier = kept.resume(network, parameters, settings.epochs());
		final ComputingThread thread = new ComputingThread();
		final AtomicReference<Trainer> started = new AtomicReference<>();
		try {
			return run(engine, thread, started, network, training, validation, settings, kept, listener, first, earlier, least,
				extents);
		}
		finally {
			thread.end(() -> {
				if (started.get() != null) started.get().close();
			});
		}
	}

	private static Result run(final Engine engine, final ComputingThread thread, final AtomicReference<Trainer> started,
		final Network network, final Samples training, final Samples validation, final TrainingSettings settings,
		final Checkpoints checkpoints, final Listener listener, final Weights first, final Checkpoint earlier, final int least,
		final int... extents)
	{
		thread.call(() -> {
			engine.capabilities().requireTrainable(network, extents);
			started.set(earlier == null ? engine.train(network, first, settings.method()) : engine.train(network, earlier.last(),
				earlier.state(), settings.method()));
			return null;
		}, () -> listener.stage("loading the engine").progress(0));
		final Trainer trainer = started.get();
		final TrainingLoop loop = new TrainingLoop(trainer, training, validation, settings, checkpoints, listener, least);
		if (earlier != null) {
			loop.best = earlier.best();
			loop.epochs.addAll(earlier.history().epochs());
			listener.resumed(earlier.history());
			loop.learnt = new Learnt(earlier.best() == null ? earlier.last() : earlier.best(), earlier.history(), Validation.NONE);
		}
		try {
			final Result result = thread.call(loop::run, new Leaving(loop));
			loop.refuseIfDiscarded();
			if (result.history().epochs().isEmpty()) throw new CancellationException(
				"The training was stopped before its first epoch was done: nothing was learnt, and nothing is written.");
			return result;
		}
		catch (final CancellationException e) {
			loop.left = true;
			loop.refuseIfDiscarded();
			final Learnt learnt = loop.learnt;
			if (learnt == null) throw e;
			return new Result(learnt.best(), learnt.history(), learnt.validation(), true, 0);
		}
	}

	/** Refuses steps on one sample where a batch normalisation would get one value per channel. */
	private static int leastBatch(final Network network, final int samples, final int batch, final int... extents) {
		final int least = BatchSize.least(network, extents);
		if (Math.min(samples, batch) >= least) return least;
		throw new IllegalArgumentException("\"" + network.name() + "\" has a batch normalisation that gets a single value per " +
			"channel from each sample of " + Arrays.toString(extents) + ", and one value has no variance. " + (samples == 1
				? "Give more samples than 1, " : "Use a larger batch than 1, ") +
			"larger samples, or a network that pools less or has no batch normalisation.");
	}

	/** Stops waiting for a step that takes too long to end, if there is a result without it. */
	private static final class Leaving implements Runnable {

		private final TrainingLoop loop;
		private long since;

		Leaving(final TrainingLoop loop) {
			this.loop = loop;
		}

		@Override
		public void run() {
			loop.refuseIfDiscarded();
			if (since == 0 && !loop.goesOn()) since = System.nanoTime();
			if (since != 0 && loop.learnt != null && System.nanoTime() - since > PATIENCE) throw new CancellationException(
				"The training was stopped.");
		}
	}

	private boolean goesOn() {
		return !left && listener.goesOn() && !listener.steering().ends();
	}

	private void refuseIfDiscarded() {
		if (listener.steering() == Steering.DISCARD) throw new CancellationException(
			"The training was discarded: no model is written.");
	}

	/** Waits while the training is paused, and gives the nanoseconds that this took. */
	private long pause() {
		if (listener.steering() != Steering.PAUSE) return 0;
		final long start = System.nanoTime();
		while (listener.steering() == Steering.PAUSE && goesOn())
			try {
				Thread.sleep(PAUSE);
			}
			catch (final InterruptedException e) {
				throw ComputingThread.interrupted();
			}
		return System.nanoTime() - start;
	}

	private Result run() {
		boolean goesOn = true;
		while (goesOn && epochs.size() < settings.epochs() && !isTired())
			goesOn = epoch(epochs.size());
		if (validation.size() == 0 || best == null) best = trainer.weights();
		return new Result(best, new History(epochs), bestValidation, !goesOn, trained == 0 ? 0 : waited / trained);
	}

	/** Whether the validation loss has not fallen for as many epochs as the patience. */
	private boolean isTired() {
		return settings.patience() > 0 && validation.size() > 0 && Schedule.epochsSinceBest(epochs) >= settings.patience();
	}

	/** One epoch; false if the listener ended it. */
	private boolean epoch(final int number) {
		long start = System.nanoTime();
		final Samples samples = training.epoch(number);
		final int[] order = order(number);
		trainer.seed(seed(number, -1));
		double sum = 0, rate = 0;
		try (BatchQueue queue = new BatchQueue(step -> batch(samples, order, number, step), steps)) {
			for (int step = 0; step < steps; step++) {
				final double progress = (number + (double) step / steps) / settings.epochs();
				rate = settings.learningRate() * settings.schedule().factor(progress, settings.epochs(), epochs);
				final Batch b = queue.take();
				final double loss = trainer.step(b, rate);
				if (!Double.isFinite(loss)) throw new IllegalArgumentException("The loss became " + loss + " in epoch " + (number +
					1) + ". Use a smaller learning rate than " + settings.learningRate() + ".");
				sum += loss;
				if (left || !listener.step(progress + 1.0 / steps / settings.epochs(), loss)) return false;
				start += pause();
				if (listener.steering().ends()) return false;
			}
			waited += queue.waited();
			trained += (System.nanoTime() - start) * 1e-9;
		}
		final Validation v = Validation.of(trainer, validation, settings.batch(), this::goesOn, listener);
		if (v == null) return false;
		final History.Epoch done = new History.Epoch(number + 1, sum / steps, v.loss(), v.accuracy(), v.dice(), rate);
		final Weights now = trainer.weights();
		now.requireUsable();
		epochs.add(done);
		final boolean isBest = validation.size() > 0 && Schedule.epochsSinceBest(epochs) == 0;
		if (isBest) {
			best = now;
			bestValidation = v;
		}
		checkpoints.save(() -> new Checkpoint(now, trainer.optimizerState(), best, new History(epochs), checkpoints
			.fingerprint()), isBest);
		learnt = new Learnt(best == null || validation.size() == 0 ? now : best, new History(epochs), bestValidation);
		listener.state(new TrainingState(new History(epochs), v, now));
		return true;
	}

	private Batch batch(final Samples samples, final int[] order, final int epoch, final int step) {
		final int from = step * settings.batch(), to = step == steps - 1 ? order.length : from + settings.batch();
		return settings.augmentation().apply(samples.batch(Arrays.copyOfRange(order, from, to)), new Random(seed(epoch, step)));
	}

	private long seed(final int epoch, final int step) {
		return new SplittableRandom(settings.seed() * 1_000_003 + epoch * 7919L + step * 104_729_000_003L).nextLong();
	}

	private int[] order(final int epoch) {
		final Random random = new Random(seed(epoch, -2));
		final int[] order = new int[training.size()];
		for (int i = 0; i < order.length; i++) {
			final int j = random.nextInt(i + 1);
			order[i] = order[j];
			order[j] = i;
		}
		return order;
	}
}
