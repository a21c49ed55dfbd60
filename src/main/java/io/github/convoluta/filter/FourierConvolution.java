package io.github.convoluta.filter;

import java.util.Arrays;

import io.github.convoluta.kernel.Kernel;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Overlap-save: each tile's input is transformed, multiplied by the kernel's spectrum and transformed back. The left
 * half of a tile travels as the real part and the right half as the imaginary part, since the kernel is real. The mean
 * of the tile is taken out before and put back after, so that a bright background does not cost precision.
 */
final class FourierConvolution implements Algorithm {

	private static final int COLUMNS = 8;
	private static final int LARGEST = 1 << 24;

	private final WindowGeometry g;
	private final int[] transform;
	private final int[] half;
	private final double kernelSum;
	private float[] spectrum;

	FourierConvolution(final WindowGeometry g) {
		this.g = g;
		final int n = g.numDimensions();
		final long[] dense = new long[n];
		for (int d = 0; d < n; d++)
			dense[d] = (g.outputSize()[d] - 1) * g.stride()[d] + 1;
		dense[0] = (dense[0] + 1) / 2;
		transform = bestTransform(dense, g.reach());
		half = new int[n];
		for (int d = 0; d < n; d++)
			half[d] = (int) Math.min(transform[d] - g.reach(d), dense[d]);
		kernelSum = g.kernel().sum();
	}

	/** Powers of two per axis with the least estimated work per result. */
	private static int[] bestTransform(final long[] dense, final int[] reach) {
		final int n = dense.length;
		final int[] size = new int[n];
		for (int d = 0; d < n; d++)
			size[d] = reach[d] == 0 ? 1 : powerOfTwo(reach[d] + 1L + Math.min(reach[d], dense[d]));
		int[] best = size.clone();
		double bestCost = cost(size, dense, reach);
		for (int round = 0; round < 8; round++)
			for (int d = 0; d < n; d++) {
				if (best[d] >= dense[d] + reach[d] || reach[d] == 0 && d > 0) continue;
				final int[] larger = best.clone();
				larger[d] *= 2;
				final double cost = cost(larger, dense, reach);
				if (cost < bestCost) {
					best = larger;
					bestCost = cost;
				}
			}
		return best;
	}

	private static int powerOfTwo(final long atLeast) {
		return (int) Long.highestOneBit(Math.max(2, 2 * atLeast - 1));
	}

	private static double cost(final int[] transform, final long[] dense, final int[] reach) {
		double samples = 1, results = 1, log = 0;
		for (int d = 0; d < transform.length; d++) {
			samples *= transform[d];
			log += Math.log(transform[d]) / Math.log(2) * (d == 0 ? 1 : 1.3);
			final double tile = transform[d] - reach[d];
			results *= dense[d] / Math.ceil(dense[d] / tile);
		}
		// Beyond the second-level cache every pass waits for memory.
		final double memory = samples > 1 << 16 ? 1.5 : 1;
		return samples > LARGEST ? Double.MAX_VALUE : memory * samples / (2 * results) * (2.4 * log + 8);
	}

	@Override
	public int[] tileSize() {
		final int[] tile = new int[half.length];
		for (int d = 0; d < tile.length; d++)
			tile[d] = Math.max(1, ((d == 0 ? 2 : 1) * half[d] - 1) / g.stride()[d] + 1);
		if (tile[0] > 1 && g.denseWidth(tile[0]) > 2 * half[0]) tile[0]--;
		return tile;
	}

	/** Whether the buffers of a thread stay below a gibibyte. */
	boolean isPossible() {
		return Arrays.stream(transform).asDoubleStream().reduce(1, (a, b) -> a * b) <= 1 << 26;
	}

	@Override
	public double cost() {
		final long[] dense = g.outputSize().clone();
		double strides = 1;
		for (int d = 0; d < dense.length; d++) {
			dense[d] = (dense[d] - 1) * g.stride()[d] + 1;
			strides *= g.stride()[d];
		}
		return strides * cost(transform, dense, g.reach());
	}

	@Override
	public synchronized Run start() {
		if (spectrum == null) spectrum = new OverlapSave().kernelSpectrum();
		return new OverlapSave();
	}

	private final class OverlapSave implements Run {

		private final int count = Arrays.stream(transform).reduce(1, Math::multiplyExact);
		private final FloatFFT_1D[] plans = new FloatFFT_1D[transform.length];
		private final float[] data = new float[2 * count];
		private final float[] column;

		OverlapSave() {
			for (int d = 0; d < plans.length; d++)
				if (transform[d] > 1) plans[d] = new FloatFFT_1D(transform[d]);
			column = new float[2 * COLUMNS * Arrays.stream(transform).max().orElse(1)];
		}

