package io.github.convoluta.kernel;

import java.util.Arrays;
import java.util.Objects;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * An immutable n-D array of weights with an origin: the weight at the origin meets the sample whose result is
 * being computed. Axes are ordered x, y, z, ...; values are stored with x varying fastest. Instances are safe to
 * share between threads.
 * <p>
 * The default origin is {@code size / 2} (rounded down) along each axis: the centre of odd sizes, and the sample
 * right of the centre of even sizes, as in SciPy.
 */
public final class Kernel {

	/** Weights of the largest kernel: 512 MiB. */
	private static final int MOST = 1 << 26;

	private final int[] size;
	private final int[] origin;
	private final double[] values;

	private Kernel(final int[] size, final int[] origin, final double[] values) {
		this.size = size;
		this.origin = origin;
		this.values = values;
	}

	/**
	 * {@return a kernel from its sizes and values}
	 *
	 * @param size extent along x, y, z, ...; at least one axis, each at least 1
	 * @param values weights, x fastest; as many as the product of the sizes, all within the range of 32-bit
	 *          numbers
	 * @throws IllegalArgumentException if sizes and values don't fit each other, or a value is not finite or out
	 *           of range
	 */
	public static Kernel of(final int[] size, final double... values) {
		Objects.requireNonNull(size, "size");
		if (size.length == 0) throw new IllegalArgumentException("A kernel needs at least one axis.");
		long count = 1;
		for (final int s : size) {
			if (s < 1) throw new IllegalArgumentException("Kernel size " + text(size) + ": every axis must be at least 1.");
			count *= s;
		}
		if (count != values.length) throw new IllegalArgumentException("A kernel of size " + text(size) + " has " + count +
			" values, but " + values.length + " were given.");
		for (final double v : values)
			check(v);
		return new Kernel(size.clone(), centre(size), values.clone());
	}

	/** Sums are taken of 32-bit products. */
	private static double check(final double weight) {
		if (Math.abs(weight) <= Float.MAX_VALUE) return weight;
		throw new IllegalArgumentException("Kernel values must be finite numbers from -3.4e38 to 3.4e38, but one is " + weight +
			".");
	}

	/**
	 * {@return a 1-D kernel along x}
	 *
	 * @param values weights, the first at x = 0
	 */
	public static Kernel of1D(final double... values) {
		return of(new int[] { values.length }, values);
	}

	/**
	 * {@return a 2-D kernel from rows (y) of columns (x)}
	 *
	 * @param rows {@code [y][x]}
	 * @throws IllegalArgumentException if rows differ in length
	 */
	public static Kernel of2D(final double[]... rows) {
		return of3D(new double[][][] { rows }).squeezedTo(2);
	}

	/**
	 * {@return a 3-D kernel from planes (z) of rows (y) of columns (x)}
	 *
	 * @param planes {@code [z][y][x]}
	 * @throws IllegalArgumentException if planes or rows differ in size
	 */
	public static Kernel of3D(final double[][]... planes) {
		if (planes.length == 0 || planes[0].length == 0 || planes[0][0].length == 0) throw new IllegalArgumentException(
			"A kernel needs at least one value.");
		final int ny = planes[0].length, nx = planes[0][0].length;
		final double[] values = new double[planes.length * ny * nx];
		int i = 0;
		for (final double[][] plane : planes) {
			if (plane.length != ny) throw new IllegalArgumentException("All planes of a kernel need the same number of rows: " +
				ny + " and " + plane.length + " were given.");
			for (final double[] row : plane) {
				if (row.length != nx) throw new IllegalArgumentException("All rows of a kernel need the same length: " + nx +
					" and " + row.length + " were given.");
				for (final double v : row)
					values[i++] = v;
			}
		}
		return of(new int[] { nx, ny, planes.length }, values);
	}

