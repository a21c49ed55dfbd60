package io.github.convoluta.command;

import io.github.convoluta.filter.Upsampling;
import io.github.convoluta.image.SpatialAxes;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Enlarges by whole factors. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Upsample n-D...", label = "Upsample n-D...",
	description = "Enlarges the image by whole factors, by repeating pixels, by interpolation, or with zeros between the pixels. The calibration is scaled.")
public class UpsampleCommand extends FilterCommand {

	/** Larger factors would make more pixels of one than any image has. */
	private static final int LARGEST = 10000;

	@Parameter(label = "Factor", attrs = @Attr(name = Field.UNIT, value = "times"), description = "enlargement; one number, or one per axis, x first")
	private String factor = "2";

	@Parameter(label = "Method", choices = { "nearest", "linear", "zeros" }, description = "where the new pixels get their values")
	private String method = "nearest";

	@Parameter(label = "Axes", choices = { "X", "XY", "XYZ", "XYT" }, description = "axes that are enlarged")
	private String axes = "XY";

	@Parameter(label = "Output", choices = { "32-bit", "input type" }, description = "32-bit, or the input's type and calibration function, rounded and clamped")
	private String output = "32-bit";

	@Parameter(label = "Folder for large results", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "where a result is written, as a TIFF file, that does not fit into memory; empty: it is refused")
	private String folder = "";

	@Override
	Plan plan() {
		final SpatialAxes along = Keys.choice("axes", axes, SpatialAxes.class);
		return new Plan(along, OutputKey.parse(output), folder, new Upsampling(Keys.choice("method", method, Upsampling.Method.class),
			Keys.perAxis("factor", factor, along.count(), 1, LARGEST)));
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
