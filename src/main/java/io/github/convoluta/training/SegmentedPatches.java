package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.github.convoluta.network.Shape;

/**
 * Patches cut from one labelled image in memory. Each patch is drawn around a random position of a random class, so that
 * rare classes are seen as often as common ones; near the border it is moved inside. Patch {@code i} is always the same.
 */
public final class SegmentedPatches implements Samples {

	private final Shape shape;
	private final float[] values;
	private final long[] labels;
	private final int[] patch;
	private final int count;
	private final long seed;
	private final List<int[]> members;

	/**
	 * @param shape of the image: spatial extents x first, and channels
	 * @param values {@code [channel, (z,) (y,) x]} in C order; not copied
	 * @param labels class numbers {@code [(z,) (y,) x]}, negative where there is no label; not copied
	 * @param patch extents of a patch, x first, none larger than the image
	 * @param count number of patches
	 * @param seed decides where they lie
	 * @throws IllegalArgumentException if sizes don't fit, or nothing is labelled
	 */
	public SegmentedPatches(final Shape shape, final float[] values, final long[] labels, final int[] patch,
		final int count, final long seed)
	{
		this.shape = shape;
		this.values = values;
		this.labels = labels;
		this.patch = patch.clone();
		this.count = count;
		this.seed = seed;
		if (values.length != shape.count() || labels.length != shape.count() / shape.channels())
			throw new IllegalArgumentException("An image of " + shape + " was given with " + values.length + " values and " +
				labels.length + " labels.");
		if (patch.length != shape.dimensions()) throw new IllegalArgumentException("A patch for " + shape.dimensions() +
			" axes needs as many extents, but " + Arrays.toString(patch) + " was given.");
		for (int d = 0; d < patch.length; d++)
			if (patch[d] < 1 || patch[d] > shape.spatial().get(d)) throw new IllegalArgumentException("A patch of " + Arrays
				.toString(patch) + " does not fit into an image of " + shape.spatial() + ".");
		members = members(labels);
		if (members.isEmpty()) throw new IllegalArgumentException("Nothing in the image is labelled.");
	}

	/** Positions of each class that occurs. */
	private static List<int[]> members(final long[] labels) {
		final int classes = (int) (Arrays.stream(labels).max().orElse(-1) + 1);
		final int[] counts = new int[classes];
		for (final long label : labels)
			if (label >= 0) counts[(int) label]++;
		final int[][] positions = new int[classes][];
		for (int c = 0; c < classes; c++)
			positions[c] = new int[counts[c]];
		Arrays.fill(counts, 0);
		for (int i = 0; i < labels.length; i++)
			if (labels[i] >= 0) positions[(int) labels[i]][counts[(int) labels[i]]++] = i;
		final List<int[]> members = new ArrayList<>();
		for (final int[] p : positions)
			if (p.length > 0) members.add(p);
		return members;
	}

	@Override
	public int size() {
		return count;
	}

	@Override
	public int classOf(final int index) {
		return 0;
	}

	@Override
	public Batch batch(final int... indices) {
		final int n = patch.length, channels = shape.channels();
		final int volume = Arrays.stream(patch).reduce(1, Math::multiplyExact);
		final float[] input = new float[Math.multiplyExact(indices.length * channels, volume)];
		final long[] target = new long[indices.length * volume];
		final long[] extents = new long[n + 2], targetExtents = new long[n + 1];
		extents[0] = targetExtents[0] = indices.length;
		extents[1] = channels;
		for (int d = 0; d < n; d++)
			extents[n + 1 - d] = targetExtents[n - d] = patch[d];
		for (int s = 0; s < indices.length; s++) {
			final int[] first = first(indices[s]);
			for (int c = 0; c < channels; c++)
				copy(values, c * labels.length, first, input, (s * channels + c) * volume);
			copy(labels, 0, first, target, s * volume);
		}
		return new Batch(input, extents, target, targetExtents);
	}

	/** The first position of a patch, x first. */
	private int[] first(final int index) {
		// Random's first numbers are alike for neighbouring seeds; these are not.
		final SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
		final int[] positions = members.get(random.nextInt(members.size()));
		int rest = positions[random.nextInt(positions.length)];
		final int[] first = new int[patch.length];
		for (int d = 0; d < patch.length; d++) {
			final int extent = shape.spatial().get(d);
			first[d] = Math.max(0, Math.min(extent - patch[d], rest % extent - patch[d] / 2));
			rest /= extent;
		}
		return first;
	}

	/** Copies the rows of a patch, from an image that begins at {@code start} to a patch that begins at {@code to}. */
	private void copy(final Object image, final int start, final int[] first, final Object target, final int to) {
		final int rows = Arrays.stream(patch).skip(1).reduce(1, (a, b) -> a * b);
		for (int row = 0; row < rows; row++) {
			int from = first[0], step = shape.spatial().get(0);
			for (int d = 1, rest = row; d < patch.length; d++) {
				from += (first[d] + rest % patch[d]) * step;
				step *= shape.spatial().get(d);
				rest /= patch[d];
			}
			System.arraycopy(image, start + from, target, to + row * patch[0], patch[0]);
		}
	}
}
