package io.github.convoluta.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Canny's edge detector (Canny 1986) in 1-D, 2-D and 3-D: gradient by Gaussian derivatives; a sample stays if its
 * magnitude is a maximum along its own gradient, compared with values interpolated half-way between the neighbours
 * that the gradient passes; of these, all above {@code high} are edges, and so are those above {@code low} that are
 * connected to one through neighbours (corners included). Where the gradient is NaN, and beside it, there is no edge.
 *
 * @param gradient the derivative
 * @param low lower threshold on the gradient's magnitude, in intensity per sample
 * @param high upper threshold, at least {@code low}
 */
record Canny(Gradient gradient, double low, double high) {

	/** States of samples: maxima of the gradient between the thresholds, and edges. */
	static final byte WEAK = 1, EDGE = 2;

	public Canny {
		if (!(low >= 0 && high >= low)) throw new IllegalArgumentException("Thresholds must satisfy 0 <= low <= high, but low=" +
			low + " and high=" + high + " were given.");
	}

	/**
	 * Memory needed besides the images, in bytes: one byte per sample.
	 */
	public static long memory(final long... size) {
		return Arrays.stream(size).reduce(1, Math::multiplyExact);
	}

	/** Writes 255 on edges and 0 elsewhere into a target of the source's size. */
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final Border border, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		final int width = Math.toIntExact(size[0]);
		final int rows = Math.toIntExact(Arrays.stream(size).skip(1).reduce(1, Math::multiplyExact));
		final byte[][] state = new byte[rows][width];
		final Queue<long[]> seeds = new ConcurrentLinkedQueue<>();
		suppress(source, border, size, state, seeds, monitor.part(0, 2));
		for (final long[] some : seeds)
			follow(some, size, state);
		write(state, target, monitor.part(1, 2));
	}

	private <T extends RealType<T>> void suppress(final RandomAccessibleInterval<T> source, final Border border,
		final long[] size, final byte[][] state, final Queue<long[]> seeds, final Monitor monitor)
	{
		final int axes = gradient.axes();
		final WindowGeometry g = gradient.geometry(size);
		final List<Algorithm> algorithms = IntStream.range(0, axes).mapToObj(c -> gradient.component(c, size)).toList();
		TiledLoop.run(size, algorithms.get(0).tileSize(), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, border);
			final List<Algorithm.Run> runs = algorithms.stream().map(Algorithm::start).toList();
			final RowBlock input = new RowBlock(), magnitude = new RowBlock();
			final RowBlock[] components = IntStream.range(0, axes).mapToObj(i -> new RowBlock()).toArray(RowBlock[]::new);
			final GradientThinning thinning = new GradientThinning(axes, (float) low, (float) high);
			return (min, tile) -> {
				final long[] wideMin = min.clone();
				final int[] wide = tile.clone();
				for (int d = 0; d < axes; d++) {
					wideMin[d]--;
					wide[d] += 2;
				}
				reader.read(g.inputMin(wideMin), g.inputSize(wide), input);
				for (int c = 0; c < axes; c++)
					runs.get(c).compute(input, wide, components[c]);
				magnitude(components, magnitude);
				final long[] strong = thinning.apply(components, magnitude, min, tile, size, state);
				if (strong.length > 0) seeds.add(strong);
			};
		});
	}

	private static void magnitude(final RowBlock[] components, final RowBlock magnitude) {
		magnitude.resize(components[0].size);
		final float[][] rows = new float[components.length][];
		for (int r = 0; r < magnitude.rowCount(); r++) {
			for (int c = 0; c < rows.length; c++)
				rows[c] = components[c].rows[r];
			System.arraycopy(rows[0], 0, magnitude.rows[r], 0, magnitude.size[0]);
			rows[0] = magnitude.rows[r];
			Gradient.magnitude(rows, magnitude.size[0]);
		}
	}

	/** Turns weak samples connected to the given strong ones into edges. */
	private void follow(final long[] seeds, final long[] size, final byte[][] state) {
		final int n = gradient.axes();
		long[] stack = seeds;
		int top = seeds.length;
		final List<int[]> neighbours = neighbours(n);
		final int[] position = new int[size.length];
		while (top > 0) {
			final long at = stack[--top];
			long rest = at;
			for (int d = 0; d < position.length; d++) {
				position[d] = (int) (rest % size[d]);
				rest /= size[d];
			}
			for (final int[] step : neighbours) {
				long index = at, stride = 1;
				boolean inside = true;
				for (int d = 0; d < n; d++) {
					final int p = position[d] + step[d];
					inside &= p >= 0 && p < size[d];
					index += step[d] * stride;
					stride *= size[d];
				}
				if (!inside) continue;
				final byte[] row = state[(int) (index / size[0])];
				final int x = (int) (index % size[0]);
				if (row[x] != WEAK) continue;
				row[x] = EDGE;
				if (top == stack.length) stack = Arrays.copyOf(stack, Math.max(16, 2 * top));
				stack[top++] = index;
			}
		}
	}

	private static List<int[]> neighbours(final int n) {
		final List<int[]> all = new ArrayList<>();
		for (int i = 0; i < Math.pow(3, n); i++) {
			final int[] step = new int[n];
			boolean moves = false;
			for (int d = 0, rest = i; d < n; d++, rest /= 3) {
				step[d] = rest % 3 - 1;
				moves |= step[d] != 0;
			}
			if (moves) all.add(step);
		}
		return all;
	}

	private static <R extends RealType<R>> void write(final byte[][] state, final RandomAccessibleInterval<R> target,
		final Monitor monitor)
	{
		final int[] tile = new int[target.numDimensions()];
		Arrays.fill(tile, 1);
		tile[0] = (int) target.dimension(0);
		if (tile.length > 1) tile[1] = (int) Math.min(64, target.dimension(1));
		final long[] size = target.dimensionsAsLongArray();
		TiledLoop.run(size, tile, monitor, () -> {
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final float[] row = new float[tile[0]];
			return (min, extent) -> {
				final long[] at = min.clone();
				final int rows = extent.length > 1 ? extent[1] : 1;
				for (int y = 0; y < rows; y++) {
					if (at.length > 1) at[1] = min[1] + y;
					long index = 0;
					for (int d = at.length - 1; d > 0; d--)
						index = index * size[d] + at[d];
					final byte[] from = state[(int) index];
					for (int x = 0; x < row.length; x++)
						row[x] = from[x] == EDGE ? 255 : 0;
					writer.write(row, 1, row.length, at);
				}
			};
		});
	}
}
