package io.github.convoluta.command;

import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.GlobalPooling;
import io.github.convoluta.filter.Pooling;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** One value per window. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Pool n-D...", label = "Pool n-D...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "13"),
	description = "Replaces each window of the image by one value, such as its maximum: what networks do between their layers. The calibration is scaled.")
@Form(order = "operation window stride pad partial global axes output folder",
	when = "window stride pad partial: global=false")
public class PoolCommand extends AxesFilterCommand {

	@Parameter(label = "Operation", choices = { "max", "min", "average", "sum", "median", "l2" },
		description = "what is computed over each window; l2 is the root of the sum of squares")
	private String operation = "max";

	@Parameter(label = "Window", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "size of the window; one number, or one per axis, x first")
	private String window = "2";

	@Parameter(label = "Stride", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "pixels from window to window; 0 means the window's size")
	private String stride = "0";

	@Parameter(label = "Padding", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "pixels added on both sides, at most half the window; they count for nothing")
	private String pad = "0";

	@Parameter(label = "Keep partial windows", description = "windows that reach beyond the end of the image give a value too")
	private boolean partial;

	@Parameter(label = "Global", description = "one value for the whole plane, stack or series; window and stride are ignored")
	private boolean global;

	@Override
	Filtering plan() {
		final Pooling.Operation reduction = Keys.choice("operation", operation, Pooling.Operation.class);
		return plan(global ? GlobalPooling.over(reduction, along().count()) : windowed(reduction, along().count()));
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
