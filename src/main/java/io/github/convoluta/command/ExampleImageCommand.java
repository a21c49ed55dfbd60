package io.github.convoluta.command;

import ij.ImagePlus;
import io.github.convoluta.image.ExampleImages;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Images to play with, which the example macros use. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Example Image...", label = "Example Image...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "51"),
	description = "Opens one of the small computed images that the example macros work on: cells with their labels, membranes, a chest X-ray, a coloured tissue, two tomograms with their labels, a time series in two channels, and an electrocardiogram.")
@Form(order = "example")
public class ExampleImageCommand extends UserCommand {

	@Parameter(label = "Example", choices = { "cells", "cells-labels", "membranes", "chest", "tissue", "ct", "ct-labels",
		"ct-second", "ct-second-labels", "series", "ecg" }, description = "which image; its title is that name with .tif")
	private String example = "cells";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus opened;

	@Override
	void execute() {
		opened = ExampleImages.open(example);
	}
}
