package io.github.convoluta.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * How samples become the numbers that a network gets: {@code (value - offset) / scale}, with an offset and a scale per
 * channel. They are either the same for all images, as found over the training images, or found for each image anew.
 */
public sealed interface Normalization {

	/**
	 * The same numbers for every image.
	 *
	 * @param offsets one per channel
	 * @param scales one per channel, none 0
	 */
	record Fixed(List<Double> offsets, List<Double> scales) implements Normalization {

		public Fixed {
			offsets = List.copyOf(offsets);
			scales = List.copyOf(scales);
			if (offsets.size() != scales.size() || scales.stream().anyMatch(s -> s == 0 || !Double.isFinite(s)) || offsets.stream()
				.anyMatch(o -> !Double.isFinite(o))) throw new IllegalArgumentException("A normalisation needs one finite " +
					"offset and one scale other than 0 per channel, but " + offsets + " and " + scales + " were given.");
		}

		/**
		 * Changes a sample in place, all channels.
		 *
		 * @param values hold the sample, {@code [channel, (z,) (y,) x]} in C order
		 * @param offset where it begins
		 * @param volume its values per channel
		 */
		public void apply(final float[] values, final int offset, final int volume) {
			for (int c = 0; c < offsets.size(); c++) {
				final double shift = offsets.get(c), factor = 1 / scales.get(c);
				final int start = offset + c * volume;
				for (int i = start; i < start + volume; i++)
					values[i] = (float) ((values[i] - shift) * factor);
			}
		}
	}

	/** Numbers found by a method for every image, over all of it. */
	record PerImage(Method method) implements Normalization {}

	/** How numbers are found. */
	sealed interface Method {

		/** Values stay. */
		record None() implements Method {}

		/** Mean 0 and variance 1. */
		record ZeroMean() implements Method {}

		/**
		 * The low percentile becomes 0 and the high one 1; 0 and 100 are the smallest and largest value.
		 *
		 * @param low percentile, from 0
		 * @param high percentile, to 100
		 */
		record Percentiles(double low, double high) implements Method {

			public Percentiles {
				if (!(low >= 0 && high <= 100 && low < high)) throw new IllegalArgumentException(
					"Percentiles must lie from 0 to 100, " + "the low one below the high one, but " + low + " and " + high +
						" were given.");
			}
		}

		/**
		 * Reads {@code none}, {@code zeromean}, {@code range}, or {@code percentile} with the two percentiles, by default 1 and
		 * 99.8.
		 *
		 * @throws IllegalArgumentException if the text is none of these
		 */
		static Method parse(final String text) {
			final String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
			if (words.length == 1) switch (words[0]) {
				case "none":
					return new None();
				case "zeromean":
					return new ZeroMean();
				case "range":
					return new Percentiles(0, 100);
				case "percentile":
					return new Percentiles(1, 99.8);
				default:
			}
			if (words.length == 3 && words[0].equals("percentile")) try {
				return new Percentiles(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
			}
			catch (final NumberFormatException e) {
				throw new IllegalArgumentException("normalization=[" + text + "]: percentiles must be numbers.", e);
			}
			throw new IllegalArgumentException("normalization=[" + text +
				"] is not known; allowed are zeromean, percentile, percentile 1 99.8, range and none.");
		}

		/** The text that {@link #parse} reads. */
		default String text() {
			if (this instanceof final Percentiles p) return "percentile " + p.low() + " " + p.high();
			return this instanceof None ? "none" : "zeromean";
		}
	}

	/** The numbers for one image: a view whose last axis is the channels. The monitor may stop the measuring. */
	default Fixed of(final RandomAccessibleInterval<?> image, final Monitor monitor) {
		return this instanceof final PerImage p ? measure(p.method(), List.of(image), monitor) : (Fixed) this;
	}

