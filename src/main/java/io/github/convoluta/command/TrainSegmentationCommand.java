package io.github.convoluta.command;

import java.util.List;

import ij.IJ;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.image.LabelImages;
import io.github.convoluta.image.LabelSource;
import io.github.convoluta.image.NetworkViews;
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
@Form(order = "labels " + TrainingCommand.ORDER + " classweights sparse background steps " + TrainingCommand.LAST)
public class TrainSegmentationCommand extends PatchTrainingCommand {

	@Parameter(label = "Labels", style = Field.IMAGE_STYLE, attrs = @Attr(name = Field.SUGGESTIONS,
		value = LabelSource.SUGGESTIONS), description = LabelSource.MEANING +
			". The classes are the image's values, in RGB its colours; or the regions' groups, names or colours")
	private String labels = "";

	@Parameter(label = "Sparse",
		description = "0 in a label image means unlabelled, not a class: a few strokes are enough; for regions see background")
	private boolean sparse = false;

	@Parameter(label = "Background", attrs = @Attr(name = Field.SUGGESTIONS, value = "none|background"),
		description = "for regions: the class of all pixels outside of them; none if they are unlabelled")
	private String background = LabelSource.NONE;

	@Parameter(label = "Loss", choices = { AUTOMATIC, "crossentropy", "dice", "dice+ce", "focal" },
		description = "what training makes small; automatic is dice+ce; focal counts what is already right less")
	private String loss = AUTOMATIC;

	@Parameter(label = "Class weights", choices = { "none", "balanced" }, description = CLASS_WEIGHTS)
	private String classweights = "none";

	/** Made by the host. */
	public TrainSegmentationCommand() {
		super("unet depth=3 width=16");
	}

	@Override
	Loss loss() {
		return loss(loss);
	}

	@Override
	boolean isBalanced() {
		return Keys.choice("classweights", classweights, ClassWeighting.class) == ClassWeighting.BALANCED;
	}

	@Override
	ModelTraining.Outcome train(final CommandMonitor monitor) {
		final NetworkViews views = views();
		final int[] wanted = wantedPatch();
		final LabelSource found = Keys.meaning("labels", labels, () -> LabelSource.find("labels", labels, background, sparse,
			image, IJ::log));
		final List<LabelledImage> images = Keys.meaning("labels", labels, () -> LabelImages.pair(views, found.image()));
		monitor.begin("looking through the labels");
		final LabelIndex index = Keys.meaning("labels", labels, () -> LabelIndex.of(images, found.sparse(), LabelImages
			.areColours(found.image()), monitor)).named(found.names());
		return training(views, wanted, images, index.classes().count(), monitor).segmentation(index);
	}
}
