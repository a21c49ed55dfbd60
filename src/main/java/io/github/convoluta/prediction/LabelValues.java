package io.github.convoluta.prediction;

import java.util.List;

import io.github.convoluta.model.TrainedModel;

/**
 * The values that pixels of each class get in an image of labels.
 *
 * @param values whole numbers that 32-bit images hold exactly, in the order of the classes
 */
public record LabelValues(List<Float> values) {

	public LabelValues {
		values = List.copyOf(values);
	}

	/**
	 * {@return the class names, if they are all whole numbers that a 32-bit image can hold; otherwise 1, 2, 3, ..., the
	 * classes' places}
	 *
	 * @param classes names of the model's classes
	 */
	public static LabelValues of(final List<String> classes) {
		final boolean areNumbers = classes.stream().allMatch(LabelValues::isLabel);
		final Float[] values = new Float[classes.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = areNumbers ? Long.parseLong(classes.get(i)) : i + 1f;
		return new LabelValues(List.of(values));
	}

	/**
	 * {@return the values that a model has for its classes, or those that follow from their names}
	 *
	 * @param model of a segmentation
	 */
	public static LabelValues of(final TrainedModel model) {
		return model.labels().isEmpty() ? of(model.classes()) : new LabelValues(model.labels().stream().map(Long::floatValue)
			.toList());
	}

	private static boolean isLabel(final String name) {
		return name.matches("0|-?[1-9]\\d{0,9}") && (long) (float) Long.parseLong(name) == Long.parseLong(name);
	}

	/** {@return the values as an array of the caller's own} */
	public float[] toArray() {
		final float[] array = new float[values.size()];
		for (int i = 0; i < array.length; i++)
			array[i] = values.get(i);
		return array;
	}

	/**
	 * Decides: for every position the value of the class with the largest channel, the first of equal ones.
	 *
	 * @param scores one channel per class
	 * @param first where in it the first position's first channel is
	 * @param channel samples from one channel to the next
	 * @param labels gets the values
	 * @param to index of the first
	 * @param count number of positions
	 */
	void decide(final float[] scores, final int first, final int channel, final float[] labels, final int to,
		final int count)
	{
		for (int i = 0; i < count; i++) {
			int best = 0;
			float most = scores[first + i];
			for (int c = 1, at = first + i + channel; c < values.size(); c++, at += channel)
				if (scores[at] > most) {
					most = scores[at];
					best = c;
				}
			labels[to + i] = values.get(best);
		}
	}
}
