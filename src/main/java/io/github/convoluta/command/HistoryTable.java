package io.github.convoluta.command;

import java.util.List;

import io.github.convoluta.image.Table;
import io.github.convoluta.training.History;

/** What happened epoch by epoch as a table. */
final class HistoryTable {

	private HistoryTable() {}

	/** One row an epoch; NaN where nothing was kept apart to measure with. */
	static Table of(final History history) {
		return new Table(List.of("Epoch", "Training loss", "Validation loss", "Accuracy", "Dice", "Learning rate"), history
			.epochs().stream().map(e -> List.<Object> of(e.number(), e.trainingLoss(), e.validationLoss(), e.accuracy(), e.dice(),
				e.learningRate())).toList());
	}
}
