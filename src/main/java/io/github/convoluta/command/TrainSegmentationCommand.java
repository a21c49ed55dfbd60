package io.github.convoluta.command;

import java.util.List;

import ij.ImagePlus;
import io.github.convoluta.image.LabelImages;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.training.ModelTraining;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a network to label every pixel as a label image does. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Train Segmentation...", label = "Train Segmentation...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "41"),
	description = "Trains a network to give every pixel of the active image its class, as a label image shows it, and writes the trained model. Escape stops and keeps what was learnt.")
@Form(order = "labels " + TrainingCommand.ORDER + " sparse steps " + TrainingCommand.LAST)
public class TrainSegmentationCommand extends TrainingCommand {

	/** Extents that networks learn well from, for signals, planes and volumes. */
	private static final int[][] USUAL_PATCH = { { 256 }, { 256, 256 }, { 64, 64, 32 } };

	@Parameter(persist = false)
	private ImagePlus image;

	@Parameter(label = "Labels", style = Field.IMAGE_STYLE, description = "title of an open label image, or path of one; its values are the classes; in RGB its colours")
	private String labels = "";

	@Parameter(label = "Sparse", description = "0 in the labels means unlabelled, not a class: a few strokes are enough")
	private boolean sparse = false;

	@Parameter(label = "Steps", min = "0", max = "100000", description = "steps of an epoch; 0 chooses by the image's size")
	private int steps = 0;

	/** Made by the host. */
	public TrainSegmentationCommand() {
		super("unet depth=3 width=16");
	}

	@Override
	int steps() {
		return steps;
	}

	@Override
	ModelTraining.Outcome train(final CommandMonitor monitor) {
		Keys.requireImage(image);
		final SpatialAxes spatial = spatialAxes();
		final NetworkViews views = NetworkViews.of(image, spatial);
		final int[] wanted = wantedPatch();
		final ImagePlus found = LabelImages.find(labels, image);
		final List<LabelledImage> images = Keys.meaning("labels", labels, () -> LabelImages.pair(views, found));
		monitor.begin("looking through the labels");
		final ClassValues classes = Keys.meaning("labels", labels, () -> ClassValues.of(images.stream().map(LabelledImage::labels)
			.toList(), sparse, LabelImages.areColours(found), monitor));
		final Network described = Keys.meaning("network", network, () -> NetworkSource.resolve(network, spatial.count(), views
			.channels(), classes.count()));
		final VoxelGeometry geometry = new VoxelGeometry(views.pixelSize(), spatial == SpatialAxes.XYT);
		final int[] extents = patch(wanted, described, images.get(0));
		Keys.meaning("patch", patch, () -> described.shapes(extents));
		return training(described, extents, geometry, views.unit(), monitor).segmentation(images,
			classes);
	}

	/** The patch in multiples of what the network pools, not larger than the image needs. */
	private static int[] patch(final int[] wanted, final Network described, final LabelledImage first) {
		final int[] divisor = described.divisor();
		final int[] extents = (wanted == null ? USUAL_PATCH[divisor.length - 1] : wanted).clone();
		for (int d = 0; d < extents.length; d++) {
			final long needed = Math.min(extents[d], first.image().dimension(d));
			extents[d] = (int) ((needed + divisor[d] - 1) / divisor[d] * divisor[d]);
		}
		return extents;
	}
}