		float[] kernelSpectrum() {
			final Kernel k = g.kernel();
			for (int i = 0; i < k.count(); i++) {
				int index = 0;
				for (int d = 0, rest = i, step = 1; d < transform.length; d++) {
					index += (g.reach(d) - rest % k.size(d) * g.dilation()[d]) * step;
					rest /= k.size(d);
					step *= transform[d];
				}
				data[2 * index] = (float) k.valueAt(i);
			}
			transform(true);
			return data.clone();
		}

		@Override
		public void compute(final RowBlock input, final int[] size, final RowBlock output) {
			final float mean = mean(input);
			load(input, mean);
			transform(true);
			multiply();
			transform(false);
			store(size, output, (float) (mean * kernelSum));
		}

		private float mean(final RowBlock input) {
			double sum = 0;
			for (int r = 0; r < input.rowCount(); r++) {
				float row = 0;
				for (int x = 0; x < input.size[0]; x++)
					row += input.rows[r][x];
				sum += row;
			}
			final double mean = sum / ((double) input.rowCount() * input.size[0]);
			return Double.isFinite(mean) ? (float) mean : 0;
		}

		private void load(final RowBlock input, final float mean) {
			Arrays.fill(data, 0);
			final int left = Math.min(input.size[0], half[0] + g.reach(0));
			final int right = input.size[0] - half[0];
			final int[] position = new int[transform.length];
			for (int r = 0; r < input.rowCount(); r++) {
				final float[] row = input.rows[r];
				final int to = 2 * offset(position, 0);
				for (int x = 0; x < left; x++)
					data[to + 2 * x] = row[x] - mean;
				for (int x = 0; x < right; x++)
					data[to + 2 * x + 1] = row[half[0] + x] - mean;
				SampleReader.advance(position, input.size);
			}
		}

		private void store(final int[] size, final RowBlock output, final float mean) {
			final int width = g.denseWidth(size[0]);
			final int[] outSize = size.clone();
			outSize[0] = width;
			output.resize(outSize);
			final int left = Math.min(width, half[0]);
			final int[] position = new int[size.length], dense = new int[size.length];
			for (int r = 0; r < output.rowCount(); r++) {
				for (int d = 1; d < dense.length; d++)
					dense[d] = position[d] * g.stride()[d] + g.reach(d);
				final float[] row = output.rows[r];
				final int from = 2 * offset(dense, g.reach(0));
				for (int x = 0; x < left; x++)
					row[x] = data[from + 2 * x] + mean;
				for (int x = left; x < width; x++)
					row[x] = data[from + 2 * (x - half[0]) + 1] + mean;
				SampleReader.advance(position, size);
			}
		}

		private int offset(final int[] position, final int x) {
			int offset = x, step = transform[0];
			for (int d = 1; d < position.length; d++) {
				offset += position[d] * step;
				step *= transform[d];
			}
			return offset;
		}

		private void multiply() {
			for (int i = 0; i < data.length; i += 2) {
				final float re = data[i], im = data[i + 1], p = spectrum[i], q = spectrum[i + 1];
				data[i] = re * p - im * q;
				data[i + 1] = re * q + im * p;
			}
		}

		private void transform(final boolean forward) {
			int step = 1;
			for (int d = 0; d < transform.length; d++) {
				if (plans[d] != null) alongAxis(d, step, forward);
				step *= transform[d];
			}
		}

		private void alongAxis(final int d, final int step, final boolean forward) {
			final int n = transform[d];
			for (int outer = 0; outer < count; outer += n * step)
				for (int first = 0; first < step; first += COLUMNS) {
					final int columns = Math.min(COLUMNS, step - first);
					if (d == 0) {
						line(d, data, 2 * outer, forward);
						continue;
					}
					for (int i = 0; i < n; i++)
						for (int c = 0; c < columns; c++) {
							final int at = 2 * (outer + i * step + first + c), to = 2 * (c * n + i);
							column[to] = data[at];
							column[to + 1] = data[at + 1];
						}
					for (int c = 0; c < columns; c++)
						line(d, column, 2 * c * n, forward);
					for (int i = 0; i < n; i++)
						for (int c = 0; c < columns; c++) {
							final int at = 2 * (outer + i * step + first + c), from = 2 * (c * n + i);
							data[at] = column[from];
							data[at + 1] = column[from + 1];
						}
				}
		}

		private void line(final int d, final float[] values, final int offset, final boolean forward) {
			if (forward) plans[d].complexForward(values, offset);
			else plans[d].complexInverse(values, offset, true);
		}
	}
}
