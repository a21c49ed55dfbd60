package io.github.convoluta.command;

import java.util.Arrays;

import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Padding;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.kernel.Kernel;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** The mean of neighbouring samples along one axis. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Moving Average...", label = "Moving Average...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "22"),
	description = "Replaces each sample by the mean of its neighbours along one axis.")
@Form(order = "length axis padding border output folder", when = "border: padding=same|full")
public class MovingAverageCommand extends AxisFilterCommand {

	@Parameter(label = "Length", attrs = @Attr(name = Field.UNIT, value = "samples"), min = "1", max = "4001",
		description = "number of samples in the mean")
	private int length = 5;

	@Parameter(label = "Padding", choices = { "same", "valid", "full" }, description = "same keeps the number of samples")
	private String padding = "same";

	@Parameter(label = "Border", choices = { "zero", "constant", "replicate", "mirror", "reflect", "periodic" },
		description = BorderedFilterCommand.BORDER)
	private String border = "replicate";

	@Override
	Filtering plan() {
		final AxisKey along = along();
		Keys.number("length", length, 1, 4001);
		final double[] ones = new double[length];
		Arrays.fill(ones, 1);
		final int d = along.dimension();
		final Padding[] pads = { Padding.VALID, Padding.VALID, Padding.VALID };
		pads[d] = Keys.choice("padding", padding, Padding.class);
		final SpatialAxes axes = along.within(image);
		return plan(axes, Convolution.with(Kernel.of1D(ones).along(d, axes.count())).padding(pads).border(Border.of(Keys.choice(
			"border", border, Border.Mode.class), 0)).scale(1.0 / length, 0));
	}

	/** Only results of the same size fit over the image. */
	@Override
	public boolean canPreview() {
		return padding.equals("same");
	}

	@Override
	String suffix() {
		return "averaged";
	}
}
