package io.github.convoluta.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Monitor;

/**
 * Labelled images divided into those to learn from and those to check with. Of several images, which are neighbours in the
 * order they come in, such as the slices of a stack, a block of neighbours is kept apart as a whole; of a single one, or
 * where a whole image would take a class with it, an end of an axis. No pixel is both learnt and checked, and every class
 * that occurs is left to learn from.
 *
 * @param training to learn from
 * @param validation to check with; empty for a share of 0, and where nothing can be kept apart
 * @param remark what users should know of the division; empty for the usual one
 */
public record HeldOut(List<LabelledImage> training, List<LabelledImage> validation, String remark) {

	/** Share of a class's pixels that training should keep, if there is a choice. */
	private static final double KEPT = 0.5;

	/**
	 * @param share part that is kept apart, from 0 to below 1
	 * @param classes of the labels; null for regression. Images without any label are left out.
	 * @param seed decides which images are kept apart
	 * @param monitor hears how far the labels are looked through
	 */
	public static HeldOut of(final List<LabelledImage> images, final double share, final ClassValues classes, final long seed,
		final Monitor monitor)
	{
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException("validation=" + share +
			" is out of range; allowed is 0 to below 1.");
		final List<LabelledImage> labelled = new ArrayList<>();
		final List<long[]> counts = new ArrayList<>();
		for (int i = 0; i < images.size(); i++) {
			final long[] found = counts(images.get(i), classes, monitor.part(i, images.size()));
			if (Arrays.stream(found).sum() == 0) continue;
			labelled.add(images.get(i));
			counts.add(found);
		}
		if (labelled.isEmpty()) throw new IllegalArgumentException("Nothing in the images is labelled.");
		if (share == 0) return new HeldOut(labelled, List.of(), "");
		final long[] all = new long[counts.get(0).length];
		for (final long[] c : counts)
			Arrays.setAll(all, i -> all[i] + c[i]);
		final HeldOut block = block(labelled, share, counts, all, seed);
		if (block != null) return block;
		final HeldOut ends = ends(labelled, share, classes, all, monitor);
		return ends != null ? ends : new HeldOut(labelled, List.of(), "Nothing is kept apart to check with, because a class " +
			"would be left with nothing to learn from. Label more of each class for numbers that can be trusted.");
	}

	/** Pixels of each class; of regression, of all. */
	private static long[] counts(final LabelledImage image, final ClassValues classes, final Monitor monitor) {
		return classes == null ? new long[] { image.labels().size() } : LabelledPositions.of(image, classes, 0, monitor).counts();
	}

	/** Number of classes that are checked, the more so if training keeps most of each; 0 if it would lose one. */
	private static int worth(final long[] all, final long[] checked) {
		if (IntStream.range(0, all.length).anyMatch(c -> all[c] > 0 && checked[c] == all[c])) return 0;
		final boolean keepsMost = IntStream.range(0, all.length).allMatch(c -> all[c] - checked[c] >= KEPT * all[c]);
		return 2 * (int) Arrays.stream(checked).filter(c -> c > 0).count() + (keepsMost ? 1 : 0);
	}

	/** The share of the images that stands together, or less of them if that is too much; null if it has to be less than one. */
	private static HeldOut block(final List<LabelledImage> images, final double share, final List<long[]> counts,
		final long[] all, final long seed)
	{
		final long[][] sums = new long[images.size() + 1][all.length];
		for (int i = 0; i < images.size(); i++)
			for (int c = 0; c < all.length; c++)
				sums[i + 1][c] = sums[i][c] + counts.get(i)[c];
		final Random random = new Random(seed);
		for (int n = Math.max(1, (int) Math.round(share * images.size())); n > 0; n--) {
			final List<Integer> starts = new ArrayList<>();
			for (int i = 0; i + n <= images.size(); i++)
				starts.add(i);
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
			final List<LabelledImage> training = new ArrayList<>(images);
			training.subList(best, best + n).clear();
			return new HeldOut(training, List.copyOf(images.subList(best, best + n)), "");
		}
		return null;
	}

	/** The end of an axis, longest first, that is worth most; of several images the same of each. Null if there is none. */
	private static HeldOut ends(final List<LabelledImage> images, final double share, final ClassValues classes,
		final long[] all, final Monitor monitor)
	{
		final LabelledImage first = images.get(0);
		final List<Integer> axes = new ArrayList<>(IntStream.range(0, first.dimensions()).boxed().toList());
		axes.sort((a, b) -> Long.compare(first.image().dimension(b), first.image().dimension(a)));
		final int whole = 1 + 2 * (int) Arrays.stream(all).filter(c -> c > 0).count();
		HeldOut best = null;
		int most = 0;
		for (final int axis : axes)
			for (final boolean high : new boolean[] { true, false }) {
				final Predicate<LabelledImage> isThick = i -> i.image().dimension(axis) > 1;
				if (most == whole || !images.stream().allMatch(isThick)) continue;
				final List<LabelledImage> training = new ArrayList<>(), validation = new ArrayList<>();
				final long[] checked = new long[all.length];
				for (final LabelledImage image : images) {
					final long extent = image.image().dimension(axis);
					final long apart = Math.max(1, Math.min(extent - 1, Math.round(share * extent)));
					training.add(high ? image.part(axis, 0, extent - apart) : image.part(axis, apart, extent));
					validation.add(high ? image.part(axis, extent - apart, extent) : image.part(axis, 0, apart));
					final long[] found = counts(validation.get(validation.size() - 1), classes, fraction -> monitor.progress(1));
					Arrays.setAll(checked, c -> checked[c] + found[c]);
				}
				final int worth = worth(all, checked);
				if (worth < 2 || worth <= most) continue;
				most = worth;
				best = new HeldOut(training, validation, images.size() == 1 ? "" : "Every image that could be kept apart to check " +
					"with has a class that is in no other, so a part of each image is kept apart instead.");
			}
		return best;
	}
}
