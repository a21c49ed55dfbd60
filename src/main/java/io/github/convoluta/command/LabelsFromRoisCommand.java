package io.github.convoluta.command;

import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import io.github.convoluta.image.LabelSource;
import io.github.convoluta.image.RoiClasses;
import io.github.convoluta.image.RoiSource;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Paints regions of interest as a label image. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Labels from ROIs...",
	label = "Labels from ROIs...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "47"),
	description = "Paints regions of interest as a label image of the active image's size: areas filled, lines as wide as they were drawn, points as single pixels, each on its slice and frame. Of regions that overlap the last one is seen. The image and its regions stay as they are.")
@Form(order = "source by background title")
public class LabelsFromRoisCommand extends UserCommand {

	@Parameter(persist = false)
	private ImagePlus image;

	@Parameter(label = "Source", attrs = { @Attr(name = Field.SUGGESTIONS, value = LabelSource.SUGGESTIONS), @Attr(
		name = Field.TAKES, value = "file") },
		description = "overlay of the active image, roi manager, or path of a .roi or .zip file")
	private String source = RoiSource.OVERLAY;

	@Parameter(label = "Class by", choices = { "automatic", "group", "name", "colour" },
		description = "what tells a region's class: its group; its name up to the first dash, blank or digit; the colour of its outline; automatic takes the first of these that it has")
	private String by = "automatic";

	@Parameter(label = "Background class", attrs = @Attr(name = Field.SUGGESTIONS, value = "none|background"),
		description = "class of all pixels outside of regions: one of theirs, or another, whose label is 0; none if they are unlabelled, which is 0 too")
	private String background = LabelSource.NONE;

	@Parameter(label = "Title", required = false,
		description = "title of the label image; empty for the image's title with -labels")
	private String title = "";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labels;

	@Override
	void execute() {
		Keys.requireImage(image);
		final List<Roi> rois = LabelSource.regions("source", source, image, IJ::log).orElseThrow(
			() -> new IllegalArgumentException("source=[" + source +
				"] are no regions. Give overlay, roi manager, or the path of a .roi or .zip file."));
		final RoiClasses classes = Keys.meaning("by", by, () -> RoiClasses.of(rois, RoiClasses.By.parse(by)));
		labels = LabelSource.paint(rois, classes, background, image, title.isBlank() ? ResultTitle.of(image, "labels") : title
			.strip(), IJ::log).image();
	}
}
