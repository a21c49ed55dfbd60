package io.github.convoluta.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.CompositeImage;
import ij.ImagePlus;
import io.github.convoluta.filter.Sampling;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.prediction.TileSink;
import io.github.convoluta.prediction.Tiling;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** Images that a network's results for every pixel are written into. */
public final class PredictedImages {

	private final SpatialAxes axes;
	private final PlaneLayout source;
	private final List<String> classes;
	private final LabelValues values;
	private final double bytes;
	private final ResultImage labels;
	private final ResultImage probabilities;
	private final List<RandomAccessibleInterval<?>> labelViews;
	private final List<RandomAccessibleInterval<?>> probabilityViews;

	/**
	 * @param views what is predicted from
	 * @param classes names of the classes, whose labels decide between 8, 16 and 32 bits; or of the values of a regression
	 * @param wantsLabels whether there is an image of labels
	 * @param wantsProbabilities whether there is an image with one 32-bit channel per class
	 * @throws IllegalArgumentException if they would not fit into memory; the message has the numbers
	 */
	public PredictedImages(final NetworkViews views, final List<String> classes, final boolean wantsLabels,
		final boolean wantsProbabilities)
	{
		this(views, classes, LabelValues.of(classes), wantsLabels, wantsProbabilities);
	}

	/** The same with values of the classes that do not follow from their names. */
	public PredictedImages(final NetworkViews views, final List<String> classes, final LabelValues values,
		final boolean wantsLabels, final boolean wantsProbabilities)
	{
		axes = views.axes();
		this.classes = List.copyOf(classes);
		this.values = values;
		source = views.image().layout();
		bytes = (double) source.width() * source.height() * source.slices() * source.frames() * ((wantsLabels ? format(values)
			.bytes() : 0) + (wantsProbabilities ? SampleFormat.FLOAT32.bytes() * classes.size() : 0));
		MemoryCheck.require(wantsLabels && wantsProbabilities ? "The labels and the probabilities" : wantsLabels ? "The labels"
			: "The result", bytes);
		labels = wantsLabels ? new ResultImage(views.image(), layout(1), format(values), 0) : null;
		probabilities = wantsProbabilities ? new ResultImage(views.image(), layout(classes.size()), SampleFormat.FLOAT32, 0)
			: null;
		labelViews = wantsLabels ? views(labels).stream().<RandomAccessibleInterval<?>> map(v -> Views.hyperSlice(v, v
			.numDimensions() - 1, v.min(v.numDimensions() - 1))).toList() : List.of();
		probabilityViews = wantsProbabilities ? views(probabilities) : List.of();
	}

	/** The smallest that holds all values. */
	private static SampleFormat format(final LabelValues values) {
		float min = 0, max = 0;
		for (final float v : values.values()) {
			min = Math.min(min, v);
			max = Math.max(max, v);
		}
		return min < 0 || max > 65535 ? SampleFormat.FLOAT32 : max > 255 ? SampleFormat.UINT16 : SampleFormat.UINT8;
	}

	private PlaneLayout layout(final int channels) {
		return new PlaneLayout(source.width(), source.height(), channels, source.slices(), source.frames());
	}

	/** Bytes of Java's memory that they take. */
	public double bytes() {
		return bytes;
	}

	/** Where the labels of each view go, in the order of the views; empty for none. */
	List<RandomAccessibleInterval<?>> labelViews() {
		return labelViews;
	}

	/**
	 * Takes in the results of a view's tiles.
	 *
	 * @param view its number, in the order of the views
	 * @throws IllegalArgumentException if memory is short for blending
	 */
	public TileSink sink(final int view, final Tiling tiling) {
		if (labels == null) return TileSink.values(tiling, probabilityViews.get(view));
		return probabilities == null ? TileSink.labels(tiling, values, labelViews.get(view)) : TileSink.both(tiling, values,
			labelViews.get(view), probabilityViews.get(view));
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
		// Labels are not in the unit that the source's calibration function gives.
		image.getCalibration().disableDensityCalibration();
		image.setLut(LabelImages.colours(classes, values));
		for (int c = 0; c < classes.size(); c++)
			LabelClasses.name(image, values.values().get(c).longValue(), classes.get(c));
		final boolean isByte = image.getBitDepth() == 8;
		final float[] sorted = values.toArray();
		Arrays.sort(sorted);
		image.setDisplayRange(isByte ? 0 : sorted[0], isByte ? 255 : sorted[sorted.length - 1]);
		return image;
	}

	/** The probabilities, from 0 to 1, one channel per class with its name; or values as they are. */
	public ImagePlus probabilityImage(final String title, final boolean areProbabilities) {
		final ImagePlus image = probabilities.toImage(title, same(), false);
		if (areProbabilities || classes.size() > 1) for (int i = 1; i <= image.getStackSize(); i++)
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
