package io.github.convoluta.model;

import java.util.List;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;

/**
 * A network that has learnt something, with all that prediction needs.
 *
 * @param about name and origin
 * @param network the network
 * @param weights its weights
 * @param task what the result means
 * @param axes spatial axes of the images it takes: X, XY, XYZ or XYT
 * @param normalization how samples become the network's input
 * @param classes names, one per channel of the result
 * @param patch extents it was trained with, x first
 * @param pixelSize physical extents of the training images' pixels along the axes, x first; of any unit
 * @param unit of the pixel size
 * @param example a patch of a training image, raw values {@code [channel, (z,) (y,) x]} in C order, of the patch's extents
 * @param history what happened epoch by epoch, as CSV
 * @param labels values of the classes in label images; empty if they follow from the classes' names
 */
public record TrainedModel(About about, Network network, Weights weights, Task task, String axes,
	Normalization normalization, List<String> classes, List<Integer> patch, List<Double> pixelSize, String unit,
	float[] example, String history, List<Long> labels)
{

	/**
	 * @param name at least five letters, digits, spaces and {@code _+-()}
	 * @param description one sentence
	 * @param created date and time, ISO 8601 in UTC
	 * @param credits whose it is
	 */
	public record About(String name, String description, String created, Credits credits) {

		public About {
			if (!name.matches("[A-Za-z0-9_+\\- ()]{5,128}")) throw new IllegalArgumentException("The model's name \"" + name +
				"\" must have at least 5 letters, digits, spaces, or any of _ + - ( ).");
		}

		/** Of nobody in particular. */
		public About(final String name, final String description, final String created) {
			this(name, description, created, Credits.USUAL);
		}
	}

	public TrainedModel {
		classes = List.copyOf(classes);
		patch = List.copyOf(patch);
		pixelSize = List.copyOf(pixelSize);
		labels = List.copyOf(labels);
		final int n = network.dimensions();
		if (axes.length() != n || patch.size() != n || pixelSize.size() != n) throw new IllegalArgumentException("A " + n +
			"-D network needs " + n + " axes, patch extents and pixel sizes, but " + axes + ", " + patch + " and " + pixelSize +
			" were given.");
		final List<Shape> shapes = network.shapes(extents(patch));
		final int results = shapes.get(shapes.size() - 1).channels();
		if (classes.size() != results) throw new IllegalArgumentException("The network has " + results + " results, but " +
			classes.size() + " classes are named: " + classes + ".");
		if (!labels.isEmpty() && labels.stream().distinct().count() != classes.size()) throw new IllegalArgumentException(
			"The classes " + classes + " need a label each, but " + labels + " were given.");
		weights.requireUsable();
		final long values = patch.stream().mapToLong(p -> p).reduce(network.channels(), Math::multiplyExact);
		if (example.length != values) throw new IllegalArgumentException("The example has " + example.length +
			" values, but a patch has " + values + ".");
	}

	/** A model whose labels follow from the names of its classes. */
	public TrainedModel(final About about, final Network network, final Weights weights, final Task task, final String axes,
		final Normalization normalization, final List<String> classes, final List<Integer> patch, final List<Double> pixelSize,
		final String unit, final float[] example, final String history)
	{
		this(about, network, weights, task, axes, normalization, classes, patch, pixelSize, unit, example, history, List.of());
	}

	/** The same model with values of its classes in label images. */
	public TrainedModel withLabels(final List<Long> values) {
		return new TrainedModel(about, network, weights, task, axes, normalization, classes, patch, pixelSize, unit, example,
			history, values);
	}

	/** The same model of other authors, or under another licence. */
	public TrainedModel with(final Credits credits) {
		return new TrainedModel(new About(about.name(), about.description(), about.created(), credits), network, weights, task,
			axes, normalization, classes, patch, pixelSize, unit, example, history, labels);
	}

	/** The patch's extents as an array. */
	public int[] patchExtents() {
		return extents(patch);
	}

	private static int[] extents(final List<Integer> patch) {
		return patch.stream().mapToInt(p -> p).toArray();
	}
}
