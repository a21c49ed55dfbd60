package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.convoluta.filter.Monitor;

/**
 * Labelled images divided into those to learn from and those to check with. Several images are divided as wholes; of a
 * single one, the end of its longest axis is kept apart, so that no pixel is both learnt and checked.
 *
 * @param training to learn from
 * @param validation to check with; empty for a share of 0
 */
record HeldOut(List<LabelledImage> training, List<LabelledImage> validation) {

	/**
	 * @param share part that is kept apart, from 0 to below 1
	 * @param classes of the labels; null for regression. Images without any label are left out, and nothing is kept apart
	 *          that would leave a class with nothing to learn from.
	 */
	static HeldOut of(final List<LabelledImage> images, final double share, final ClassValues classes, final long seed) {
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException("validation=" + share +
			" is out of range; allowed is 0 to below 1.");
		final List<LabelledImage> labelled = images.stream().filter(i -> classesIn(i, classes, seed) > 0).toList();
		if (labelled.isEmpty()) throw new IllegalArgumentException("Nothing in the images is labelled.");
		if (share == 0) return new HeldOut(labelled, List.of());
		if (labelled.size() > 1) {
			final List<LabelledImage> shuffled = new ArrayList<>(labelled);
			Collections.shuffle(shuffled, new Random(seed));
			final int n = Math.max(1, Math.min(labelled.size() - 1, (int) Math.round(share * labelled.size())));
			return new HeldOut(shuffled.subList(n, labelled.size()), shuffled.subList(0, n));
		}
		return divided(labelled.get(0), share, classes, seed);
	}

	/** Along the longest axis where all classes are in both parts, or at least in the one to learn from. */
	private static HeldOut divided(final LabelledImage image, final double share, final ClassValues classes,
		final long seed)
	{
		final List<Integer> axes = new ArrayList<>();
		for (int d = 0; d < image.dimensions(); d++)
			axes.add(d);
		axes.sort((a, b) -> Long.compare(image.image().dimension(b), image.image().dimension(a)));
		final int all = classesIn(image, classes, seed);
		HeldOut best = new HeldOut(List.of(image), List.of());
		int most = 0;
		for (final int axis : axes) {
			final long extent = image.image().dimension(axis), cut = extent - Math.max(1, Math.round(share * extent));
			if (cut < 1) continue;
			final LabelledImage training = image.part(axis, 0, cut), validation = image.part(axis, cut, extent);
			final int checked = classesIn(validation, classes, seed);
			if (classesIn(training, classes, seed) < all || checked <= most) continue;
			most = checked;
			best = new HeldOut(List.of(training), List.of(validation));
		}
		return best;
	}

	/** Number of classes that occur; 1 for regression. */
	private static int classesIn(final LabelledImage image, final ClassValues classes, final long seed) {
		return classes == null ? 1 : (int) Arrays.stream(LabelledPositions.of(image, classes, seed, Monitor.NONE).counts()).filter(c -> c > 0)
			.count();
	}
}
