package io.github.convoluta.sample;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.NetworkInput;
import io.github.convoluta.model.Normalization;
import net.imglib2.RandomAccessibleInterval;

/**
 * Patches cut from labelled images when they are needed. Each patch is drawn around a random labelled pixel of a random
 * class, so that rare classes are seen as often as common ones; patches for regression are drawn anywhere. Near the border
 * a patch is moved inside; where the image is smaller than the patch, it is mirrored. Patch {@code i} of an epoch is
 * always the same.
 */
public final class ImagePatches implements Samples {

	private final List<LabelledImage> images;
	private final ClassValues classes;
	private final int[] patch;
	private final int count;
	private final long seed;
	private final List<NetworkInput> inputs;
	private final List<LabelledPositions> positions;
	private final int epoch;

	private ImagePatches(final List<LabelledImage> images, final ClassValues classes, final int[] patch, final int count,
		final long seed, final List<NetworkInput> inputs, final List<LabelledPositions> positions, final int epoch)
	{
		this.images = images;
		this.classes = classes;
		this.patch = patch;
		this.count = count;
		this.seed = seed;
		this.inputs = inputs;
		this.positions = positions;
		this.epoch = epoch;
	}

	/** Patches whose labels are looked through without a monitor. */
	public static ImagePatches of(final List<LabelledImage> images, final ClassValues classes, final int[] patch,
		final Normalization normalization, final int count, final long seed)
	{
		return of(images, classes, patch, normalization, count, seed, Monitor.NONE);
	}

	/**
	 * @param images at least one, all with the same number of axes and channels
	 * @param classes which values of the labels mean which classes; null for regression
	 * @param patch extents of a patch, x first
	 * @param normalization how samples become the network's input
	 * @param count number of patches an epoch
	 * @param seed decides where they lie
	 * @param monitor hears how far the labels are looked through
	 * @throws IllegalArgumentException if sizes don't fit, or nothing is labelled
	 */
	public static ImagePatches of(final List<LabelledImage> images, final ClassValues classes, final int[] patch,
		final Normalization normalization, final int count, final long seed, final Monitor monitor)
	{
		for (final LabelledImage image : images)
			if (image.dimensions() != patch.length) throw new IllegalArgumentException("A patch for " + image.dimensions() +
				" axes needs as many extents, but " + Arrays.toString(patch) + " was given.");
		if (Arrays.stream(patch).anyMatch(p -> p < 1)) throw new IllegalArgumentException(
			"The extents of a patch must be at least 1, but " + Arrays.toString(patch) + " was given.");
		final List<LabelledPositions> positions = classes == null ? null : IntStream.range(0, images.size()).mapToObj(
			i -> LabelledPositions.of(images.get(i), classes, seed + i, monitor.part(i, images.size()))).toList();
		if (positions != null && positions.stream().allMatch(p -> Arrays.stream(p.counts()).sum() == 0))
			throw new IllegalArgumentException("Nothing in the training images is labelled.");
		return new ImagePatches(List.copyOf(images), classes, patch.clone(), count, seed, images.stream().map(
			i -> new NetworkInput(i.image(), normalization.of(i.whole(), cancellation(monitor)))).toList(), positions, 0);
	}

	/** Stops as a monitor does, but leaves what it shows. */
	private static Monitor cancellation(final Monitor monitor) {
		return fraction -> monitor.progress(1);
	}

	/** Pixels of each class in all images. */
	public long[] classCounts() {
		final long[] sums = new long[classes.count()];
		for (final LabelledPositions p : positions)
			for (int c = 0; c < sums.length; c++)
				sums[c] += p.counts()[c];
		return sums;
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
	public Samples epoch(final int number) {
		return new ImagePatches(images, classes, patch, count, seed, inputs, positions, number);
	}

	@Override
	public Batch batch(final int... indices) {
		final int n = patch.length, volume = Arrays.stream(patch).reduce(1, Math::multiplyExact);
		final int channels = (int) images.get(0).image().dimension(n);
		final RandomAccessibleInterval<?> labels = images.get(0).labels();
		final int outputs = labels.numDimensions() > n ? (int) labels.dimension(n) : 1;
		final float[] input = new float[Math.multiplyExact(indices.length * channels, volume)];
		final float[] values = new float[Math.multiplyExact(indices.length * outputs, volume)];
		for (int s = 0; s < indices.length; s++) {
			final long[] place = place(indices[s]);
			final LabelledImage image = images.get((int) place[n]);
			inputs.get((int) place[n]).read(Arrays.copyOf(place, n), patch, input, s * channels * volume);
			read(image.labels(), place, outputs, values, s * outputs * volume);
		}
		final long[] shape = shape(indices.length, channels);
		if (classes == null) return new Batch(input, shape, new Target.Values(values, shape(indices.length,
			outputs)));
		final long[] targetShape = new long[n + 1];
		targetShape[0] = indices.length;
		System.arraycopy(shape, 2, targetShape, 1, n);
		return new Batch(input, shape, new Target.Classes(classes(values), targetShape));
	}

	private long[] shape(final int samples, final int channels) {
		final long[] shape = new long[patch.length + 2];
		shape[0] = samples;
		shape[1] = channels;
		for (int d = 0; d < patch.length; d++)
			shape[shape.length - 1 - d] = patch[d];
		return shape;
	}

	private long[] classes(final float[] values) {
		final ClassLookup lookup = classes.lookup();
		final long[] result = new long[values.length];
		for (int i = 0; i < values.length; i++)
			result[i] = lookup.classOf(values[i]);
		return result;
	}

	private void read(final RandomAccessibleInterval<?> view, final long[] place, final int channels, final float[] target,
		final int offset)
	{
		final int n = patch.length;
		final boolean hasChannels = view.numDimensions() > n;
		final long[] min = Arrays.copyOf(place, hasChannels ? n + 1 : n);
		final int[] size = Arrays.copyOf(patch, min.length);
		if (hasChannels) {
			min[n] = 0;
			size[n] = channels;
		}
		BlockReader.of(view, Border.MIRROR).read(min, size, target, offset);
	}

	/** The first position of a patch, x first, and the number of its image. */
	private long[] place(final int index) {
		// Random's first numbers are alike for neighbouring seeds; these are not.
		final SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index * 7919L + epoch * 104_729_000_003L);
		final int n = patch.length;
		final long[] place = new long[n + 1];
		long rest = 0;
		boolean anywhere = true;
		if (positions == null) place[n] = random.nextInt(images.size());
		else {
			final int[] present = IntStream.range(0, classes.count()).filter(c -> positions.stream().anyMatch(p -> p
				.counts()[c] > 0)).toArray();
			final int c = present[random.nextInt(present.length)];
			final int[] having = IntStream.range(0, images.size()).filter(i -> positions.get(i).counts()[c] > 0).toArray();
			place[n] = having[random.nextInt(having.length)];
			final long[] members = positions.get((int) place[n]).positions()[c];
			rest = members[random.nextInt(members.length)];
			anywhere = false;
		}
		final RandomAccessibleInterval<?> image = images.get((int) place[n]).image();
		for (int d = 0; d < n; d++) {
			final long extent = image.dimension(d);
			final long centre = anywhere ? random.nextLong(extent) : rest % extent + random.nextInt(patch[d] / 2 + 1) - patch[d] /
				4;
			rest /= extent;
			place[d] = extent <= patch[d] ? (extent - patch[d]) / 2 : Math.max(0, Math.min(extent - patch[d], centre - patch[d] /
				2));
		}
		return place;
	}
}
