package io.github.convoluta.command;

import java.util.List;

import ij.ImagePlus;
import io.github.convoluta.image.LabelImages;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.OpenImages;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.training.ModelTraining;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a network to label every pixel as a label image does. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Train Segmentation...",
	label = "Train Segmentation...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "41"),
	description = "Trains a network to give every pixel of the active image its class, as a label image shows it, and writes the trained model. Escape stops and keeps what was learnt.")
@Form(order = "labels " + TrainingCommand.ORDER + " sparse steps " + TrainingCommand.LAST)
public class TrainSegmentationCommand extends PatchTrainingCommand {

	@Parameter(label = "Labels", style = Field.IMAGE_STYLE,
		description = "title of an open label image, or path of one; its values are the classes; in RGB its colours")
	private String labels = "";

	@Parameter(label = "Sparse", description = "0 in the labels means unlabelled, not a class: a few strokes are enough")
	private boolean sparse = false;

	/** Made by the host. */
	public TrainSegmentationCommand() {
		super("unet depth=3 width=16");
	}

	@Override
	ModelTraining.Outcome train(final CommandMonitor monitor) {
		final NetworkViews views = views();
		final int[] wanted = wantedPatch();
		final ImagePlus found = OpenImages.partner("labels", labels, "label image", image);
		final List<LabelledImage> images = Keys.meaning("labels", labels, () -> LabelImages.pair(views, found));
		monitor.begin("looking through the labels");
		final LabelIndex index = Keys.meaning("labels", labels, () -> LabelIndex.of(images, sparse, LabelImages.areColours(
			found), monitor));
		return training(views, wanted, images, index.classes().count(), monitor).segmentation(index);
	}
}
