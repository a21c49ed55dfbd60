package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.evaluation.ConfusionMatrix;

/**
 * Notes what is heard of a training, for those who look at it now and then. Safe for several threads.
 */
public final class TrainingRecord implements TrainingLoop.Listener {

	/** Samples that are looked at for whether they are constant. */
	private static final int LOOKS = 16;

	/**
	 * How well the weights of an epoch do on what is kept apart.
	 *
	 * @param epoch its number; 0 if there was none yet
	 * @param best whether these are the weights that will be kept
	 * @param validation measured with them
	 * @param predictions what they say of each sample; null without any
	 */
	public record Checked(int epoch, boolean best, Validation validation, HeldOutPredictions predictions) {}

	private final int total;
	private final boolean keepsPredictions;
	private final LossCurve curve = new LossCurve();
	private final List<History.Epoch> epochs = new ArrayList<>();
	private final Map<Integer, double[]> dice = new TreeMap<>();
	private final List<String> remarks = new ArrayList<>();
	private TrainingSetup setup;
	private TrainingMethod method;
	private String stage = "preparing";
	private double fraction, from;
	private long start;
	private int shared, constant, looked;
	private Checked checked = new Checked(0, false, Validation.NONE, null);
	private HeldOutPredictions now;
	private String ending;
	private long changes;

	/**
	 * @param epochs of the whole training
	 * @param keepsPredictions whether what the network says of samples that are kept apart is kept to be looked at
	 */
	public TrainingRecord(final int epochs, final boolean keepsPredictions) {
		total = epochs;
		this.keepsPredictions = keepsPredictions;
	}

	@Override
	public synchronized void preparing(final String what, final double share) {
		stage = what;
		fraction = share;
		changes++;
	}

	@Override
	public synchronized void remark(final String text) {
		remarks.add(text);
		changes++;
	}

	@Override
	public synchronized void begins(final TrainingSetup about, final TrainingSettings settings) {
		setup = about;
		method = settings.method();
		shared = about.heldOut().size() == 0 ? 0 : about.shared().getAsInt();
		for (int i = 0; i < Math.min(LOOKS, about.training().size()); i++) {
			looked++;
			if (isConstant(about.training().batch(i).input())) constant++;
		}
		changes++;
	}

	private static boolean isConstant(final float[] values) {
		for (final float v : values)
			if (v != values[0]) return false;
		return true;
	}

	@Override
	public synchronized void resumed(final History earlier) {
		for (final History.Epoch e : earlier.epochs())
			curve.add(new LossCurve.Point(e.number() - 0.5, e.trainingLoss()));
		epochs.addAll(earlier.epochs());
		from = (double) epochs.size() / total;
		changes++;
	}

	@Override
	public synchronized boolean step(final double progress, final double loss) {
		if (start == 0) start = System.nanoTime();
		stage = "training";
		fraction = progress;
		curve.step(progress * total, loss);
		changes++;
		return true;
	}

	@Override
	public synchronized void checked(final int first, final Batch batch, final BatchResult evaluation) {
		if (!keepsPredictions) return;
		if (first == 0) now = new HeldOutPredictions(setup.heldOut());
		now.add(batch, evaluation);
	}

	@Override
	public synchronized void state(final TrainingState state) {
		final History.Epoch last = state.last();
		epochs.add(last);
		final ConfusionMatrix matrix = state.validation().matrix();
		if (matrix != null) dice.put(last.number(), IntStream.range(0, matrix.classes()).mapToDouble(matrix::dice).toArray());
		final boolean best = state.history().best() == last.number();
		if (best || !checked.best()) checked = new Checked(last.number(), best, state.validation(), now);
		changes++;
	}

	/**
	 * Notes that the training has ended, which is final.
	 *
	 * @param text what has become of it
	 */
	public synchronized void end(final String text) {
		if (ending == null) ending = text;
		fraction = 1;
		changes++;
	}

	/** Grows with everything that is noted. */
	public synchronized long changes() {
		return changes;
	}

	/** What is done, such as {@code training}. */
	public synchronized String stage() {
		return stage;
	}

	/** Share of the stage, or of the training once that has begun, that is done, from 0 to 1. */
	public synchronized double fraction() {
		return fraction;
	}

	/** Seconds to go, as far as can be told from those that have passed; NaN if that is too early. */
	public synchronized double secondsLeft() {
		final double seconds = (System.nanoTime() - start) * 1e-9;
		return start == 0 || fraction <= from || ending != null ? Double.NaN : seconds * (1 - fraction) / (fraction - from);
	}

	/** Epochs of the whole training. */
	public int epochs() {
		return total;
	}

	/** What the training is about; null before that is known. */
	public synchronized TrainingSetup setup() {
		return setup;
	}

	/** Device and precision among others; null before they are known. */
	public synchronized TrainingMethod method() {
		return method;
	}

	/** All epochs so far, also those before the training was resumed. */
	public synchronized History history() {
		return new History(epochs);
	}

	/** The loss of training, also of before it was resumed. */
	public synchronized List<LossCurve.Point> curve() {
		return curve.points();
	}

	/** Dice coefficients of the classes by the numbers of the epochs in which they were measured. */
	public synchronized Map<Integer, double[]> dice() {
		return Collections.unmodifiableMap(new TreeMap<>(dice));
	}

	/** How well the weights do that will be kept; those of the last epoch if the best ones were learnt before a resume. */
	public synchronized Checked checked() {
		return checked;
	}

	/** What has become of the training; null while it goes on. */
	public synchronized String ending() {
		return ending;
	}

	/** What a person should know, in words. */
	public synchronized List<String> warnings() {
		final List<String> texts = new ArrayList<>(remarks);
		if (setup != null) texts.addAll(new TrainingWarnings(setup, history(), checked.validation(), shared, constant, looked,
			ending != null).texts());
		return List.copyOf(texts);
	}
}
