package io.github.convoluta.filter;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Pooling of an n-D image: one value per window, as an immutable description. Along each axis
 * {@code out = floor((in + 2 pad - window) / stride) + 1}, with ceil in place of floor when partial windows are kept
 * (those that begin inside the image or its left padding). Samples beyond the image don't count: a maximum, mean or
 * median is taken over the samples of the window that exist. Every operation is NaN where one of these is NaN;
 * infinities count as numbers, and sums follow IEEE arithmetic.
 */
public final class Pooling implements Filter {

	/** What is computed over each window. */
	public enum Operation {
		/** The largest sample. */
		MAX,
		/** The smallest sample. */
		MIN,
		/** The mean. */
		AVERAGE,
		/** The sum. */
		SUM,
		/** The middle sample, or the mean of the two in the middle. */
		MEDIAN,
		/** The root of the sum of squares. */
		L2
	}

	/** Floats in one block: 1 GiB. Larger windows than that are no pooling any more. */
	private static final double LARGEST_BLOCK = 1 << 28;

	private final Operation operation;
	private final int[] window;
	private final int[] stride;
	private final int[] pad;
	private final boolean partial;

	private Pooling(final Operation operation, final int[] window, final int[] stride, final int[] pad,
		final boolean partial)
	{
		this.operation = operation;
		this.window = window;
		this.stride = stride;
		this.pad = pad;
		this.partial = partial;
	}

	/**
	 * {@return the pooling over windows of the given size per axis, x first, side by side, partial ones dropped}
	 *
	 * @param operation what is computed over each window
	 * @param window extents, each at least 1
	 */
	public static Pooling of(final Operation operation, final int... window) {
		if (window.length == 0 || Arrays.stream(window).anyMatch(w -> w < 1)) throw new IllegalArgumentException(
			"A pooling window must be at least 1 along every axis, but " + Arrays.toString(window) + " was given.");
		return new Pooling(operation, window.clone(), window.clone(), new int[window.length], false);
	}

	/**
	 * Steps between windows per axis, at least 1.
	 *
	 * @param value one number per axis of the window
	 * @return this pooling with that stride
	 */
	public Pooling stride(final int... value) {
		checkLength("stride", value, 1);
		return new Pooling(operation, window, value.clone(), pad, partial);
	}

	/**
	 * Samples of padding on both sides per axis, from 0 to half the window.
	 *
	 * @param value one number per axis of the window
	 * @return this pooling with that padding
	 */
	public Pooling pad(final int... value) {
		checkLength("pad", value, 0);
		for (int d = 0; d < value.length; d++)
			if (value[d] > window[d] / 2) throw new IllegalArgumentException("pad " + value[d] +
				" is more than half of the window " + window[d] + ": some windows would be empty.");
		return new Pooling(operation, window, stride, value.clone(), partial);
	}

	/**
	 * Whether windows that reach beyond the end of the image give a value.
	 *
	 * @param value whether they count; dropped unless this is called
	 * @return this pooling with that choice
	 */
	public Pooling keepPartial(final boolean value) {
		return new Pooling(operation, window, stride, pad, value);
	}

	private void checkLength(final String name, final int[] value, final int least) {
		if (value.length != window.length || Arrays.stream(value).anyMatch(v -> v < least)) throw new IllegalArgumentException(
			name + " needs " + window.length + " whole numbers of at least " + least + ", one per axis of the window, but " +
				Arrays.toString(value) + " was given.");
	}

	private static int at(final int[] values, final int d, final int standard) {
		return d < values.length ? values[d] : standard;
	}

	@Override
	public long[] outputSize(final long... in) {
		final long[] out = new long[in.length];
		for (int d = 0; d < in.length; d++) {
			final long w = at(window, d, 1), s = at(stride, d, 1), p = at(pad, d, 0);
			final long room = in[d] + 2 * p - w;
			if (room < 0 && !partial) throw new IllegalArgumentException("The pooling window of " + w + " along axis " + "xyztc"
				.charAt(Math.min(d, 4)) + " is larger than the image (" + in[d] +
				" samples). Use a smaller window, or keep partial windows.");
			out[d] = room < 0 ? 1 : (partial ? (room + s - 1) / s : room / s) + 1;
			if ((out[d] - 1) * s >= in[d] + p) out[d]--;
		}
		return out;
	}

	@Override
	public Sampling sampling(final int d, final long inputSize) {
		return Sampling.of((at(window, d, 1) - 1) / 2.0 - at(pad, d, 0), at(stride, d, 1));
	}

	@Override
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] in = source.dimensionsAsLongArray(), out = outputSize(in);
		final int n = in.length;
		final int[] w = new int[n], s = new int[n], p = new int[n], halo = new int[n];
		double block = 1;
		for (int d = 0; d < n; d++) {
			// What lies beyond the image need not be read.
			w[d] = (int) Math.min(at(window, d, 1), in[d] + at(pad, d, 0));
			s[d] = at(stride, d, 1);
			p[d] = at(pad, d, 0);
			halo[d] = w[d] - 1;
			block *= w[d];
		}
		if (block > LARGEST_BLOCK) throw new IllegalArgumentException("A pooling window of " + Arrays.toString(window) +
			" holds " + (long) block + " samples; at most " + (long) LARGEST_BLOCK + " fit. Use global pooling instead.");
		final Border border = Border.constant(switch (operation) {
			case MAX -> Double.NEGATIVE_INFINITY;
			case MIN -> Double.POSITIVE_INFINITY;
			case MEDIAN -> Double.NaN;
			default -> 0;
		});
		final double cost = operation == Operation.MEDIAN ? 10 * block : 1;
		TiledLoop.run(out, TiledLoop.limited(TiledLoop.tileSize(out, s, halo), cost), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, border);
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final WindowReduction reduction = new WindowReduction(operation, w, s);
			final RowBlock input = new RowBlock();
			return (min, size) -> {
				final long[] first = new long[n];
				final int[] extent = new int[n];
				for (int d = 0; d < n; d++) {
					first[d] = min[d] * s[d] - p[d];
					extent[d] = (size[d] - 1) * s[d] + w[d];
				}
				reader.read(first, extent, input);
				final RowBlock output = reduction.reduce(input, size, position -> existing(position, min, in, w, s, p));
				writer.write(output, s[0], size, min);
			};
		});
	}

	/** Samples per window that exist along each axis, for a row of windows: {@code [d]} for d >= 1, x apart. */
	private static WindowReduction.Counts existing(final int[] position, final long[] min, final long[] in, final int[] w,
		final int[] s, final int[] p)
	{
		double others = 1;
		for (int d = 1; d < in.length; d++)
			others *= count(min[d] + position[d], in[d], w[d], s[d], p[d]);
		final double rest = others;
		return x -> rest * count(min[0] + x, in[0], w[0], s[0], p[0]);
	}

	private static long count(final long i, final long in, final int w, final int s, final int p) {
		final long first = i * s - p;
		return Math.min(in, first + w) - Math.max(0, first);
	}
}
