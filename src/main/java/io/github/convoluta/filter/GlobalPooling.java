package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Pooling of a whole image, or volume, to one value: NaN if one of its samples is. */
public final class GlobalPooling {

	private static final long LARGEST_MEDIAN = 1 << 29;

	private GlobalPooling() {}

	/**
	 * {@return the pooling over the first {@code axes} axes as a filter; further axes must have one sample, or are kept}
	 *
	 * @param operation what is computed
	 * @param axes how many of the first axes are pooled
	 */
	public static Filter over(final Pooling.Operation operation, final int axes) {
		return new Filter() {

			@Override
			public long[] outputSize(final long... inputSize) {
				final long[] out = inputSize.clone();
				Arrays.fill(out, 0, Math.min(axes, out.length), 1);
				return out;
			}

			@Override
			public Sampling sampling(final int d, final long inputSize) {
				return d < axes ? new Sampling(inputSize, 0) : Sampling.SAME;
			}

			@Override
			public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
				final RandomAccessibleInterval<R> target, final Monitor monitor)
			{
				final long[] out = target.dimensionsAsLongArray();
				final long[] first = source.minAsLongArray(), last = source.maxAsLongArray();
				final long count = Arrays.stream(out).reduce(1, (a, b) -> a * b);
				final SampleWriter<R> writer = new SampleWriter<>(target);
				final long[] position = new long[out.length];
				for (long i = 0; i < count; i++) {
					long rest = i;
					for (int d = 0; d < out.length; d++) {
						position[d] = rest % out[d];
						rest /= out[d];
						if (d >= axes) first[d] = last[d] = source.min(d) + position[d];
					}
					final double value = GlobalPooling.apply(Views.interval(source, first, last), operation, monitor.part(i, count));
					writer.write(new float[] { (float) value }, 1, 1, position);
				}
			}
		};
	}

	/**
	 * {@return the value of {@code operation} over all samples; sums are taken in double, by all cores}
	 *
	 * @param <T> type of the source's pixels
	 * @param source of any extents that fit, and any origin
	 * @param operation what is computed
	 * @param monitor hears the progress and may cancel by throwing
	 * @throws IllegalArgumentException for the median of more than 2^29 samples, which would need over 2 GiB
	 */
	public static <T extends RealType<T>> double apply(final RandomAccessibleInterval<T> source,
		final Pooling.Operation operation, final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		final double count = Arrays.stream(size).asDoubleStream().reduce(1, (a, b) -> a * b);
		final boolean median = operation == Pooling.Operation.MEDIAN;
		if (median && count > LARGEST_MEDIAN) throw new IllegalArgumentException("The median of " + (long) count +
			" samples can't be taken; at most " + LARGEST_MEDIAN +
			" can be sorted in memory. Pool in two steps, or choose average.");
		final float[] all = median ? new float[(int) count] : null;
		final Queue<Double> parts = new ConcurrentLinkedQueue<>();
		final int[] ones = new int[size.length];
		Arrays.fill(ones, 1);
		TiledLoop.run(size, TiledLoop.tileSize(size, ones, new int[size.length]), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, Border.ZERO);
			final RowBlock block = new RowBlock();
			return (min, extent) -> {
				reader.read(min, extent, block);
				final int[] position = new int[extent.length];
				double part = start(operation);
				for (int r = 0; r < block.rowCount(); r++) {
					if (median) {
						long index = 0;
						for (int d = size.length - 1; d >= 0; d--)
							index = index * size[d] + min[d] + (d > 0 ? position[d] : 0);
						System.arraycopy(block.rows[r], 0, all, (int) index, extent[0]);
						SampleReader.advance(position, extent);
					}
					else part = accumulate(operation, part, block.rows[r], extent[0]);
				}
				parts.add(part);
			};
		});
		if (median) return WindowReduction.median(all, all.length);
		double result = start(operation);
		for (final double part : parts)
			result = switch (operation) {
				case MAX -> Math.max(result, part);
				case MIN -> Math.min(result, part);
				default -> result + part;
			};
		return switch (operation) {
			case AVERAGE -> result / count;
			case L2 -> Math.sqrt(result);
			default -> result;
		};
	}

	private static double start(final Pooling.Operation operation) {
		return switch (operation) {
			case MAX -> Double.NEGATIVE_INFINITY;
			case MIN -> Double.POSITIVE_INFINITY;
			default -> 0;
		};
	}

	private static double accumulate(final Pooling.Operation operation, final double start, final float[] row, final int n) {
		double result = start;
		for (int x = 0; x < n; x++)
			result = switch (operation) {
				case MAX -> Math.max(result, row[x]);
				case MIN -> Math.min(result, row[x]);
				case L2 -> result + (double) row[x] * row[x];
				default -> result + row[x];
			};
		return result;
	}
}
