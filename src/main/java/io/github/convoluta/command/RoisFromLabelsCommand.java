package io.github.convoluta.command;

import java.util.List;
import java.util.concurrent.CancellationException;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import io.github.convoluta.image.LabelRois;
import io.github.convoluta.image.LabelSource;
import io.github.convoluta.image.RoiSource;
import io.github.convoluta.image.RoiTarget;
import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Makes regions of interest of a label image. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>ROIs from Labels...",
	label = "ROIs from Labels...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "48"),
	description = "Makes regions of interest of the labels in the active image, such as a mask or what Apply Network... gives: on every slice and frame the outlines of each object, or of all pixels of a label. Groups, names and colours are those of the classes, so that Labels from ROIs... makes the same labels of them again. 0 is background.")
@Form(order = "per to")
public class RoisFromLabelsCommand extends UserCommand {

	/** What becomes a region. */
	private enum Part {
		OBJECT, CLASS
	}

	@Parameter(persist = false)
	private ImagePlus image;

	@Parameter
	private StatusService status;

	@Parameter(label = "Region per", choices = { "object", "class" },
		description = "a region for every connected part of a label, or one for all pixels of a label on a slice")
	private String per = "object";

	@Parameter(label = "To", style = FileWidget.SAVE_STYLE, attrs = { @Attr(name = Field.SUGGESTIONS,
		value = LabelSource.SUGGESTIONS), @Attr(name = Field.TAKES, value = "image") },
		description = "overlay or roi manager, to which they are added; title of another open image for the overlay of that; or path of the .zip file to write")
	private String to = RoiSource.OVERLAY;

	@Parameter(type = ItemIO.OUTPUT)
	private Roi[] regions;

	@Override
	void execute() {
		Keys.requireImage(image);
		final Part part = Keys.choice("per", per, Part.class);
		final CommandMonitor monitor = new CommandMonitor(status, "tracing labels");
		try {
			final List<Roi> found = LabelRois.of(image, part == Part.OBJECT, monitor);
			if (found.isEmpty()) throw new IllegalArgumentException("\"" + image.getTitle() +
				"\" has no labels: all of its pixels are 0.");
			RoiTarget.put(found, "to", to, image);
			regions = found.toArray(Roi[]::new);
			IJ.showStatus(regions.length + (regions.length == 1 ? " region" : " regions"));
		}
		catch (final CancellationException e) {
			cancel(e.getMessage());
		}
		finally {
			monitor.done();
		}
	}
}
