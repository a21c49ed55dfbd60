package io.github.convoluta.command;

import io.github.convoluta.filter.Recurrence;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** A recursive filter along one axis. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Difference Equation...",
	label = "Difference Equation...",
	description = "Filters along one axis by a[0] y[n] = b[0] x[n] + b[1] x[n-1] + ... - a[1] y[n-1] - ..., starting from rest.")
public class DifferenceEquationCommand extends FilterCommand {

	@Parameter(label = "Output coefficients a", description = "a[0] a[1] ...; a[0] is not 0")
	private String a = "1 -0.5";

	@Parameter(label = "Input coefficients b", description = "b[0] b[1] ...")
	private String b = "1";

	@Parameter(label = "Axis", choices = { "X", "Y", "Z", "T" }, description = "the axis along which n counts")
	private String axis = "X";

	@Parameter(label = "Zero phase", description = "filter forward and backward, so that nothing is delayed")
	private boolean zerophase;

	@Parameter(label = "Output", choices = { "32-bit", "input type" }, description = "32-bit, or the input's type and calibration function, rounded and clamped")
	private String output = "32-bit";

	@Parameter(label = "Folder for large results", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "where a result is written, as a TIFF file, that does not fit into memory; empty: it is refused")
	private String folder = "";

	@Override
	Plan plan() {
		final AxisKey along = Keys.choice("axis", axis, AxisKey.class);
		return new Plan(along.within(image), OutputKey.parse(output), folder, Recurrence.of(Keys.numbers("a", a), Keys
			.numbers("b", b)).zeroPhase(zerophase).along(along.dimension()));
	}

	@Override
	String suffix() {
		return "recurrence";
	}
}