	/**
	 * Finds the numbers over images, whose last axes are the channels. Of very large sets every n-th row is looked at.
	 * Values that are no finite numbers don't count, and a channel that is the same everywhere becomes 0 whatever its value.
	 *
	 * @param monitor hears how much was looked at
	 */
	static Fixed measure(final Method method, final List<? extends RandomAccessibleInterval<?>> images,
		final Monitor monitor)
	{
		final int n = images.get(0).numDimensions(), channels = (int) images.get(0).dimension(n - 1);
		final List<Double> offsets = new ArrayList<>(Collections.nCopies(channels, 0.0)), scales = new ArrayList<>(Collections
			.nCopies(channels, 1.0));
		if (method instanceof Method.None) return new Fixed(offsets, scales);
		for (int c = 0; c < channels; c++) {
			final float[] values = Sampled.values(images, c, monitor.part(c, channels));
			if (method instanceof Method.ZeroMean) {
				if (values.length == 0) continue;
				double sum = 0, square = 0;
				for (final float v : values)
					sum += v;
				final double mean = sum / values.length;
				for (final float v : values)
					square += (v - mean) * (v - mean);
				offsets.set(c, mean);
				scales.set(c, scale(Math.sqrt(square / values.length), values));
			}
			else if (method instanceof final Method.Percentiles p) {
				if (values.length == 0) continue;
				Arrays.sort(values);
				final double low = percentile(values, p.low()), high = percentile(values, p.high());
				offsets.set(c, low);
				scales.set(c, scale(high - low, values));
			}
		}
		return new Fixed(offsets, scales);
	}

	/**
	 * A scale, however small: samples may be in amperes. Percentiles may be the same in an image that is not constant; then
	 * its whole range counts.
	 */
	private static double scale(final double found, final float[] values) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final float v : values) {
			min = Math.min(min, v);
			max = Math.max(max, v);
		}
		return min == max ? 1 : found > 0 ? found : (double) max - min;
	}

	/** Linear between neighbours, as NumPy has it. */
	private static double percentile(final float[] sorted, final double percent) {
		final double place = percent / 100 * (sorted.length - 1);
		final int below = (int) Math.floor(place), above = Math.min(sorted.length - 1, below + 1);
		return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
	}

	/** Reads a channel's values, or a part of very many. */
	final class Sampled {

		private static final long MOST = 1 << 23;
		/** Rows between two calls of a monitor. */
		private static final int MONITORED = 64;

		private Sampled() {}

		static float[] values(final List<? extends RandomAccessibleInterval<?>> images, final int channel,
			final Monitor monitor)
		{
			final int n = images.get(0).numDimensions();
			long total = 0;
			for (final RandomAccessibleInterval<?> image : images)
				total += image.size() / image.dimension(n - 1);
			final long step = (total + MOST - 1) / MOST;
			float[] values = new float[(int) Math.min(total, 2 * MOST)];
			int count = 0, done = 0;
			long row = 0;
			for (final RandomAccessibleInterval<?> image : images) {
				final Monitor part = monitor.part(done++, images.size());
				final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
				final long rows = image.size() / image.dimension(n - 1) / image.dimension(0);
				final int[] size = new int[n];
				Arrays.fill(size, 1);
				size[0] = Math.toIntExact(image.dimension(0));
				final long[] min = new long[n];
				min[n - 1] = channel;
				for (long r = 0; r < rows; r++, row++) {
					if (r % MONITORED == 0) part.progress((double) r / rows);
					if (row % step != 0) continue;
					long rest = r;
					for (int d = 1; d < n - 1; d++) {
						min[d] = rest % image.dimension(d);
						rest /= image.dimension(d);
					}
					if (count + size[0] > values.length) values = Arrays.copyOf(values, Math.max(2 * values.length, count + size[0]));
					reader.read(min, size, values, count);
					count += size[0];
				}
			}
			int finite = 0;
			for (int i = 0; i < count; i++)
				if (Float.isFinite(values[i])) values[finite++] = values[i];
			return Arrays.copyOf(values, finite);
		}
	}
}
