package io.github.convoluta.command;

import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import io.github.convoluta.image.KernelImages;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelNormalization;
import io.github.convoluta.kernel.KernelSource;
import io.github.convoluta.kernel.KernelText;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.scijava.widget.TextWidget;

/** A kernel as an image, and as a text file. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Show Kernel...", label = "Show Kernel...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "31"),
	description = "Opens a kernel as a 32-bit image, to look at, to edit, or to use as a kernel again; and saves it as text.")
@Form(order = "kernel axes normalize file")
public class ShowKernelCommand extends UserCommand {

	@Parameter(label = "Kernel", attrs = { @Attr(name = Field.SUGGESTIONS, value = ConvolveCommand.KERNELS), @Attr(
		name = Field.TAKES, value = "file") }, style = TextWidget.AREA_STYLE,
		description = "weights in rows, a file's path, or a name from the catalogue with its arguments")
	private String kernel = "gaussian 2";

	@Parameter(label = "Axes", choices = { "X", "XY", "XYZ" }, description = "axes of a kernel from the catalogue")
	private String axes = "XY";

	@Parameter(label = "Normalize", choices = { "none", "sum", "absolute" }, description = ConvolveCommand.NORMALIZE)
	private String normalize = "none";

	@Parameter(label = "Save as text file", style = FileWidget.SAVE_STYLE, required = false,
		description = "path of the file to write; empty for none")
	private String file = "";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus shown;

	@Override
	void execute() {
		final int dimensions = Keys.choice("axes", axes, SpatialAxes.class).count();
		final Kernel raw = Keys.meaning("kernel", kernel, () -> KernelSource.resolve(kernel, dimensions));
		final Kernel scaled = raw.times(Keys.choice("normalize", normalize, KernelNormalization.class).factor(raw));
		if (!file.isBlank()) {
			Keys.meaning("file", file, () -> KernelText.write(scaled, Path.of(file.strip())));
			IJ.showStatus("Kernel saved to " + file);
		}
		shown = KernelImages.toImage(scaled, ResultTitle.unused("kernel"));
	}
}
