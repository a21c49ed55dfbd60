package io.github.convoluta.command;

import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/** What commands that make a table have in common. */
abstract class TableCommand extends UserCommand {

	@Parameter(label = "Table", style = FileWidget.SAVE_STYLE, required = false,
		description = "path of the CSV file to write the table to: a network's layers, a training's epochs, or what a classifier says; empty for none")
	protected String table = "";
}
