package io.github.convoluta.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.CompositeImage;
import ij.ImagePlus;
import io.github.convoluta.filter.Sampling;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** Images that a network's results for every pixel are written into. */
public final class PredictedImages {

	private final SpatialAxes axes;
	private final PlaneLayout source;
	private final ResultImage labels;
	private final ResultImage probabilities;

	/**
	 * @param views what is predicted from
	 * @param channels number of classes
	 * @param largestLabel largest value of the labels, which decides between 8 and 16 bits
	 * @param wantsLabels whether there is an image of labels
	 * @param wantsProbabilities whether there is an image with one 32-bit channel per class
	 * @throws IllegalArgumentException if they would not fit into memory; the message has the numbers
	 */
	public PredictedImages(final NetworkViews views, final int channels, final float largestLabel, final boolean wantsLabels,
		final boolean wantsProbabilities)
	{
		axes = views.axes();
		source = views.image().layout();
		labels = wantsLabels ? new ResultImage(views.image(), layout(1), largestLabel < 256 ? SampleFormat.UINT8
			: SampleFormat.UINT16, 0) : null;
		probabilities = wantsProbabilities ? new ResultImage(views.image(), layout(channels), SampleFormat.FLOAT32, 0) : null;
	}

	private PlaneLayout layout(final int channels) {
		return new PlaneLayout(source.width(), source.height(), channels, source.slices(), source.frames());
	}

	/** Where the labels of each view go, in the order of the views; null for none. */
	public List<RandomAccessibleInterval<?>> labelViews() {
		return labels == null ? null : views(labels).stream().<RandomAccessibleInterval<?>> map(v -> Views.hyperSlice(v, v
			.numDimensions() - 1, v.min(v.numDimensions() - 1))).toList();
	}

	/** Where the probabilities of each view go, classes last; null for none. */
	public List<RandomAccessibleInterval<?>> probabilityViews() {
		return probabilities == null ? null : views(probabilities);
	}

	private List<RandomAccessibleInterval<?>> views(final ResultImage image) {
		final List<RandomAccessibleInterval<?>> views = new ArrayList<>();
		for (int i = 0; i < source.views(axes, true); i++)
			views.addAll(NetworkViews.rows(image.view(axes, true, i), axes));
		return views;
	}

	private static Sampling[] same() {
		final Sampling[] same = new Sampling[4];
		Arrays.fill(same, Sampling.SAME);
		return same;
	}

	/** The labels, in a different colour each. */
	public ImagePlus labelImage(final String title) {
		final ImagePlus image = labels.toImage(title, same(), false);
		image.setLut(LabelImages.colours());
		image.setDisplayRange(0, 255);
		return image;
	}

	/** The probabilities, from 0 to 1, one channel per class with its name. */
	public ImagePlus probabilityImage(final String title, final List<String> classes, final boolean areProbabilities) {
		final ImagePlus image = probabilities.toImage(title, same(), false);
		for (int i = 1; i <= image.getStackSize(); i++)
			image.getStack().setSliceLabel(classes.get((i - 1) % classes.size()), i);
		if (!areProbabilities) return image;
		if (image instanceof final CompositeImage composite) {
			composite.setMode(ij.IJ.GRAYSCALE);
			for (int c = classes.size(); c >= 1; c--) {
				composite.setPositionWithoutUpdate(c, 1, 1);
				composite.setDisplayRange(0, 1);
			}
		}
		else image.setDisplayRange(0, 1);
		return image;
	}
}
