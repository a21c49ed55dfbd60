package io.github.convoluta.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.convoluta.kernel.Gaussian;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The gradient of an n-D image over its first {@code axes} axes, by a named operator. Components are positive where
 * values grow along their axis; Sobel, Prewitt and Scharr use their textbook whole weights without normalisation,
 * the Gaussian derivative answers a ramp of slope 1 with 1. Roberts exists in 2-D only: its components are the
 * differences along the two diagonals.
 * <p>
 * Samples that are no finite numbers count as in {@link Convolution}: every result is NaN where a NaN lies under the
 * operator's window, its middle and taps of weight zero included.
 */
final class Gradient {

	/** The operators; see {@link Gradient}. */
	public enum Operator {
		SOBEL, PREWITT, SCHARR, ROBERTS, GAUSSIAN
	}

	/** The order in which ImageJ adds up the six taps of a Sobel kernel, along x and along y. */
	private static final int[][] SOBEL_ORDER = { { 0, 3, 6, 2, 5, 8 }, { 0, 1, 2, 6, 7, 8 } };

	private final List<Kernel> kernels;
	private final List<KernelFactors> factors;
	private final boolean planeSobel;

	private Gradient(final List<Kernel> kernels, final List<KernelFactors> factors) {
		this.kernels = kernels;
		this.factors = factors;
		planeSobel = kernels.get(0).equals(KernelCatalogue.create("sobel", 2));
	}

	/**
	 * A gradient by small whole-number kernels.
	 *
	 * @param axes 1 to 3; Roberts needs 2
	 */
	public static Gradient of(final Operator operator, final int axes) {
		return switch (operator) {
			case SOBEL -> separable(fill(axes, -1, 0, 1), fill(axes, 1, 2, 1));
			case PREWITT -> separable(fill(axes, -1, 0, 1), fill(axes, 1, 1, 1));
			case SCHARR -> separable(fill(axes, -1, 0, 1), fill(axes, 3, 10, 3));
			case ROBERTS -> {
				if (axes != 2) throw new IllegalArgumentException(
					"The Roberts operator is made for two axes; choose axes=XY, or another operator.");
				yield new Gradient(List.of(KernelCatalogue.create("roberts 1", 2), KernelCatalogue.create("roberts 2", 2)), null);
			}
			case GAUSSIAN -> throw new IllegalArgumentException("A Gaussian derivative needs sigma.");
		};
	}

	/** A gradient by derivatives of a Gaussian with a sigma per axis, in samples. */
	public static Gradient gaussian(final double... sigma) {
		return separable(Arrays.stream(sigma).mapToObj(Gaussian::derivative).toArray(double[][]::new), Arrays.stream(sigma)
			.mapToObj(Gaussian::samples).toArray(double[][]::new));
	}

	private static double[][] fill(final int axes, final double... values) {
		final double[][] all = new double[axes][];
		Arrays.fill(all, values);
		return all;
	}

	private static Gradient separable(final double[][] derivative, final double[][] smoothing) {
		final List<Kernel> kernels = new ArrayList<>();
		final List<KernelFactors> factors = new ArrayList<>();
		for (int c = 0; c < derivative.length; c++) {
			final double[][] term = smoothing.clone();
			term[c] = derivative[c];
			kernels.add(Kernel.outer(term));
			factors.add(new KernelFactors(List.<double[][]> of(term)));
		}
		return new Gradient(kernels, factors);
	}

	/** Number of components. */
	public int axes() {
		return kernels.size();
	}

	WindowGeometry geometry(final long[] size) {
		return WindowGeometry.onEverySample(kernels.get(0), size, axes(), 0);
	}

	/** What computes component {@code c}. */
	Algorithm component(final int c, final long[] size) {
		final WindowGeometry g = geometry(size);
		final WindowGeometry own = new WindowGeometry(kernels.get(c).squeezedTo(size.length), g.stride(), g.dilation(), g
			.before(), g.outputSize());
		return GuardedConvolution.ofSums(unguarded(c, own), own);
	}

	private Algorithm unguarded(final int c, final WindowGeometry own) {
		if (planeSobel) return new OrderedConvolution(own, SOBEL_ORDER[c]);
		if (factors == null) return new DirectConvolution(own);
		final double[][] term = new double[own.numDimensions()][];
		for (int d = 0; d < term.length; d++)
			term[d] = d < axes() ? factors.get(c).terms().get(0)[d] : new double[] { 1 };
		return new SeparableConvolution(own, new KernelFactors(List.<double[][]> of(term)));
	}

	/**
	 * The component along axis {@code c}, from 0 to {@link #axes()} - 1.
	 *
	 * @param target of the source's size
	 */
	public <T extends RealType<T>, R extends RealType<R>> void component(final RandomAccessibleInterval<T> source,
		final Border border, final int c, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		TiledFilter.run(source, border, geometry(size), List.of(component(c, size)), (rows, width) -> {}, target, monitor);
	}

	/**
	 * The length of the gradient: the root of the sum of squared components, with the arithmetic of ImageJ's Find Edges:
	 * squares in float for float images and in double for integer images, whose results are cut off, not rounded, when
	 * the target is an integer image.
	 */
	public <T extends RealType<T>, R extends RealType<R>> void magnitude(final RandomAccessibleInterval<T> source,
		final Border border, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final boolean whole = SampleType.of(source.getType()).isInteger();
		final boolean cut = whole && SampleType.of(target.getType()).isInteger();
		combined(source, border, whole ? (rows, width) -> preciseMagnitude(rows, width, cut) : Gradient::magnitude, target,
			monitor);
	}

	/**
	 * The direction of steepest ascent in the plane of the first two axes, in degrees from -180 to 180,
	 * counter-clockwise from x as ImageJ measures angles (y points down, so up is +90); 0 where there is no gradient.
	 */
	public <T extends RealType<T>, R extends RealType<R>> void direction(final RandomAccessibleInterval<T> source,
		final Border border, final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		if (axes() < 2) throw new IllegalArgumentException("A direction needs two axes; choose axes=XY.");
		combined(source, border, Gradient::direction, target, monitor);
	}

	private <T extends RealType<T>, R extends RealType<R>> void combined(final RandomAccessibleInterval<T> source,
		final Border border, final TiledFilter.Combiner combiner, final RandomAccessibleInterval<R> target,
		final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		final List<Algorithm> all = IntStream.range(0, axes()).mapToObj(c -> component(c, size)).toList();
		TiledFilter.run(source, border, geometry(size), all, combiner, target, monitor);
	}

	static void magnitude(final float[][] rows, final int width) {
		final float[] out = rows[0];
		RowArithmetic.squares(out, out, width);
		for (int c = 1; c < rows.length; c++)
			RowArithmetic.addSquares(rows[c], out, width);
		RowArithmetic.roots(out, width);
	}

	/** Computed in double; cut off to whole numbers if wanted. */
	private static void preciseMagnitude(final float[][] rows, final int width, final boolean cut) {
		final float[] out = rows[0];
		for (int x = 0; x < width; x++) {
			double sum = 0;
			for (final float[] row : rows)
				sum += (double) row[x] * row[x];
			final double root = Math.sqrt(sum);
			out[x] = (float) (cut ? Math.floor(root) : root);
		}
	}

	private static void direction(final float[][] rows, final int width) {
		for (int x = 0; x < width; x++) {
			final float dx = rows[0][x], dy = rows[1][x];
			rows[0][x] = dx == 0 && dy == 0 ? 0 : (float) Math.toDegrees(Math.atan2(0f - dy, dx));
		}
	}
}
