package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Which samples train and which validate.
 *
 * @param training indices in random order
 * @param validation indices in random order
 */
public record Split(int[] training, int[] validation) {

	/**
	 * A random split that keeps the shares of the classes, the same for the same seed. Every class with at least two
	 * samples keeps one for training.
	 *
	 * @param share part of each class that validates, from 0 to below 1
	 */
	public static Split stratified(final Samples samples, final double share, final long seed) {
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException("The validation share must be from 0 to below 1, but " +
			share + " was given.");
		final Random random = new Random(seed);
		final Map<Integer, List<Integer>> byClass = new TreeMap<>();
		for (int i = 0; i < samples.size(); i++)
			byClass.computeIfAbsent(samples.classOf(i), c -> new ArrayList<>()).add(i);
		final List<Integer> training = new ArrayList<>(), validation = new ArrayList<>();
		for (final List<Integer> members : byClass.values()) {
			Collections.shuffle(members, random);
			final int n = Math.min(members.size() - 1, (int) Math.round(share * members.size()));
			validation.addAll(members.subList(0, n));
			training.addAll(members.subList(n, members.size()));
		}
		Collections.shuffle(training, random);
		Collections.shuffle(validation, random);
		return new Split(array(training), array(validation));
	}

	/**
	 * A random split that keeps samples of the same group together, and the shares of the classes, which are those of each
	 * group's first sample.
	 *
	 * @param groups one number per sample
	 */
	public static Split grouped(final Samples samples, final int[] groups, final double share, final long seed) {
		final Map<Integer, List<Integer>> members = new TreeMap<>();
		for (int i = 0; i < groups.length; i++)
			members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(i);
		final List<List<Integer>> sets = new ArrayList<>(members.values());
		final int[] firsts = sets.stream().mapToInt(s -> s.get(0)).toArray();
		final Split split = stratified(samples.subset(firsts), share, seed);
		return new Split(array(expanded(split.training(), sets)), array(expanded(split.validation(), sets)));
	}

	private static List<Integer> expanded(final int[] chosen, final List<List<Integer>> sets) {
		final List<Integer> all = new ArrayList<>();
		for (final int g : chosen)
			all.addAll(sets.get(g));
		return all;
	}

	private static int[] array(final List<Integer> values) {
		return values.stream().mapToInt(v -> v).toArray();
	}
}
