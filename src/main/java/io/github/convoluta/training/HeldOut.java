package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

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
	 * @param classes every one of them should be left in both parts of a divided image; null for regression
	 */
	static HeldOut of(final List<LabelledImage> images, final double share, final ClassValues classes, final long seed) {
		if (!(share >= 0 && share < 1)) throw new IllegalArgumentException("validation=" + share +
			" is out of range; allowed is 0 to below 1.");
		if (share == 0) return new HeldOut(images, List.of());
		if (images.size() > 1) {
			final List<LabelledImage> shuffled = new ArrayList<>(images);
			Collections.shuffle(shuffled, new Random(seed));
			final int n = Math.max(1, Math.min(images.size() - 1, (int) Math.round(share * images.size())));
			return new HeldOut(shuffled.subList(n, images.size()), shuffled.subList(0, n));
		}
		final LabelledImage image = images.get(0);
		final List<Integer> axes = new ArrayList<>();
		for (int d = 0; d < image.dimensions(); d++)
			axes.add(d);
		axes.sort((a, b) -> Long.compare(image.image().dimension(b), image.image().dimension(a)));
		HeldOut first = null;
		for (final int axis : axes) {
			final long extent = image.image().dimension(axis), cut = extent - Math.max(1, Math.round(share * extent));
			if (cut < 1) continue;
			final HeldOut divided = new HeldOut(List.of(image.part(axis, 0, cut)), List.of(image.part(axis, cut, extent)));
			if (first == null) first = divided;
			if (classes == null || divided.hasAll(classes, seed)) return divided;
		}
		if (first == null) throw new IllegalArgumentException("The image is too small to keep a part of it for validation." +
			" Use validation=0.");
		return first;
	}

	private boolean hasAll(final ClassValues classes, final long seed) {
		for (final LabelledImage part : List.of(training.get(0), validation.get(0)))
			for (final long count : LabelledPositions.of(part, classes, seed).counts())
				if (count == 0) return false;
		return true;
	}
}
