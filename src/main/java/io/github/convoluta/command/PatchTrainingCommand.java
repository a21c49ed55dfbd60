package io.github.convoluta.command;

import java.util.List;

import ij.ImagePlus;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.training.ModelTraining;
import io.github.convoluta.training.PatchExtents;
import org.scijava.plugin.Parameter;

/** What trainings have in common that learn from patches of the active image. */
abstract class PatchTrainingCommand extends TrainingCommand {

	@Parameter(persist = false)
	protected ImagePlus image;

	@Parameter(label = "Steps", min = "0", max = "100000", description = "steps of an epoch; 0 chooses by the image's size")
	private int steps = 0;

	/** With the network that the dialog proposes. */
	PatchTrainingCommand(final String network) {
		super(network);
	}

	@Override
	final int steps() {
		return steps;
	}

	/**
	 * The active image along the axes.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	final NetworkViews views() {
		Keys.requireImage(image);
		return NetworkViews.of(image, spatialAxes());
	}

	/**
	 * The training that the keys describe.
	 *
	 * @param wanted the extents that {@link #wantedPatch} has found
	 * @param results number of channels of the network's result
	 */
	final ModelTraining training(final NetworkViews views, final int[] wanted, final List<LabelledImage> images,
		final int results, final CommandMonitor monitor)
	{
		final Network described = Keys.meaning("network", network, () -> NetworkSource.resolve(network, views.axes().count(),
			views.channels(), results));
		final VoxelGeometry geometry = new VoxelGeometry(views.pixelSize(), views.axes() == SpatialAxes.XYT);
		final int[] extents = PatchExtents.of(wanted, described, images.get(0));
		Keys.meaning("patch", patch, () -> described.shapes(extents));
		return training(described, extents, geometry, views.unit(), monitor);
	}
}
