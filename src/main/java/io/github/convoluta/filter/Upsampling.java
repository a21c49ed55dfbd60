package io.github.convoluta.filter;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Enlarges an n-D image by whole factors: {@code out = in * factor} samples per axis. A new sample is NaN where one of
 * those that it is made of is; zeros between samples stay 0.
 *
 * @param method how the new samples get their values
 * @param factor enlargement per axis, x first, at least 1; axes without a factor stay
 */
public record Upsampling(Method method, int... factor) implements Filter {

	/** Where new samples get their values. */
	public enum Method {
		/** Each sample is repeated. */
		NEAREST,
		/** Interpolated between the samples' centres; the outermost samples are continued. */
		LINEAR,
		/** Each sample is followed by {@code factor - 1} zeros. */
		ZEROS
	}

	public Upsampling {
		if (factor.length == 0 || Arrays.stream(factor).anyMatch(f -> f < 1)) throw new IllegalArgumentException(
			"Upsampling factors must be whole numbers of at least 1, but " + Arrays.toString(factor) + " was given.");
		factor = factor.clone();
	}

	private int factor(final int d) {
		return d < factor.length ? factor[d] : 1;
	}

	@Override
	public Sampling sampling(final int d, final long inputSize) {
		return new Sampling(1.0 / factor(d), 0);
	}

	@Override
	public long[] outputSize(final long... in) {
		final long[] out = in.clone();
		for (int d = 0; d < out.length; d++)
			out[d] *= factor(d);
		return out;
	}

	@Override
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] out = outputSize(source.dimensionsAsLongArray());
		final int n = out.length;
		final int[] ones = new int[n];
		Arrays.fill(ones, 1);
		TiledLoop.run(out, TiledLoop.tileSize(out, ones, new int[n]), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, Border.REPLICATE);
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final RowBlock input = new RowBlock();
			final RowBlock[] work = { new RowBlock(), new RowBlock() };
			return (min, size) -> {
				final Interpolation[] weights = new Interpolation[n];
				final long[] first = new long[n];
				final int[] extent = new int[n];
				for (int d = 0; d < n; d++) {
					weights[d] = weights(min[d], size[d], factor(d));
					first[d] = weights[d].first;
					extent[d] = weights[d].extent;
				}
				reader.read(first, extent, input);
				RowBlock from = input;
				for (int d = n - 1; d >= 0; d--) {
					final RowBlock to = work[d % 2];
					if (d == 0) alongRows(from, weights[0], to);
					else acrossRows(from, d, weights[d], to);
					from = to;
				}
				writer.write(from, 1, size, min);
			};
		});
	}

	/** Per result: the lower of two input samples, relative to {@code first}, and both their weights. */
	private record Interpolation(long first, int extent, int[] lower, float[] lowerWeight, float[] upperWeight) {}

	private Interpolation weights(final long min, final int size, final int f) {
		final long[] lower = new long[size];
		final float[] a = new float[size], b = new float[size];
		for (int i = 0; i < size; i++) {
			final long p = min + i;
			if (method == Method.LINEAR && f > 1) {
				// Exact thirds of whole numbers: 2 f times the position between centres.
				final long twice = 2 * p + 1 - f;
				lower[i] = Math.floorDiv(twice, 2L * f);
				b[i] = (float) Math.floorMod(twice, 2L * f) / (2 * f);
				a[i] = 1 - b[i];
			}
			else {
				lower[i] = p / f;
				a[i] = method == Method.ZEROS && p % f != 0 ? 0 : 1;
			}
		}
		final int[] relative = new int[size];
		for (int i = 0; i < size; i++)
			relative[i] = (int) (lower[i] - lower[0]);
		return new Interpolation(lower[0], relative[size - 1] + 2, relative, a, b);
	}

	private static void acrossRows(final RowBlock from, final int d, final Interpolation w, final RowBlock to) {
		final int[] size = from.size.clone();
		size[d] = w.lower.length;
		to.resize(size);
		final int step = from.rowStep(d), width = size[0];
		final int groups = from.rowCount() / (step * from.size[d]);
		final float[][] pair = new float[2][];
		final float[] weights = new float[2];
		for (int g = 0; g < groups; g++)
			for (int i = 0; i < size[d]; i++)
				for (int s = 0; s < step; s++) {
					pair[0] = from.rows[(g * from.size[d] + w.lower[i]) * step + s];
					pair[1] = from.rows[(g * from.size[d] + w.lower[i] + 1) * step + s];
					weights[0] = w.lowerWeight[i];
					weights[1] = w.upperWeight[i];
					final float[] out = to.rows[(g * size[d] + i) * step + s];
					if (weights[0] == 0) Arrays.fill(out, 0, width, 0);
					else RowArithmetic.weightedSum(pair, weights, weights[1] == 0 ? 1 : 2, out, 0, width);
				}
	}

	private static void alongRows(final RowBlock from, final Interpolation w, final RowBlock to) {
		final int[] size = from.size.clone();
		size[0] = w.lower.length;
		to.resize(size);
		for (int r = 0; r < to.rowCount(); r++) {
			final float[] row = from.rows[r], out = to.rows[r];
			for (int x = 0; x < size[0]; x++) {
				final int i = w.lower[x];
				out[x] = w.lowerWeight[x] == 0 ? 0 : w.upperWeight[x] == 0 ? row[i] * w.lowerWeight[x] : row[i] * w.lowerWeight[x] +
					row[i + 1] * w.upperWeight[x];
			}
		}
	}
}
