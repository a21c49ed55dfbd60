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
import org.scijava.widget.FileWidget;

/** The mean of neighbouring samples along one axis. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Moving Average...",
	label = "Moving Average...", description = "Replaces each sample by the mean of its neighbours along one axis.")
public class MovingAverageCommand extends FilterCommand {

	@Parameter(label = "Length", attrs = @Attr(name = Field.UNIT, value = "samples"), min = "1", max = "4001", description = "number of samples in the mean")
	private int length = 5;

	@Parameter(label = "Axis", choices = { "X", "Y", "Z", "T" }, description = "the axis along which samples are averaged")
	private String axis = "X";

	@Parameter(label = "Padding", choices = { "same", "valid", "full" }, description = "same keeps the number of samples")
	private String padding = "same";

	@Parameter(label = "Border", attrs = @Attr(name = Field.WHEN, value = "padding=same|full"), choices = { "zero", "constant", "replicate", "mirror", "reflect", "periodic" },
		description = "what lies beyond the image")
	private String border = "replicate";

	@Parameter(label = "Output", choices = { "32-bit", "input type" }, description = "32-bit, or the input's type and calibration function, rounded and clamped")
	private String output = "32-bit";

	@Parameter(label = "Folder for large results", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "where a result is written, as a TIFF file, that does not fit into memory; empty: it is refused")
	private String folder = "";

	@Override
	Plan plan() {
		final AxisKey along = Keys.choice("axis", axis, AxisKey.class);
		Keys.number("length", length, 1, 4001);
		final double[] ones = new double[length];
		Arrays.fill(ones, 1);
		final int d = along.dimension();
		final Padding[] pads = { Padding.VALID, Padding.VALID, Padding.VALID };
		pads[d] = Keys.choice("padding", padding, Padding.class);
		final SpatialAxes axes = along.within(image);
		return new Plan(axes, OutputKey.parse(output), folder, Convolution.with(Kernel.of1D(ones).along(d, axes.count())).padding(pads)
			.border(Border.of(Keys.choice("border", border, Border.Mode.class), 0)).scale(1.0 / length, 0));
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
