package io.github.convoluta.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.convoluta.kernel.Gaussian;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Second derivatives and their zero crossings (Marr and Hildreth 1980): the sum of second differences over the first
 * axes of an image, or the Laplacian of a Gaussian. Negative on bright blobs and ridges. NaN and infinities count as
 * in {@link Convolution}; next to a NaN there is no zero crossing.
 */
final class Laplacian {

	private final Kernel kernel;
	private final List<double[][]> terms;

	private Laplacian(final Kernel kernel, final List<double[][]> terms) {
		this.kernel = kernel;
		this.terms = terms;
	}

	/** Second differences between direct neighbours along {@code axes} axes, 1 to 3. */
	public static Laplacian discrete(final int axes) {
		return new Laplacian(KernelCatalogue.create("laplacian", axes), null);
	}

	/** The Laplacian of a Gaussian with a sigma per axis, in samples. */
	public static Laplacian ofGaussian(final double... sigma) {
		final List<double[][]> terms = new ArrayList<>();
		Kernel kernel = null;
		for (int c = 0; c < sigma.length; c++) {
			final double[][] term = Arrays.stream(sigma).mapToObj(Gaussian::samples).toArray(double[][]::new);
			term[c] = Gaussian.secondDerivative(sigma[c]);
			terms.add(term);
			kernel = kernel == null ? Kernel.outer(term) : kernel.plus(Kernel.outer(term));
		}
		return new Laplacian(kernel, terms);
	}

	/** The response, of the source's size. */
	public <T extends RealType<T>, R extends RealType<R>> void response(final RandomAccessibleInterval<T> source,
		final Border border, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		TiledFilter.run(source, border, geometry(source.dimensionsAsLongArray(), 0), List.of(algorithm(source
			.dimensionsAsLongArray(), 0)), (rows, width) -> {}, target, monitor);
	}

	/**
	 * 255 where the response changes its sign between neighbours along an axis, 0 elsewhere. Of the two neighbours the
	 * one nearer to zero is marked.
	 *
	 * @param threshold the least difference between the two neighbours' responses, at least 0
	 */
	public <T extends RealType<T>, R extends RealType<R>> void zeroCrossings(final RandomAccessibleInterval<T> source,
		final Border border, final double threshold, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		final WindowGeometry wide = geometry(size, 1);
		final Algorithm algorithm = algorithm(size, 1);
		final int axes = kernel.numDimensions();
		TiledLoop.run(size, algorithm.tileSize(), monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, border);
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final Algorithm.Run run = algorithm.start();
			final RowBlock input = new RowBlock(), response = new RowBlock();
			return (min, tile) -> {
				final int[] withNeighbours = tile.clone();
				for (int d = 0; d < axes; d++)
					withNeighbours[d] += 2;
				reader.read(wide.inputMin(min), wide.inputSize(withNeighbours), input);
				run.compute(input, withNeighbours, response);
				markCrossings(response, min, tile, axes, size, (float) threshold, writer);
			};
		});
	}

	private static <R extends RealType<R>> void markCrossings(final RowBlock response, final long[] min, final int[] tile,
		final int axes, final long[] size, final float threshold, final SampleWriter<R> writer)
	{
		final float[] marks = new float[tile[0]];
		final int[] position = new int[tile.length];
		final long[] at = min.clone();
		int rows = 1;
		for (int d = 1; d < tile.length; d++)
			rows *= tile[d];
		for (int r = 0; r < rows; r++) {
			int row = 0;
			for (int d = 1; d < tile.length; d++) {
				row += (position[d] + (d < axes ? 1 : 0)) * response.rowStep(d);
				at[d] = min[d] + position[d];
			}
			final float[] centre = response.rows[row];
			Arrays.fill(marks, 0);
			for (int d = 0; d < axes; d++) {
				final int step = d == 0 ? 0 : response.rowStep(d), shift = d == 0 ? 1 : 0;
				for (int x = 0; x < tile[0]; x++) {
					final long p = d == 0 ? min[0] + x : at[d];
					final float v = centre[x + 1];
					final boolean crosses = p > 0 && isNearer(v, response.rows[row - step][x + 1 - shift], false, threshold) ||
						p < size[d] - 1 && isNearer(v, response.rows[row + step][x + 1 + shift], true, threshold);
					if (crosses) marks[x] = 255;
				}
			}
			writer.write(marks, 1, tile[0], at);
			SampleReader.advance(position, tile);
		}
	}

	/** Whether the sign changes from {@code v} to its neighbour, and {@code v} is nearer to zero. */
	private static boolean isNearer(final float v, final float neighbour, final boolean winsTies, final float threshold) {
		final boolean changes = v > 0 && neighbour < 0 || v < 0 && neighbour > 0 || v == 0 && neighbour != 0 && winsTies;
		if (!changes || Math.abs(v - neighbour) < threshold) return false;
		return Math.abs(v) < Math.abs(neighbour) || winsTies && Math.abs(v) == Math.abs(neighbour);
	}

	private WindowGeometry geometry(final long[] size, final int margin) {
		return WindowGeometry.onEverySample(kernel, size, kernel.numDimensions(), margin);
	}

	private Algorithm algorithm(final long[] size, final int margin) {
		final WindowGeometry g = geometry(size, margin);
		if (terms == null) return GuardedConvolution.ofSums(new DirectConvolution(g), g);
		final List<double[][]> all = new ArrayList<>();
		for (final double[][] term : terms) {
			final double[][] wide = new double[size.length][];
			for (int d = 0; d < wide.length; d++)
				wide[d] = d < term.length ? term[d] : new double[] { 1 };
			all.add(wide);
		}
		return GuardedConvolution.ofSums(new SeparableConvolution(g, new KernelFactors(all)), g);
	}
}
