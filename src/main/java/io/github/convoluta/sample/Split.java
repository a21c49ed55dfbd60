package io.github.convoluta.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
	 * group's first sample. No class is left without samples to train on: a group that has all of a class trains. Of a
	 * class with a single group, such as the slices of one stack, neighbours at one end of it validate.
	 *
	 * @param groups one number per sample; samples of a group are neighbours in their order
	 */
	public static Split grouped(final Samples samples, final int[] groups, final double share, final long seed) {
		final Map<Integer, List<Integer>> members = new TreeMap<>();
		for (int i = 0; i < groups.length; i++)
			members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(i);
		final List<List<Integer>> sets = new ArrayList<>(members.values());
		final int[] firsts = sets.stream().mapToInt(s -> s.get(0)).toArray();
		final Split split = stratified(samples.subset(firsts), share, seed);
		final Map<Integer, Integer> left = new TreeMap<>();
		for (int i = 0; i < groups.length; i++)
			left.merge(samples.classOf(i), 1, Integer::sum);
		final List<Integer> training = new ArrayList<>(), validation = new ArrayList<>();
		for (final int g : split.validation())
			(takes(sets.get(g), samples, left) ? validation : training).addAll(sets.get(g));
		final Map<Integer, Long> sizes = IntStream.of(firsts).boxed().collect(Collectors.groupingBy(samples::classOf, Collectors
			.counting()));
		final Random random = new Random(seed + 1);
		for (final int g : split.training()) {
			final List<Integer> set = sets.get(g);
			final int n = sizes.get(samples.classOf(firsts[g])) > 1 ? 0 : (int) Math.min(set.size() - 1, Math.round(share * set
				.size()));
			final boolean atEnd = random.nextBoolean();
			final List<Integer> apart = atEnd ? set.subList(set.size() - n, set.size()) : set.subList(0, n);
			final boolean isTaken = takes(apart, samples, left);
			if (isTaken) validation.addAll(apart);
			training.addAll(!isTaken ? set : atEnd ? set.subList(0, set.size() - n) : set.subList(n, set.size()));
		}
		return new Split(array(training), array(validation));
	}

	/** Takes samples from what is left to train on, unless a class would have none any more. */
	private static boolean takes(final List<Integer> taken, final Samples samples, final Map<Integer, Integer> left) {
		final Map<Integer, Integer> after = new TreeMap<>(left);
		for (final int i : taken)
			after.merge(samples.classOf(i), -1, Integer::sum);
		if (after.containsValue(0)) return false;
		left.putAll(after);
		return true;
	}

	/** What users should know of this split of groups; empty for the usual. */
	public String remark(final int[] groups) {
		if (validation.length == 0) return "Nothing is kept apart to check with, because there are too few images of each " +
			"class. Give more of them for numbers that can be trusted.";
		final Set<Integer> trained = IntStream.of(training).mapToObj(i -> groups[i]).collect(Collectors.toSet());
		return IntStream.of(validation).noneMatch(i -> trained.contains(groups[i])) ? "" : "A class has a single image, of which " +
			"neighbouring slices or frames are kept apart to check with. Give more images of it for numbers that can be trusted.";
	}

	private static int[] array(final List<Integer> values) {
		return values.stream().mapToInt(v -> v).toArray();
	}
}
