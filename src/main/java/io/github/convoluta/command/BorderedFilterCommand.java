package io.github.convoluta.command;

import io.github.convoluta.filter.Border;
import org.scijava.plugin.Parameter;

/** What filters along spatial axes have in common whose windows reach beyond the image. */
abstract class BorderedFilterCommand extends AxesFilterCommand {

	/** Of the key {@code border}, which {@link MovingAverageCommand} has too. */
	static final String BORDER = "what lies beyond the image; mirror repeats the edge pixel, reflect does not";

	@Parameter(label = "Border", choices = { "zero", "constant", "replicate", "mirror", "reflect", "periodic" },
		description = BORDER)
	private String border;

	/** With the border that the dialog proposes. */
	BorderedFilterCommand(final String border) {
		this.border = border;
	}

	/** @param value what lies beyond the image if the border is constant */
	final Border border(final double value) {
		return Border.of(Keys.choice("border", border, Border.Mode.class), value);
	}
}