	/**
	 * {@return the kernel of the pixel values of an image, axis for axis}
	 *
	 * @param <T> type of its pixels
	 * @param image at most 16,777,216 finite pixels
	 */
	public static <T extends RealType<T>> Kernel of(final RandomAccessibleInterval<T> image) {
		final int[] size = new int[image.numDimensions()];
		long count = 1;
		for (int d = 0; d < size.length; d++) {
			size[d] = Math.toIntExact(image.dimension(d));
			count *= size[d];
			if (count > 1 << 24) throw new IllegalArgumentException(
				"The kernel image has more than 16,777,216 pixels; crop it to the kernel.");
		}
		final double[] values = new double[(int) count];
		final Cursor<T> cursor = Views.flatIterable(image).cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().getRealDouble();
		return of(size, values);
	}

	/**
	 * {@return the outer product of one factor per axis: {@code value(x, y, ...) = factors[0][x] * factors[1][y] * ...}}
	 *
	 * @param factors weights along x, y, z, ...; at least one of each
	 */
	public static Kernel outer(final double[]... factors) {
		final int[] size = Arrays.stream(factors).mapToInt(f -> f.length).toArray();
		if (Arrays.stream(size).asDoubleStream().reduce(1, (a, b) -> a * b) > MOST) throw new IllegalArgumentException(
			"A kernel of " + text(size) + " would have more than " + MOST + " weights. Use a smaller size or sigma.");
		double[] values = { 1 };
		for (final double[] factor : factors) {
			final double[] next = new double[values.length * factor.length];
			for (int j = 0; j < factor.length; j++)
				for (int i = 0; i < values.length; i++)
					next[j * values.length + i] = values[i] * factor[j];
			values = next;
		}
		return of(size, values);
	}

	/** {@return the number of axes} */
	public int numDimensions() {
		return size.length;
	}

	/**
	 * {@return the extent along axis {@code d}}
	 *
	 * @param d axis, from 0
	 */
	public int size(final int d) {
		return size[d];
	}

	/** {@return the extents along x, y, z, ... (a copy)} */
	public int[] size() {
		return size.clone();
	}

	/**
	 * {@return the position of the origin along axis {@code d}, from 0 to size - 1}
	 *
	 * @param d axis, from 0
	 */
	public int origin(final int d) {
		return origin[d];
	}

	/** {@return the number of weights} */
	public int count() {
		return values.length;
	}

	/** {@return all weights, x fastest (a copy)} */
	public double[] values() {
		return values.clone();
	}

	/**
	 * {@return the weight at index {@code i} of {@link #values()}}
	 *
	 * @param i from 0 to {@link #count()} - 1
	 */
	public double valueAt(final int i) {
		return values[i];
	}

	/**
	 * {@return the weight at a position, x first}
	 *
	 * @param position one index per axis, from 0 to size - 1
	 */
	public double value(final int... position) {
		int index = 0;
		for (int d = size.length - 1; d >= 0; d--) {
			Objects.checkIndex(position[d], size[d]);
			index = index * size[d] + position[d];
		}
		return values[index];
	}

	/**
	 * {@return this kernel with another origin, x first, each from 0 to size - 1}
	 *
	 * @param newOrigin one position per axis
	 */
	public Kernel withOrigin(final int... newOrigin) {
		if (newOrigin.length != size.length) throw new IllegalArgumentException("An origin for " + size.length +
			" axes was expected, but " + newOrigin.length + " numbers were given.");
		for (int d = 0; d < size.length; d++)
			if (newOrigin[d] < 0 || newOrigin[d] >= size[d]) throw new IllegalArgumentException("Origin " + text(newOrigin) +
				" lies outside a kernel of size " + text(size) + ".");
		return new Kernel(size, newOrigin.clone(), values);
	}

	/** {@return this kernel mirrored along every axis, origin included: what turns correlation into convolution} */
	public Kernel flipped() {
		final double[] flipped = new double[values.length];
		for (int i = 0; i < flipped.length; i++)
			flipped[i] = values[values.length - 1 - i];
		final int[] o = new int[size.length];
		for (int d = 0; d < o.length; d++)
			o[d] = size[d] - 1 - origin[d];
		return new Kernel(size, o, flipped);
	}

