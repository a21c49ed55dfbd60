package io.github.convoluta.command;

import io.github.convoluta.filter.Recurrence;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A recursive filter along one axis. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Difference Equation...",
	label = "Difference Equation...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "21"),
	description = "Filters along one axis by a[0] y[n] = b[0] x[n] + b[1] x[n-1] + ... - a[1] y[n-1] - ..., starting from rest.")
@Form(order = "a b axis zerophase output folder")
public class DifferenceEquationCommand extends AxisFilterCommand {

	@Parameter(label = "Output coefficients a", description = "a[0] a[1] ...; a[0] is not 0")
	private String a = "1 -0.5";

	@Parameter(label = "Input coefficients b", description = "b[0] b[1] ...")
	private String b = "1";

	@Parameter(label = "Zero phase", description = "filter forward and backward, so that nothing is delayed")
	private boolean zerophase;

	@Override
	Filtering plan() {
		final AxisKey along = along();
		return plan(along.within(image), Recurrence.of(Keys.numbers("a", a), Keys.numbers("b", b)).zeroPhase(zerophase).along(
			along.dimension()));
	}

	@Override
	String suffix() {
		return "recurrence";
	}
}
