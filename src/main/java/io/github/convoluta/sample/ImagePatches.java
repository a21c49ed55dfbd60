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

	private final LabelIndex index;
	private final int[] patch;
	private final int count;
	private final long seed;
	private final List<NetworkInput> inputs;
	private final List<LabelledPositions> positions;
	private final int epoch;

	private ImagePatches(final LabelIndex index, final int[] patch, final int count, final long seed,
		final List<NetworkInput> inputs, final List<LabelledPositions> positions, final int epoch)
	{
		this.index = index;
		this.patch = patch;
		this.count = count;
		this.seed = seed;
		this.inputs = inputs;
		this.positions = positions;
		this.epoch = epoch;
	}

	/**
	 * @param index at least one image, all with the same number of axes and channels
	 * @param patch extents of a patch, x first
	 * @param normalization how samples become the network's input
	 * @param count number of patches an epoch
	 * @param seed decides where they lie
	 * @param monitor hears how far labelled pixels are drawn
	 * @throws IllegalArgumentException if sizes don't fit, or nothing is labelled
	 */
	public static ImagePatches of(final LabelIndex index, final int[] patch, final Normalization normalization,
		final int count, final long seed, final Monitor monitor)
	{
		final List<LabelIndex.Entry> entries = index.entries();
		for (final LabelledImage image : index.images())
			if (image.dimensions() != patch.length) throw new IllegalArgumentException("A patch for " + image.dimensions() +
				" axes needs as many extents, but " + Arrays.toString(patch) + " was given.");
		if (Arrays.stream(patch).anyMatch(p -> p < 1)) throw new IllegalArgumentException(
			"The extents of a patch must be at least 1, but " + Arrays.toString(patch) + " was given.");
		if (Arrays.stream(index.counts()).sum() == 0) throw new IllegalArgumentException(
			"Nothing in the training images is labelled.");
		final List<LabelledPositions> positions = index.classes() == null ? null : IntStream.range(0, entries.size()).mapToObj(
			i -> LabelledPositions.of(entries.get(i).classes(), seed + i, monitor.part(i, entries.size()))).toList();
		return new ImagePatches(index, patch.clone(), count, seed, index.images().stream().map(i -> new NetworkInput(i.image(),
			normalization.of(i.whole(), cancellation(monitor)))).toList(), positions, 0);
	}

	/** Stops as a monitor does, but leaves what it shows. */
	private static Monitor cancellation(final Monitor monitor) {
		return fraction -> monitor.progress(1);
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
		return new ImagePatches(index, patch, count, seed, inputs, positions, number);
	}

	@Override
	public Batch batch(final int... indices) {
		final int n = patch.length, volume = Arrays.stream(patch).reduce(1, Math::multiplyExact);
		final int channels = (int) inputs.get(0).image().dimension(n);
		final Target target = target(indices.length, volume);
		final float[] input = new float[Math.multiplyExact(indices.length * channels, volume)];
		for (int s = 0; s < indices.length; s++) {
			final long[] place = place(indices[s]), min = Arrays.copyOf(place, n);
			inputs.get((int) place[n]).read(min, patch, input, s * channels * volume);
			final LabelIndex.Entry entry = index.entries().get((int) place[n]);
			if (target instanceof final Target.Classes c) entry.classes().read(min, patch, c.numbers(), s * volume);
			else if (target instanceof final Target.Values v) read(entry.image().labels(), min, v.values(), s * (v
				.values().length / indices.length));
		}
		return new Batch(input, shape(indices.length, channels), target);
	}

	/** Room for what the network should answer. */
	private Target target(final int samples, final int volume) {
		final int n = patch.length;
		if (index.classes() != null) {
			final long[] shape = new long[n + 1];
			shape[0] = samples;
			System.arraycopy(shape(samples, 1), 2, shape, 1, n);
			return new Target.Classes(new long[Math.multiplyExact(samples, volume)], shape);
		}
		final RandomAccessibleInterval<?> values = index.images().get(0).labels();
		final int channels = values.numDimensions() > n ? (int) values.dimension(n) : 1;
		return new Target.Values(new float[Math.multiplyExact(samples * channels, volume)], shape(samples, channels));
	}

	private long[] shape(final int samples, final int channels) {
		final long[] shape = new long[patch.length + 2];
		shape[0] = samples;
		shape[1] = channels;
		for (int d = 0; d < patch.length; d++)
			shape[shape.length - 1 - d] = patch[d];
		return shape;
	}

	private void read(final RandomAccessibleInterval<?> values, final long[] min, final float[] target, final int offset) {
		final int n = patch.length;
		final int[] size = Arrays.copyOf(patch, values.numDimensions());
		if (size.length > n) size[n] = (int) values.dimension(n);
		BlockReader.of(values, Border.MIRROR).read(Arrays.copyOf(min, size.length), size, target, offset);
	}

	/** The first position of a patch, x first, and the number of its image. */
	private long[] place(final int number) {
		// Random's first numbers are alike for neighbouring seeds; these are not.
		final SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number * 7919L + epoch * 104_729_000_003L);
		final int n = patch.length;
		final long[] place = new long[n + 1];
		long rest = 0;
		boolean anywhere = true;
		if (positions == null) place[n] = random.nextInt(inputs.size());
		else {
			final int[] present = IntStream.range(0, index.classes().count()).filter(c -> positions.stream().anyMatch(p -> p
				.counts()[c] > 0)).toArray();
			final int c = present[random.nextInt(present.length)];
			final int[] having = IntStream.range(0, inputs.size()).filter(i -> positions.get(i).counts()[c] > 0).toArray();
			place[n] = having[random.nextInt(having.length)];
			final long[] members = positions.get((int) place[n]).positions()[c];
			rest = members[random.nextInt(members.length)];
			anywhere = false;
		}
		final RandomAccessibleInterval<?> image = inputs.get((int) place[n]).image();
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
