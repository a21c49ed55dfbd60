package io.github.convoluta.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Monitor;

/**
 * What is learnt from, and what is kept apart to check with: never the same, and every class is left to learn from. What
 * belongs together, such as the slices of a stack, is not torn apart if that can be helped, and if so in a single place:
 * neighbours resemble each other.
 *
 * @param <T> indices of samples, or labelled images
 * @param training to learn from
 * @param validation to check with; empty for a share of 0, and where nothing can be kept apart
 * @param remark what users should know of the split; empty for the usual one
 */
public record Split<T>(T training, T validation, String remark) {

	/** Share of a class's pixels that training should keep, if there is a choice. */
	private static final double KEPT = 0.5;

	/**
	 * Random indices of samples that keep the shares of the classes, the same for the same seed. Every class with at least
	 * two samples keeps one for training.
	 *
	 * @param share part of each class that validates, from 0 to below 1
	 */
	public static Split<int[]> stratified(final Samples samples, final double share, final long seed) {
		check(share);
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
		return new Split<>(array(training), array(validation), "");
	}

	/**
	 * Random indices that keep samples of the same group together, and the shares of the classes, which are those of each
	 * group's first sample. No class is left without samples to train on: a group that has all of a class trains. Of a
	 * class with a single group, such as the slices of one stack, neighbours at one end of it validate.
	 *
	 * @param groups one number per sample; samples of a group are neighbours in their order
	 * @param share part of each class that validates, from 0 to below 1
	 */
	public static Split<int[]> grouped(final Samples samples, final int[] groups, final double share, final long seed) {
		final Map<Integer, List<Integer>> members = new TreeMap<>();
		for (int i = 0; i < groups.length; i++)
			members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(i);
		final List<List<Integer>> sets = new ArrayList<>(members.values());
		final int[] firsts = sets.stream().mapToInt(s -> s.get(0)).toArray();
		final Split<int[]> split = stratified(samples.subset(firsts), share, seed);
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
		return new Split<>(array(training), array(validation), share == 0 ? "" : remark(training, validation, groups));
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

	private static String remark(final List<Integer> training, final List<Integer> validation, final int[] groups) {
		if (validation.isEmpty()) return "Nothing is kept apart to check with, because there are too few images of each " +
			"class. Give more of them for numbers that can be trusted.";
		final Set<Integer> trained = training.stream().map(i -> groups[i]).collect(Collectors.toSet());
		return validation.stream().noneMatch(i -> trained.contains(groups[i])) ? "" : "A class has a single image, of which " +
			"neighbouring slices or frames are kept apart to check with. Give more images of it for numbers that can be trusted.";
	}

	private static int[] array(final List<Integer> values) {
		return values.stream().mapToInt(v -> v).toArray();
	}

	private static void check(final double share) {
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException("validation=" + share +
			" is out of range; allowed is 0 to below 1.");
	}

	/**
	 * Labelled images. Of several, which are neighbours in the order they come in, such as the slices of a stack, a block of
	 * neighbours is kept apart as a whole; of a single one, or where a whole image would take a class with it, an end of an
	 * axis.
	 *
	 * @param images those without any label are left out
	 * @param share part that is kept apart, from 0 to below 1
	 * @param seed decides which images are kept apart
	 * @param monitor may stop the looking at parts of images
	 * @throws IllegalArgumentException if nothing is labelled
	 */
	public static Split<LabelIndex> of(final LabelIndex images, final double share, final long seed, final Monitor monitor) {
		check(share);
		final LabelIndex labelled = images.of(images.entries().stream().filter(e -> Arrays.stream(e.counts()).sum() > 0)
			.toList());
		if (labelled.isEmpty()) throw new IllegalArgumentException("Nothing in the images is labelled.");
		final LabelIndex none = images.of(List.of());
		if (share == 0) return new Split<>(labelled, none, "");
		final Split<LabelIndex> block = block(labelled, share, seed);
		if (block != null) return block;
		final Split<LabelIndex> ends = ends(labelled, share, monitor);
		return ends != null ? ends : new Split<>(labelled, none, "Nothing is kept apart to check with, because a class " +
			"would be left with nothing to learn from. Label more of each class for numbers that can be trusted.");
	}

	/** Number of classes that are checked, the more so if training keeps most of each; 0 if it would lose one. */
	private static int worth(final long[] all, final long[] checked) {
		if (IntStream.range(0, all.length).anyMatch(c -> all[c] > 0 && checked[c] == all[c])) return 0;
		final boolean keepsMost = IntStream.range(0, all.length).allMatch(c -> all[c] - checked[c] >= KEPT * all[c]);
		return 2 * (int) Arrays.stream(checked).filter(c -> c > 0).count() + (keepsMost ? 1 : 0);
	}

	/** The share of the images that stands together, or less of them if that is too much; null if it has to be less than one. */
	private static Split<LabelIndex> block(final LabelIndex images, final double share, final long seed) {
		final List<LabelIndex.Entry> entries = images.entries();
		final long[] all = images.counts();
		final long[][] sums = new long[entries.size() + 1][all.length];
		for (int i = 0; i < entries.size(); i++) {
			final long[] before = sums[i], counts = entries.get(i).counts();
			Arrays.setAll(sums[i + 1], c -> before[c] + counts[c]);
		}
		final Random random = new Random(seed);
		for (int n = Math.max(1, (int) Math.round(share * entries.size())); n > 0; n--) {
			final List<Integer> starts = new ArrayList<>(IntStream.rangeClosed(0, entries.size() - n).boxed().toList());
			Collections.shuffle(starts, random);
			int best = -1, most = 0;
			for (final int start : starts) {
				final long[] before = sums[start], after = sums[start + n], checked = new long[all.length];
				Arrays.setAll(checked, c -> after[c] - before[c]);
				final int worth = worth(all, checked);
				if (worth <= most) continue;
				most = worth;
				best = start;
			}
			if (best < 0) continue;
			final List<LabelIndex.Entry> training = new ArrayList<>(entries);
			training.subList(best, best + n).clear();
			return new Split<>(images.of(training), images.of(entries.subList(best, best + n)), "");
		}
		return null;
	}

	/** The end of an axis, longest first, that is worth most; of several images the same of each. Null if there is none. */
	private static Split<LabelIndex> ends(final LabelIndex images, final double share, final Monitor monitor) {
		final LabelledImage first = images.images().get(0);
		final List<Integer> axes = new ArrayList<>(IntStream.range(0, first.dimensions()).boxed().toList());
		axes.sort((a, b) -> Long.compare(first.image().dimension(b), first.image().dimension(a)));
		final long[] all = images.counts();
		final int whole = 1 + 2 * (int) Arrays.stream(all).filter(c -> c > 0).count();
		Split<LabelIndex> best = null;
		int most = 0;
		for (final int axis : axes)
			for (final boolean high : new boolean[] { true, false }) {
				if (most == whole || !images.images().stream().allMatch(i -> i.image().dimension(axis) > 1)) continue;
				final List<LabelIndex.Entry> training = new ArrayList<>(), validation = new ArrayList<>();
				for (final LabelIndex.Entry entry : images.entries()) {
					final long extent = entry.image().image().dimension(axis);
					final long apart = Math.max(1, Math.min(extent - 1, Math.round(share * extent)));
					final long cut = high ? extent - apart : apart;
					final LabelIndex.Entry low = entry.part(axis, 0, cut, monitor), rest = entry.part(axis, cut, extent, monitor);
					training.add(high ? low : rest);
					validation.add(high ? rest : low);
				}
				final int worth = worth(all, images.of(validation).counts());
				if (worth < 2 || worth <= most) continue;
				most = worth;
				best = new Split<>(images.of(training), images.of(validation), images.entries().size() == 1 ? ""
					: "Every image that could be kept apart to check with has a class that is in no other, so a part of each image is " +
						"kept apart instead.");
			}
		return best;
	}
}
