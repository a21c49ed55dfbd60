package io.github.convoluta.command;

import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.GlobalPooling;
import io.github.convoluta.filter.Pooling;
import io.github.convoluta.image.SpatialAxes;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** One value per window. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Pool n-D...", label = "Pool n-D...",
	description = "Replaces each window of the image by one value, such as its maximum: what networks do between their layers. The calibration is scaled.")
public class PoolCommand extends FilterCommand {

	@Parameter(label = "Operation", choices = { "max", "min", "average", "sum", "median", "l2" },
		description = "what is computed over each window; l2 is the root of the sum of squares")
	private String operation = "max";

	@Parameter(label = "Window", attrs = { @Attr(name = Field.WHEN, value = "global=false"), @Attr(name = Field.UNIT, value = "pixels") }, description = "size of the window; one number, or one per axis, x first")
	private String window = "2";

	@Parameter(label = "Stride", attrs = { @Attr(name = Field.WHEN, value = "global=false"), @Attr(name = Field.UNIT, value = "pixels") }, description = "pixels from window to window; 0 means the window's size")
	private String stride = "0";

	@Parameter(label = "Padding", attrs = { @Attr(name = Field.WHEN, value = "global=false"), @Attr(name = Field.UNIT, value = "pixels") }, description = "pixels added on both sides, at most half the window; they count for nothing")
	private String pad = "0";

	@Parameter(label = "Keep partial windows", attrs = @Attr(name = Field.WHEN, value = "global=false"), description = "windows that reach beyond the end of the image give a value too")
	private boolean partial;

	@Parameter(label = "Global", description = "one value for the whole plane, stack or series; window and stride are ignored")
	private boolean global;

	@Parameter(label = "Axes", choices = { "X", "XY", "XYZ", "XYT" }, description = "axes of the window")
	private String axes = "XY";

	@Parameter(label = "Output", choices = { "32-bit", "input type" }, description = "32-bit, or the input's type and calibration function, rounded and clamped")
	private String output = "32-bit";

	@Parameter(label = "Folder for large results", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "where a result is written, as a TIFF file, that does not fit into memory; empty: it is refused")
	private String folder = "";

	@Override
	Plan plan() {
		final SpatialAxes along = Keys.choice("axes", axes, SpatialAxes.class);
		final Pooling.Operation reduction = Keys.choice("operation", operation, Pooling.Operation.class);
		return new Plan(along, OutputKey.parse(output), folder, global ? GlobalPooling.over(reduction, along.count()) : windowed(
			reduction, along.count()));
	}

	private Filter windowed(final Pooling.Operation reduction, final int n) {
		final int[] size = Keys.perAxis("window", window, n, 1);
		final int[] step = Keys.perAxis("stride", stride, n, 0);
		for (int d = 0; d < n; d++)
			if (step[d] == 0) step[d] = size[d];
		return Pooling.of(reduction, size).stride(step).pad(Keys.perAxis("pad", pad, n, 0)).keepPartial(partial);
	}

	/** The result has another size, and would not fit over the image. */
	@Override
	public boolean isPreviewable() {
		return false;
	}

	@Override
	String suffix() {
		return "pooled";
	}
}
