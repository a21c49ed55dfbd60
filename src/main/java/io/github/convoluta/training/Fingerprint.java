package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.convoluta.sample.SampleDigest;
import net.imglib2.RandomAccessibleInterval;

/**
 * What two trainings must have in common for one to go on with the other: settings and data, as text by name. The number
 * of epochs, the precision and the device are not in it: a training may be made longer, and go on on another machine.
 *
 * @param values by name
 */
record Fingerprint(Map<String, String> values) {

	/** Nothing in common is needed. */
	static final Fingerprint NONE = new Fingerprint(Map.of());

	private static final int LONGEST = 60;

	Fingerprint {
		values = Map.copyOf(values);
	}

	/**
	 * Of the data of a training.
	 *
	 * @param learnt images and labels that are learnt from, or samples
	 * @param apart the same of what is checked with
	 */
	static Fingerprint of(final List<? extends RandomAccessibleInterval<?>> learnt,
		final List<? extends RandomAccessibleInterval<?>> apart)
	{
		return NONE.with("images and labels", sizes(learnt) + "; kept apart: " + sizes(apart)).with("the values learnt from",
			SampleDigest.of(learnt)).with("the values kept apart", SampleDigest.of(apart));
	}

	private static String sizes(final List<? extends RandomAccessibleInterval<?>> views) {
		final Map<String, Integer> counts = new LinkedHashMap<>();
		for (final RandomAccessibleInterval<?> view : views)
			counts.merge(extents(view.dimensionsAsLongArray()), 1, Integer::sum);
		return counts.entrySet().stream().map(e -> e.getValue() + " of " + e.getKey()).collect(Collectors.joining(", "));
	}

	/** Extents as text, such as {@code 64x64}. */
	static String extents(final long[] extents) {
		return Arrays.stream(extents).mapToObj(String::valueOf).collect(Collectors.joining("x"));
	}

	/** With one more value. */
	Fingerprint with(final String name, final Object value) {
		final Map<String, String> more = new LinkedHashMap<>(values);
		more.put(name, String.valueOf(value));
		return new Fingerprint(more);
	}

	/** With what is decided when the training begins. */
	Fingerprint with(final TrainingSettings settings, final int training, final int validation) {
		return with("batch", settings.batch()).with("learningrate", settings.learningRate()).with("schedule", settings.schedule()
			.text()).with("loss", settings.method().loss().text()).with("optimizer", settings.method().optimizer().text()).with(
				"clipping", settings.method().clip()).with("patience", settings.patience()).with("seed", settings.seed()).with(
					"samples of an epoch", training + " and " + validation + " to check with");
	}

	/** What another one has that differs, as "patch was 64x64 and is 32x32", sorted. */
	List<String> differences(final Fingerprint now) {
		final TreeSet<String> names = new TreeSet<>(values.keySet());
		names.addAll(now.values.keySet());
		final List<String> differences = new ArrayList<>();
		for (final String name : names) {
			final String before = values.get(name), after = now.values.get(name);
			if (Objects.equals(before, after)) continue;
			differences.add(isDigest(before) || isDigest(after) ? name + " are not the same" : name + " was " + text(before) +
				" and is " + text(after));
		}
		return differences;
	}

	private static boolean isDigest(final String value) {
		return value != null && value.matches("[0-9a-f]{64}");
	}

	private static String text(final String value) {
		return value == null ? "not given" : value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value;
	}
}
