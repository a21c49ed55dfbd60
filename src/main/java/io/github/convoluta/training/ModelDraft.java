package io.github.convoluta.training;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Network;

/**
 * What is known of a model before it has learnt anything.
 *
 * @param name of the network that is trained
 * @param network of the model
 * @param restored weights of this network from those of the network that is trained
 * @param task what the result means
 * @param axes spatial axes: X, XY, XYZ or XYT
 * @param normalization how samples become the network's input
 * @param classes names, one per channel of the result
 * @param patch extents of a sample, x first
 * @param pixelSize physical extents of pixels along the axes, x first
 * @param unit of the pixel size
 * @param example a sample, raw values {@code [channel, (z,) (y,) x]} in C order
 * @param labels values of the classes in label images; empty if they follow from the classes' names
 */
public record ModelDraft(String name, Network network, UnaryOperator<Weights> restored, Task task, String axes,
	Normalization normalization, List<String> classes, List<Integer> patch, List<Double> pixelSize, String unit,
	float[] example, List<Long> labels)
{

	/** Characters of the classes' names in a description. */
	private static final int LONGEST_LIST = 800;

	public ModelDraft {
		classes = List.copyOf(classes);
		patch = List.copyOf(patch);
		pixelSize = List.copyOf(pixelSize);
		labels = List.copyOf(labels);
	}

	/** The same for another network than the one that is trained. */
	ModelDraft of(final Network other, final UnaryOperator<Weights> weights) {
		return new ModelDraft(name, other, weights, task, axes, normalization, classes, patch, pixelSize, unit, example, labels);
	}

	/** The same with values of the classes in label images. */
	ModelDraft withLabels(final List<Long> values) {
		return new ModelDraft(name, network, restored, task, axes, normalization, classes, patch, pixelSize, unit, example,
			values);
	}

	/**
	 * A model that predicts with what was learnt by then.
	 *
	 * @param weights of the network that is trained
	 * @param history how they were learnt
	 */
	public TrainedModel model(final Weights weights, final History history) {
		final String kind = task.name().toLowerCase(Locale.ROOT);
		final String title = (kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + name).replaceAll(
			"[^A-Za-z0-9_+\\- ()]", " ");
		final TrainedModel.About about = new TrainedModel.About(title.substring(0, Math.min(128, title.length())), "A " + network
			.dimensions() + "-D " + kind + " of " + named(classes) + ".", Instant.now().truncatedTo(ChronoUnit.SECONDS)
				.toString());
		return new TrainedModel(about, network, restored.apply(weights), task, axes, normalization, classes, patch, pixelSize,
			unit, example, history.toCsv(), labels);
	}

	/** The first names, as many as fit into a description. */
	private static String named(final List<String> classes) {
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < classes.size(); i++) {
			final String name = classes.get(i).replaceAll("\\p{Cntrl}", " ");
			if (s.length() + name.length() > LONGEST_LIST) return s + (i == 0 ? "" : " and ") + (classes.size() - i) + (i == 0
				? " classes" : " more");
			s.append(i == 0 ? "" : ", ").append(name);
		}
		return s.toString();
	}
}