	/**
	 * {@return every weight multiplied by {@code factor}}
	 *
	 * @param factor any finite number that leaves weights within the range of 32-bit numbers
	 */
	public Kernel times(final double factor) {
		return new Kernel(size, origin, Arrays.stream(values).map(v -> check(v * factor)).toArray());
	}

	/**
	 * {@return the sum of this kernel and another of the same size}
	 *
	 * @param other a kernel of this one's size; its origin does not count
	 */
	public Kernel plus(final Kernel other) {
		if (!Arrays.equals(size, other.size)) throw new IllegalArgumentException("Kernels of size " + text(size) + " and " +
			text(other.size) + " can't be added.");
		final double[] sum = new double[values.length];
		for (int i = 0; i < sum.length; i++)
			sum[i] = check(values[i] + other.values[i]);
		return new Kernel(size, origin, sum);
	}

	/**
	 * {@return this kernel with {@code n} axes: axes of size 1 are appended or dropped at the end}
	 *
	 * @param n number of axes, at least 1
	 * @throws IllegalArgumentException if an axis to be dropped is longer than 1
	 */
	public Kernel squeezedTo(final int n) {
		for (int d = n; d < size.length; d++)
			if (size[d] != 1) throw new IllegalArgumentException("A kernel of size " + text(size) + " has more than " + n + (n == 1
				? " axis." : " axes.") + " Choose axes to match the kernel, or give a smaller kernel.");
		final int[] newSize = new int[n], newOrigin = new int[n];
		Arrays.fill(newSize, 1);
		System.arraycopy(size, 0, newSize, 0, Math.min(n, size.length));
		System.arraycopy(origin, 0, newOrigin, 0, Math.min(n, size.length));
		return new Kernel(newSize, newOrigin, values);
	}

	/**
	 * {@return this 1-D kernel laid along axis {@code d} of {@code n}}
	 *
	 * @param d axis to lie along, from 0
	 * @param n number of axes of the result
	 */
	public Kernel along(final int d, final int n) {
		if (size.length != 1) throw new IllegalArgumentException("Only a 1-D kernel can be laid along an axis; this one is " +
			text(size) + ".");
		final int[] newSize = new int[n], newOrigin = new int[n];
		Arrays.fill(newSize, 1);
		newSize[d] = size[0];
		newOrigin[d] = origin[0];
		return new Kernel(newSize, newOrigin, values);
	}

	/** {@return the largest magnitude of a weight} */
	public double largest() {
		return Arrays.stream(values).map(Math::abs).max().orElse(0);
	}

	/** {@return the sum of all weights, added up in their order} */
	public double sum() {
		double sum = 0;
		for (final double v : values)
			sum += v;
		return sum;
	}

	/** {@return the sum of the absolute values of all weights: the largest gain of the filter} */
	public double absoluteSum() {
		return Arrays.stream(values).map(Math::abs).sum();
	}

	private static int[] centre(final int[] size) {
		return Arrays.stream(size).map(s -> s / 2).toArray();
	}

	private static String text(final int[] numbers) {
		final StringBuilder s = new StringBuilder();
		for (final int n : numbers)
			s.append(s.length() == 0 ? "" : "x").append(n);
		return s.toString();
	}

	@Override
	public boolean equals(final Object o) {
		return o instanceof final Kernel k && Arrays.equals(size, k.size) && Arrays.equals(origin, k.origin) && Arrays.equals(
			values, k.values);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(size) + Arrays.hashCode(values);
	}

	/** The size, and the weights as text that {@link KernelText} reads. */
	@Override
	public String toString() {
		return "Kernel " + text(size) + " [" + KernelText.format(this).replace("\n\n", " ;; ").replace("\n", "; ") + "]";
	}
}
