package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.kernel.Kernel;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Correlation or convolution of an n-D image with a kernel of as many axes (or fewer: missing axes count as 1), as an
 * immutable description that can be applied to any number of images, from any thread.
 * <p>
 * With the kernel {@code k} of origin {@code o} and dilation {@code d}, the result at stride {@code s} and padding
 * {@code same} is {@code out[i] = offset + scale * sum over j of k[j] * in[i * s + (j - o) * d]} for correlation; for
 * convolution the sign of {@code (j - o)} is reversed. Padding {@code valid} keeps the results whose window lies inside
 * the image, {@code full} adds all that overlap it; strided results are every {@code s}-th of these, from the first.
 * <p>
 * Input is converted to float. Sums are taken in float (relative error about 1e-7 per addition) unless the method is
 * {@link Method#DIRECT}. With a kernel of up to 49 weights, the automatic method uses double sums too wherever float
 * sums could round differently on an integer image, and on float images small enough for it to take a few milliseconds.
 * <p>
 * Samples that are no finite numbers count as in ImageJ's Convolver, for every method, border, stride and dilation: a
 * result is NaN where a NaN lies under any tap of its window, one of weight zero included. Infinities follow IEEE
 * arithmetic: an infinity under a tap gives an infinity of the product's sign; two that cancel, or one times zero, NaN.
 * Other results don't depend on them.
 */
public final class Convolution implements Filter {

	/** Whether the kernel is used as written or mirrored. */
	public enum Operation {
		/** The kernel as written, as in ImageJ's Convolve and in neural networks. */
		CORRELATION,
		/** The kernel mirrored along every axis, as in signal processing. */
		CONVOLUTION
	}

	/** How the sums are computed. All methods agree within rounding. */
	public enum Method {
		/** The fastest of the others for the kernel's size and rank. */
		AUTOMATIC,
		/**
		 * Tap by tap in the kernel's order, products in float, sums in double: the arithmetic of ImageJ's Convolver, to
		 * the last bit. The slowest for all but tiny kernels.
		 */
		DIRECT,
		/** As a sum of separable kernels, axis by axis. */
		SEPARABLE,
		/** As a product of Fourier transforms. */
		FOURIER
	}

	/** Samples under one window, the skipped ones included: 256 MiB. */
	private static final double LARGEST_WINDOW = 1 << 26;
	private static final int EXACT_TAPS = 49;
	/** Nanoseconds that nobody notices, and so are spent on exactness. */
	private static final double CHEAP = 5e6;

	private final Kernel kernel;
	private final Operation operation;
	private final Padding[] padding;
	private final Border border;
	private final int[] stride;
	private final int[] dilation;
	private final Method method;
	private final double scale;
	private final double offset;

	private Convolution(final Kernel kernel, final Operation operation, final Padding[] padding, final Border border,
		final int[] stride, final int[] dilation, final Method method, final double scale, final double offset)
	{
		this.kernel = kernel;
		this.operation = operation;
		this.padding = padding;
		this.border = border;
		this.stride = stride;
		this.dilation = dilation;
		this.method = method;
		this.scale = scale;
		this.offset = offset;
	}

	/**
	 * {@return the correlation with {@code kernel}: same size, zero border, stride and dilation 1, automatic method}
	 *
	 * @param kernel of as many axes as images have, or fewer
	 */
	public static Convolution with(final Kernel kernel) {
		return new Convolution(Objects.requireNonNull(kernel), Operation.CORRELATION, new Padding[] { Padding.SAME },
			Border.ZERO, new int[] { 1 }, new int[] { 1 }, Method.AUTOMATIC, 1, 0);
	}

	/**
	 * Whether the kernel is used as written or mirrored; as written unless this is called.
	 *
	 * @param value as written, or mirrored
	 * @return this convolution with that use
	 */
	public Convolution operation(final Operation value) {
		return new Convolution(kernel, Objects.requireNonNull(value, "operation"), padding, border, stride, dilation, method,
			scale, offset);
	}

	/**
	 * Padding of every axis, or of x, y, ...; the last one given holds for all further axes.
	 *
	 * @param value at least one
	 * @return this convolution with that padding
	 */
	public Convolution padding(final Padding... value) {
		if (value.length == 0) throw new IllegalArgumentException(
			"padding needs one value, or one per axis, but none was given.");
		return new Convolution(kernel, operation, value.clone(), border, stride, dilation, method, scale, offset);
	}

	/**
	 * What lies beyond the image; zeros unless this is called.
	 *
	 * @param value the rule
	 * @return this convolution with that border
	 */
	public Convolution border(final Border value) {
		return new Convolution(kernel, operation, padding, Objects.requireNonNull(value, "border"), stride, dilation, method,
			scale, offset);
	}

	/**
	 * Steps between results, in samples, at least 1: of every axis, or of x, y, ... with 1 for further axes.
	 *
	 * @param value at least one number
	 * @return this convolution with that stride
	 */
	public Convolution stride(final int... value) {
		return new Convolution(kernel, operation, padding, border, checked("stride", value), dilation, method, scale, offset);
	}

	/**
	 * Steps between kernel taps, in samples, at least 1: of every axis, or of x, y, ... with 1 for further axes.
	 *
	 * @param value at least one number
	 * @return this convolution with that dilation
	 */
	public Convolution dilation(final int... value) {
		return new Convolution(kernel, operation, padding, border, stride, checked("dilation", value), method, scale, offset);
	}

	/**
	 * How the sums are computed; the fastest way unless this is called.
	 *
	 * @param value automatic, or one of the others
	 * @return this convolution by that method
	 */
	public Convolution method(final Method value) {
		return new Convolution(kernel, operation, padding, border, stride, dilation, Objects.requireNonNull(value, "method"),
			scale, offset);
	}

	/**
	 * The sum is multiplied by {@code factor}, then {@code addend} is added, both in double before rounding.
	 *
	 * @param factor for example 1 divided by the sum of the weights
	 * @param addend in units of the result
	 * @return this convolution with its results scaled
	 */
	public Convolution scale(final double factor, final double addend) {
		return new Convolution(kernel, operation, padding, border, stride, dilation, method, factor, addend);
	}

	private static int[] checked(final String name, final int[] value) {
		if (value.length == 0 || Arrays.stream(value).anyMatch(v -> v < 1)) throw new IllegalArgumentException(name +
			" must be whole numbers of at least 1, but " + Arrays.toString(value) + " was given.");
		return value.clone();
	}

	@Override
	public long[] outputSize(final long... inputSize) {
		return geometry(inputSize).outputSize();
	}

	/** Blocks around large windows, in every thread. */
	@Override
	public long workingMemory(final long... inputSize) {
		final double window = window(oriented(inputSize.length));
		return window < 1 << 20 ? 0 : (long) (3 * Float.BYTES * window * Runtime.getRuntime().availableProcessors());
	}

	/** The origin of the kernel on the first window. */
	@Override
	public Sampling sampling(final int d, final long inputSize) {
		final Kernel k = oriented(Math.max(d + 1, kernel.numDimensions()));
		final int dil = perAxis(dilation, d);
		return Sampling.of((double) k.origin(d) * dil - padding(d).before(k.size(d), k.origin(d), dil), strideOf(d));
	}

	/**
	 * {@return the method that is used for an image of {@code size} and the pixel type of {@code pixel}}
	 *
	 * @param size extents, x first
	 * @param pixel a pixel of the image
	 */
	public Method methodFor(final long[] size, final RealType<?> pixel) {
		return chosen(geometry(size), pixel).method();
	}

	@Override
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final WindowGeometry g = geometry(source.dimensionsAsLongArray());
		if (!Arrays.equals(g.outputSize(), target.dimensionsAsLongArray())) throw new IllegalArgumentException(
			"The target image is " + Arrays.toString(target.dimensionsAsLongArray()) + ", but the result is " + Arrays.toString(g
				.outputSize()) + ".");
		final Algorithm algorithm = chosen(g, source.getType()).algorithm();
		final boolean scaled = (scale != 1 || offset != 0) && !(algorithm instanceof ExactConvolution);
		TiledFilter.run(source, border, g, List.of(algorithm), (rows, width) -> {
			if (scaled) RowArithmetic.scale(rows[0], scale, offset, width);
		}, target, monitor);
	}

	/** What computes tiles, and the name of its method. */
	private record ChosenAlgorithm(Method method, Algorithm algorithm) {}

	private ChosenAlgorithm chosen(final WindowGeometry g, final RealType<?> pixel) {
		if (method == Method.DIRECT) return new ChosenAlgorithm(method, new ExactConvolution(g, scale, offset));
		final FourierConvolution transforms = new FourierConvolution(g);
		final Algorithm fourier = GuardedConvolution.ofTransforms(transforms, g);
		if (method == Method.FOURIER) {
			if (!transforms.isPossible()) throw new IllegalArgumentException(
				"The kernel with its dilation is too large for method=fourier. Use method=automatic.");
			return new ChosenAlgorithm(method, fourier);
		}
		final KernelFactors factors = KernelFactors.of(g.kernel());
		final Algorithm separable = GuardedConvolution.ofSums(new SeparableConvolution(g, factors), g);
		if (method == Method.SEPARABLE) return new ChosenAlgorithm(method, separable);
		final SampleType type = SampleType.of(pixel);
		final boolean wholeKernel = Arrays.stream(g.kernel().values()).allMatch(v -> v == Math.rint(v));
		final boolean exactInFloat = type.isInteger() && wholeKernel && type.largest() * g.kernel().absoluteSum() < 1 << 24;
		final boolean small = g.kernel().count() <= EXACT_TAPS;
		final Algorithm exact = new ExactConvolution(g, scale, offset);
		final boolean cheap = exact.cost() * g.resultCount() < CHEAP;
		if (small && !exactInFloat && (type.isInteger() || cheap)) return new ChosenAlgorithm(Method.DIRECT, exact);
		final Algorithm direct = GuardedConvolution.ofSums(new DirectConvolution(g), g);
		ChosenAlgorithm best = new ChosenAlgorithm(Method.DIRECT, direct);
		// A small whole kernel gives whole sums of whole samples; fractional factors or a transform would round them.
		final boolean keepWhole = small && wholeKernel;
		if (separable.cost() < direct.cost() && !(keepWhole && !factors.isWhole())) best = new ChosenAlgorithm(Method.SEPARABLE,
			separable);
		if (fourier.cost() < best.algorithm().cost() && !keepWhole) best = new ChosenAlgorithm(Method.FOURIER, fourier);
		return best;
	}

	private Kernel oriented(final int n) {
		final Kernel k = kernel.squeezedTo(n);
		return operation == Operation.CONVOLUTION ? k.flipped() : k;
	}

	private Padding padding(final int d) {
		return padding[Math.min(d, padding.length - 1)];
	}

	private static int perAxis(final int[] values, final int d) {
		return values.length == 1 ? values[0] : d < values.length ? values[d] : 1;
	}

	/** A single number means the kernel's own axes: a plane filter must not skip slices. */
	private int strideOf(final int d) {
		return stride.length == 1 && d >= kernel.numDimensions() ? 1 : perAxis(stride, d);
	}

	private void checkWindow(final Kernel k) {
		final double window = window(k);
		if (window > LARGEST_WINDOW) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"A kernel of %s with dilation %s reaches over %.0f samples; at most %.0f are possible. Use a smaller kernel or dilation.",
			text(k.size()), text(IntStream.range(0, k.numDimensions()).map(d -> perAxis(dilation, d)).toArray()), window,
			LARGEST_WINDOW));
	}

	/** Samples under one window, the skipped ones included. */
	private double window(final Kernel k) {
		double window = 1;
		for (int d = 0; d < k.numDimensions(); d++)
			window *= (k.size(d) - 1.0) * perAxis(dilation, d) + 1;
		return window;
	}

	private static String text(final int[] numbers) {
		return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining("x"));
	}

	private WindowGeometry geometry(final long[] inputSize) {
		final int n = inputSize.length;
		final Kernel k = oriented(n);
		final long[] out = new long[n], before = new long[n];
		final int[] s = new int[n], dil = new int[n];
		checkWindow(k);
		for (int d = 0; d < n; d++) {
			dil[d] = perAxis(dilation, d);
			s[d] = strideOf(d);
			before[d] = padding(d).before(k.size(d), k.origin(d), dil[d]);
			out[d] = padding(d).outputSize(inputSize[d], k.size(d), s[d], dil[d]);
			if (out[d] <= 0) throw new IllegalArgumentException("The kernel reaches over " + ((k.size(d) - 1L) * dil[d] + 1) +
				" samples along axis " + "xyztc".charAt(Math.min(d, 4)) + ", but the image has only " + inputSize[d] +
				". Use a smaller kernel or dilation, or padding \"same\".");
		}
		return new WindowGeometry(k, s, dil, before, out);
	}
}
