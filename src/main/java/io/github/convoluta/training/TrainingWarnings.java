package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.model.Task;

/**
 * What may be wrong with a training or with the numbers that it is judged by, in words.
 *
 * @param setup what the training is about
 * @param history all epochs so far
 * @param validation how well the weights that are kept do on what is kept apart
 * @param shared number of images that are both learnt from and checked with
 * @param constant number of samples whose values are all the same, of those that were looked at
 * @param looked number of samples that were looked at
 * @param ended whether the training has ended
 */
record TrainingWarnings(TrainingSetup setup, History history, Validation validation, int shared, int constant, int looked,
	boolean ended)
{

	/** Fewer decisions than these say little. */
	private static final int FEW_IMAGES = 50, FEW_PIXELS = 1000;
	/** A class with fewer is hardly present, as is one below the share. */
	private static final int RARE_IMAGES = 10, RARE_PIXELS = 100;
	private static final double RARE = 0.005;
	/** A validation loss above the least one by this factor has risen. */
	private static final double RISEN = 1.1;
	/** A loss that went down by this share in the last fifth of the epochs is still falling. */
	private static final double FALLS = 0.05;
	private static final int LAST_PART = 5, LEAST_EPOCHS = 3;

	/** All warnings, the gravest first. */
	List<String> texts() {
		final List<String> texts = new ArrayList<>();
		constantSamples(texts);
		shared(texts);
		heldOut(texts);
		rareClasses(texts);
		course(texts);
		return texts;
	}

	private boolean isOfImages() {
		return setup.draft().task() == Task.CLASSIFICATION;
	}

	private String things() {
		return isOfImages() ? "samples" : setup.sparse() ? "labelled pixels" : "pixels";
	}

	private void constantSamples(final List<String> texts) {
		if (constant > 0) texts.add("Of " + looked + " samples that were looked at, " + constant + (constant == 1 ? " has"
			: " have") + " the same value everywhere: nothing can be learnt from such. Is an image empty or saturated?");
	}

	private void shared(final List<String> texts) {
		if (shared == 0) return;
		if (isOfImages()) texts.add(shared + (shared == 1 ? " sample that was kept apart is"
			: " samples that were kept apart are") +
			" also learnt from, value by value: the numbers are too good. Take copies of images away.");
		else texts.add((shared == 1 ? "Another part of the same image" : "Other parts of the same " + shared + " images") +
			" was learnt from: on new images the network may do worse than the numbers say.");
	}

	private void heldOut(final List<String> texts) {
		if (setup.heldOut().size() == 0) {
			texts.add("Nothing was kept apart to check with: how well the network does on other images is not known.");
			return;
		}
		if (setup.sparse()) texts.add("Measured on strokes only: what lies between them is not checked. " +
			"Draw along borders for a fairer test.");
		final ConfusionMatrix matrix = validation.matrix();
		if (matrix == null) return;
		final long n = IntStream.range(0, matrix.classes()).mapToLong(c -> members(matrix, c)).sum();
		if (n < (isOfImages() ? FEW_IMAGES : FEW_PIXELS)) texts.add("Measured on " + n + " " + things() +
			" only: numbers of so few may be off by " + Math.max(1, Math.round(100 / Math.sqrt(Math.max(1, n)))) + " %.");
		final List<String> absent = IntStream.range(0, matrix.classes()).filter(c -> members(matrix, c) == 0).mapToObj(
			this::name).toList();
		if (!absent.isEmpty()) texts.add("Nothing that was kept apart is " + String.join(" or ", absent) + ": how well " +
			(absent.size() == 1 ? "it is" : "they are") + " found is not known.");
	}

	private static long members(final ConfusionMatrix matrix, final int c) {
		return IntStream.range(0, matrix.classes()).mapToLong(p -> matrix.count(c, p)).sum();
	}

	private void rareClasses(final List<String> texts) {
		if (setup.draft().task() == Task.REGRESSION) return;
		final long[] counts = setup.counts();
		final long all = LongStream.of(counts).sum();
		final int few = isOfImages() ? RARE_IMAGES : RARE_PIXELS;
		for (int c = 0; c < counts.length; c++)
			if (counts[c] < few || counts[c] < RARE * all) texts.add(name(c) + " is hardly present: " + counts[c] + " of " + all +
				" " + things() + " that are learnt from (" + String.format(Locale.ROOT, "%.1f", 100.0 * counts[c] / all) +
				" %). Give more of it, or use classweights=balanced.");
	}

	private String name(final int c) {
		return setup.draft().classes().get(c);
	}

	private void course(final List<String> texts) {
		final double[] checked = history.epochs().stream().mapToDouble(History.Epoch::validationLoss).toArray();
		final double[] learnt = history.epochs().stream().mapToDouble(History.Epoch::trainingLoss).toArray();
		final int best = history.best();
		if (best > 0 && risesFrom(checked, learnt, best)) texts.add("Since epoch " + best +
			" the loss of validation has risen " + "while that of training fell: overfitting. The weights of epoch " + best +
			" are kept; more images or augmentation help, more epochs don't.");
		else if (ended && isFalling(best > 0 ? least(checked) : learnt)) texts.add(
			"The loss was still falling when the training ended: more epochs would help.");
	}

	/** Whether the loss of validation has stayed above the least one for some epochs, while that of training fell. */
	private static boolean risesFrom(final double[] checked, final double[] learnt, final int best) {
		final int since = checked.length - best, last = checked.length - 1;
		if (since < Math.max(LEAST_EPOCHS, checked.length / LAST_PART)) return false;
		return Arrays.stream(checked, checked.length - 2, checked.length).allMatch(v -> v > RISEN * checked[best - 1]) &&
			learnt[last] < learnt[best - 1];
	}

	private static boolean isFalling(final double[] losses) {
		final int n = losses.length;
		if (n < LEAST_EPOCHS) return n > 0;
		final double before = losses[n - 1 - Math.max(1, n / LAST_PART)], last = losses[n - 1];
		return before - last > FALLS * Math.abs(before);
	}

	/** The least loss up to each epoch. */
	private static double[] least(final double[] losses) {
		final double[] least = losses.clone();
		for (int i = 1; i < least.length; i++)
			least[i] = Math.min(least[i - 1], least[i]);
		return least;
	}
}
