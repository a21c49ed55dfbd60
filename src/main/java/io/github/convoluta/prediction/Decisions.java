package io.github.convoluta.prediction;

import java.util.Arrays;

import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.BlockWriter;
import net.imglib2.RandomAccessibleInterval;

/** From probabilities to labels. */
final class Decisions {

	private Decisions() {}

	/** For every position the value of the class with the largest channel; the first of equal ones. */
	static float[] of(final float[] values, final int channels, final int volume, final float[] classValues) {
		final float[] most = Arrays.copyOf(values, volume), labels = new float[volume];
		Arrays.fill(labels, classValues[0]);
		for (int c = 1; c < channels; c++) {
			final int offset = c * volume;
			final float value = classValues[c];
			for (int i = 0; i < volume; i++)
				if (values[offset + i] > most[i]) {
					most[i] = values[offset + i];
					labels[i] = value;
				}
		}
		return labels;
	}

	/** Decides row by row; the last axis of the probabilities is the classes. */
	static void write(final RandomAccessibleInterval<?> probabilities, final RandomAccessibleInterval<?> labels,
		final float[] classValues)
	{
		final int n = labels.numDimensions(), width = (int) labels.dimension(0), channels = classValues.length;
		final BlockReader reader = BlockReader.of(probabilities, Border.REPLICATE);
		final BlockWriter writer = BlockWriter.of(labels);
		final int[] size = new int[n + 1], row = new int[n];
		Arrays.fill(size, 1);
		Arrays.fill(row, 1);
		size[0] = row[0] = width;
		size[n] = channels;
		final float[] values = new float[width * channels];
		final long[] min = new long[n + 1];
		final long rows = labels.size() / width;
		for (long r = 0; r < rows; r++) {
			long rest = r;
			for (int d = 1; d < n; d++) {
				min[d] = rest % labels.dimension(d);
				rest /= labels.dimension(d);
			}
			reader.read(min, size, values, 0);
			writer.write(Arrays.copyOf(min, n), row, of(values, channels, width, classValues), row, new int[n], 0);
		}
	}
}
