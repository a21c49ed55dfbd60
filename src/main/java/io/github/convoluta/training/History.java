package io.github.convoluta.training;

import java.util.List;
import java.util.Locale;

/**
 * What happened epoch by epoch.
 *
 * @param epochs in order
 */
public record History(List<Epoch> epochs) {

	/**
	 * @param number from 1 on
	 * @param trainingLoss mean over the epoch's steps
	 * @param validationLoss mean over the validation samples, NaN without any
	 * @param accuracy share of right decisions on the validation samples, NaN without any
	 * @param dice mean Dice coefficient (F1) of the classes on the validation samples, NaN without any
	 * @param learningRate of the last step
	 */
	public record Epoch(int number, double trainingLoss, double validationLoss, double accuracy, double dice,
		double learningRate)
	{}

	public History {
		epochs = List.copyOf(epochs);
	}

	/** The epoch with the least validation loss, the first of several; 0 without any. */
	public int best() {
		int best = 0;
		double least = Double.POSITIVE_INFINITY;
		for (final Epoch e : epochs)
			if (e.validationLoss() < least) {
				least = e.validationLoss();
				best = e.number();
			}
		return best;
	}

	/** A table with a header line, numbers with a decimal point whatever the locale. */
	public String toCsv() {
		final StringBuilder s = new StringBuilder("epoch,training_loss,validation_loss,accuracy,dice,learning_rate\n");
		for (final Epoch e : epochs)
			s.append(String.format(Locale.ROOT, "%d,%.6g,%.6g,%.6g,%.6g,%.6g\n", e.number(), e.trainingLoss(), e.validationLoss(),
				e.accuracy(), e.dice(), e.learningRate()));
		return s.toString();
	}
}
