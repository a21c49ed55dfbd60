package io.github.convoluta.command;

import org.scijava.plugin.Parameter;

/** What filters along a single axis have in common. */
abstract class AxisFilterCommand extends FilterCommand {

	@Parameter(label = "Axis", choices = { "X", "Y", "Z", "T" },
		description = "axis of the image along which the filter works")
	private String axis = "X";

	/** The axis along which the filter works. */
	final AxisKey along() {
		return Keys.choice("axis", axis, AxisKey.class);
	}
}
