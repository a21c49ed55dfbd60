package io.github.convoluta.command;

import io.github.convoluta.filter.Upsampling;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Enlarges by whole factors. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Upsample n-D...", label = "Upsample n-D...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "14"),
	description = "Enlarges the image by whole factors, by repeating pixels, by interpolation, or with zeros between the pixels. The calibration is scaled.")
@Form(order = "factor method axes output folder")
public class UpsampleCommand extends AxesFilterCommand {

	/** Larger factors would make more pixels of one than any image has. */
	private static final int LARGEST = 10000;

	@Parameter(label = "Factor", attrs = @Attr(name = Field.UNIT, value = "times"),
		description = "enlargement; one number, or one per axis, x first")
	private String factor = "2";

	@Parameter(label = "Method", choices = { "nearest", "linear", "zeros" },
		description = "where the new pixels get their values")
	private String method = "nearest";

	@Override
	Filtering plan() {
		return plan(new Upsampling(Keys.choice("method", method, Upsampling.Method.class), Keys.perAxis("factor", factor, along()
			.count(), 1, LARGEST)));
	}

	/** The result has another size, and would not fit over the image. */
	@Override
	public boolean isPreviewable() {
		return false;
	}

	@Override
	String suffix() {
		return "upsampled";
	}
}
