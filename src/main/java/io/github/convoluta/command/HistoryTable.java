package io.github.convoluta.command;

import ij.measure.ResultsTable;
import io.github.convoluta.training.History;

/** What happened epoch by epoch as a table for scripts. */
final class HistoryTable {

	private HistoryTable() {}

	/** One row an epoch; NaN where nothing was kept apart to measure with. */
	static ResultsTable of(final History history) {
		final ResultsTable table = new ResultsTable();
		table.setPrecision(6);
		for (final History.Epoch epoch : history.epochs()) {
			table.incrementCounter();
			table.addValue("Epoch", epoch.number());
			table.addValue("Training loss", epoch.trainingLoss());
			table.addValue("Validation loss", epoch.validationLoss());
			table.addValue("Accuracy", epoch.accuracy());
			table.addValue("Dice", epoch.dice());
			table.addValue("Learning rate", epoch.learningRate());
		}
		return table;
	}
}
