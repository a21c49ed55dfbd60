package io.github.convoluta.sample;

import java.util.Arrays;
import java.util.List;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;
import io.github.convoluta.network.Shape;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;

/**
 * Samples in memory, each with a class.
 *
 * @param shape of one sample: spatial extents x first, and channels
 * @param values one array per sample, {@code [channel, (z,) (y,) x]} in C order
 * @param classes one class number per sample, from 0 on
 */
public record ClassifiedArrays(Shape shape, List<float[]> values, int[] classes) implements Samples {

	public ClassifiedArrays {
		values = List.copyOf(values);
		classes = classes.clone();
		if (values.size() != classes.length) throw new IllegalArgumentException(values.size() + " samples were given with " +
			classes.length + " classes.");
		for (final float[] v : values)
			if (v.length != shape.count()) throw new IllegalArgumentException("A sample has " + v.length +
				" values, but its shape " + shape + " needs " + shape.count() + ".");
	}

	@Override
	public int size() {
		return classes.length;
	}

	@Override
	public int classOf(final int index) {
		return classes[index];
	}

	/** Puts a sample's values into the input of a batch, from {@code offset} on. */
	@FunctionalInterface
	interface Reader {

		void read(int index, float[] input, int offset);
	}

	@Override
	public Batch batch(final int... indices) {
		return batch((index, input, offset) -> System.arraycopy(values.get(index), 0, input, offset, (int) shape.count()),
			indices);
	}

	Batch batch(final Reader reader, final int... indices) {
		final int n = (int) shape.count();
		final float[] input = new float[Math.multiplyExact(n, indices.length)];
		final long[] target = new long[indices.length];
		for (int i = 0; i < indices.length; i++) {
			reader.read(indices[i], input, i * n);
			target[i] = classes[indices[i]];
		}
		final long[] extents = new long[shape.dimensions() + 2];
		extents[0] = indices.length;
		extents[1] = shape.channels();
		for (int d = 0; d < shape.dimensions(); d++)
			extents[extents.length - 1 - d] = shape.spatial().get(d);
		return new Batch(input, extents, new Target.Classes(target, new long[] { indices.length }));
	}

	/** A sample as an image, channels last. */
	public RandomAccessibleInterval<?> view(final int index) {
		final long[] size = new long[shape.dimensions() + 1];
		for (int d = 0; d < shape.dimensions(); d++)
			size[d] = shape.spatial().get(d);
		size[shape.dimensions()] = shape.channels();
		return ArrayImgs.floats(values.get(index), size);
	}

	/** Number of classes: one more than the largest class number. */
	public int classCount() {
		return Arrays.stream(classes).max().orElse(-1) + 1;
	}
}
