package io.github.convoluta.command;

import io.github.convoluta.filter.Filter;
import io.github.convoluta.image.SpatialAxes;
import org.scijava.plugin.Parameter;

/** What filters along one to three spatial axes have in common. */
abstract class AxesFilterCommand extends FilterCommand {

	@Parameter(label = "Axes", choices = { "X", "XY", "XYZ", "XYT" },
		description = "axes of the image along which the filter works; all others are repeated over")
	private String axes = "XY";

	/** The axes along which the filter works. */
	final SpatialAxes along() {
		return Keys.choice("axes", axes, SpatialAxes.class);
	}

	/** A filter of each channel by itself. */
	final Filtering plan(final Filter filter) {
		return plan(along(), filter);
	}
}
