package io.github.convoluta.command;

import java.util.List;

import ij.ImagePlus;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.OpenImages;
import io.github.convoluta.image.TargetImages;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.training.ModelTraining;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a network to make of an image what another image shows. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Train Image to Image...",
	label = "Train Image to Image...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "43"),
	description = "Trains a network to make of the active image what a target image shows, such as the same view without noise, sharper, or stained, and writes the trained model. Escape stops and keeps what was learnt.")
@Form(order = "target " + TrainingCommand.ORDER + " steps " + TrainingCommand.LAST)
public class TrainImageToImageCommand extends PatchTrainingCommand {

	@Parameter(label = "Target", style = Field.IMAGE_STYLE,
		description = "title of an open image of the same size, or path of one: its values, in all its channels, are what is learnt, in their own unit and range")
	private String target = "";

	@Parameter(label = "Loss", choices = { AUTOMATIC, "mse", "mae" },
		description = "what training makes small: mean squared or mean absolute differences; automatic is mse")
	private String loss = AUTOMATIC;

	/** Made by the host. */
	public TrainImageToImageCommand() {
		super("unet depth=3 width=16");
	}

	@Override
	Loss loss() {
		return loss(loss);
	}

	@Override
	ModelTraining.Outcome train(final CommandMonitor monitor) {
		final NetworkViews views = views();
		final int[] wanted = wantedPatch();
		final ImagePlus found = OpenImages.partner("target", target, "target image", image);
		final List<LabelledImage> images = Keys.meaning("target", target, () -> TargetImages.pair(views, found));
		final List<String> names = TargetImages.names(views, found);
		return training(views, wanted, images, names.size(), monitor).regression(images, names);
	}
}
