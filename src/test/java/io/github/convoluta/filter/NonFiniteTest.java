package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

import io.github.convoluta.filter.Convolution.Method;
import io.github.convoluta.filter.Convolution.Operation;
import io.github.convoluta.filter.Edges.Operator;
import io.github.convoluta.filter.Edges.Result;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NaN and infinite samples mean the same in every filter, by whatever method it computes. */
class NonFiniteTest {

	private static final Border[] BORDERS = { Border.ZERO, Border.constant(Double.NaN), Border.constant(
		Double.POSITIVE_INFINITY), Border.REPLICATE, Border.MIRROR, Border.REFLECT, Border.PERIODIC };

	/** Random numbers, of which some are replaced by the given ones. */
	private static Img<FloatType> image(final long seed, final int count, final float[] others, final long... size) {
		final Img<FloatType> image = Reference.random(seed, size);
		final Random random = new Random(seed + 1);
		final var access = image.randomAccess();
		for (int i = 0; i < count; i++) {
			for (int d = 0; d < size.length; d++)
				access.setPosition(random.nextInt((int) size[d]), d);
			access.get().set(others[i % others.length]);
		}
		return image;
	}

	private static final float[] NAN = { Float.NaN }, ALL = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY };

	/** A kernel a third of whose weights are 0. */
	private static Kernel kernel(final long seed, final int... size) {
		final Random random = new Random(seed);
		final double[] values = new double[Arrays.stream(size).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
		return Kernel.of(size, values);
	}

	private record Case(long[] image, Kernel kernel, int[] stride, int[] dilation) {}

	static Stream<Case> cases() {
		return Stream.of(new Case(new long[] { 80 }, kernel(1, 5), new int[] { 1 }, new int[] { 1 }), //
			new Case(new long[] { 80 }, kernel(2, 4), new int[] { 3 }, new int[] { 2 }), //
			new Case(new long[] { 31, 27 }, kernel(3, 3, 3), new int[] { 1, 1 }, new int[] { 1, 1 }), //
			new Case(new long[] { 31, 27 }, kernel(4, 7, 5), new int[] { 2, 3 }, new int[] { 1, 2 }), //
			new Case(new long[] { 31, 27 }, KernelCatalogue.create("identity 5", 2), new int[] { 1, 1 }, new int[] { 1, 1 }), //
			new Case(new long[] { 31, 27 }, KernelCatalogue.create("box 4 3", 2), new int[] { 1, 1 }, new int[] { 3, 1 }), //
			new Case(new long[] { 31, 27 }, KernelCatalogue.create("sobel x", 2), new int[] { 1, 1 }, new int[] { 1, 1 }), //
			new Case(new long[] { 31, 27 }, Kernel.of(new int[] { 2, 3 }, -1, -2, -1, -1, -2, -3), new int[] { 1, 1 }, new int[] {
				1, 1 }), //
			new Case(new long[] { 12, 11, 10 }, kernel(5, 3, 2, 3), new int[] { 1, 2, 1 }, new int[] { 1, 1, 2 }));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void everyMethodFollowsTheFormula(final Case c) {
		for (int seed = 0; seed < 6; seed++)
			for (final Border border : BORDERS)
				for (final Padding padding : Padding.values())
					for (final Operation operation : Operation.values()) {
						final int[] stride = c.stride, dilation = c.dilation;
						final Img<FloatType> image = image(seed, 1 + seed * 2, ALL, c.image);
						final Convolution convolution = Convolution.with(c.kernel).border(border).padding(padding).operation(operation)
							.stride(stride).dilation(dilation);
						final long[] out = convolution.outputSize(c.image);
						final Kernel slid = operation == Operation.CONVOLUTION ? c.kernel.flipped() : c.kernel;
						final int[] before = new int[out.length];
						for (int d = 0; d < before.length; d++)
							before[d] = (int) padding.before(slid.size(d), slid.origin(d), dilation[d]);
						final double[] expected = Reference.correlate(image, slid, border, stride, dilation, before, out);
						for (final Method method : Method.values())
							assertAgree(expected, Reference.floats(convolution.method(method).apply(image)), method + " " + border + " " +
								padding);
						final WindowGeometry g = new WindowGeometry(slid, stride, dilation, Arrays.stream(before).asLongStream()
							.toArray(), out);
						final Img<FloatType> fast = ArrayImgs.floats(out);
						TiledFilter.run(image, border, g, List.of(GuardedConvolution.ofSums(new DirectConvolution(g), g)), (rows,
							width) -> {}, fast, Monitor.NONE);
						assertAgree(expected, Reference.floats(fast), "float sums " + border + " " + padding);
					}
	}

	private static void assertAgree(final double[] expected, final float[] actual, final String what) {
		for (int i = 0; i < expected.length; i++)
			if (Double.isFinite(expected[i])) assertEquals(expected[i], actual[i], 1e-3, what);
			else assertEquals((float) expected[i], actual[i], what + " at " + i);
	}

	/** Larger than a tile, so that seams would show; and so many taps that the automatic choice is not the exact one. */
	@Test
	void methodsAgreeAcrossTiles() {
		final Img<FloatType> image = image(7, 60, ALL, 2300, 400);
		for (final String name : new String[] { "gaussian 4", "gabor 3", "log 3" }) {
			final Convolution c = Convolution.with(KernelCatalogue.create(name, 2)).border(Border.MIRROR);
			final float[] exact = Reference.floats(c.method(Method.DIRECT).apply(image));
			final double[] expected = new double[exact.length];
			for (int i = 0; i < exact.length; i++)
				expected[i] = exact[i];
			for (final Method method : new Method[] { Method.AUTOMATIC, Method.SEPARABLE, Method.FOURIER })
				assertAgree(expected, Reference.floats(c.method(method).apply(image)), name + " " + method);
		}
	}

	@Test
	void scalingAndMovingAveragesForgetWhatLeftTheWindow() {
		final Img<FloatType> line = ArrayImgs.floats(5000);
		line.forEach(t -> t.set(6));
		line.getAt(2000).set(Float.NaN);
		line.getAt(3000).set(Float.POSITIVE_INFINITY);
		for (final Method method : Method.values())
			for (final int length : new int[] { 5, 301 }) {
				final double[] ones = new double[length];
				Arrays.fill(ones, 1);
				final float[] mean = Reference.floats(Convolution.with(Kernel.of1D(ones)).border(Border.REPLICATE).method(method)
					.scale(1.0 / length, 0).apply(line));
				for (int i = 0; i < mean.length; i++)
					if (Math.abs(i - 2000) <= length / 2) assertEquals(Float.NaN, mean[i]);
					else if (Math.abs(i - 3000) <= length / 2) assertEquals(Float.POSITIVE_INFINITY, mean[i]);
					else assertEquals(6, mean[i], 1e-4);
			}
	}

	/** Such as the number that stands for "no data" in maps. */
	@ParameterizedTest
	@EnumSource(value = Method.class, names = { "AUTOMATIC", "SEPARABLE", "FOURIER" })
	void numbersNearTheLimitDoNotSpoilOthers(final Method method) {
		final Img<FloatType> image = image(3, 3, new float[] { -Float.MAX_VALUE, Float.MAX_VALUE }, 200, 150);
		final Convolution c = Convolution.with(KernelCatalogue.create("unsharp 3 2", 2)).border(Border.MIRROR).method(method);
		final float[] results = Reference.floats(c.apply(image));
		final float[] exact = Reference.floats(c.method(Method.DIRECT).apply(image));
		for (int i = 0; i < exact.length; i++) {
			assertFalse(Float.isNaN(results[i]));
			if (Math.abs(exact[i]) < 1e6) assertEquals(exact[i], results[i], 1e-3);
			else if (Float.isFinite(exact[i])) assertEquals(exact[i], results[i], 1e-6 * Float.MAX_VALUE);
		}
	}

	private static boolean[] where(final float[] values, final DoublePredicate test) {
		final boolean[] found = new boolean[values.length];
		for (int i = 0; i < found.length; i++)
			found[i] = test.test(values[i]);
		return found;
	}

	@ParameterizedTest
	@EnumSource(value = Operator.class)
	void edgesAreNaNWhereANaNIsUnderTheWindow(final Operator operator) {
		for (int axes = operator == Operator.ROBERTS ? 2 : 1; axes <= (operator == Operator.ROBERTS ? 2 : 3); axes++) {
			final long[] size = Arrays.copyOf(new long[] { 33, 29, 13 }, Math.max(2, axes));
			final double[] sigma = new double[axes];
			Arrays.fill(sigma, 0.8);
			final int reach = switch (operator) {
				case SOBEL, PREWITT, SCHARR, ROBERTS, LAPLACIAN -> 1;
				default -> 4;
			};
			final int[] window = new int[size.length];
			Arrays.fill(window, 1);
			Arrays.fill(window, 0, axes, operator == Operator.ROBERTS ? 2 : 2 * reach + 1);
			final Img<FloatType> image = image(axes, 4, NAN, size);
			final int[] ones = new int[window.length];
			Arrays.fill(ones, 1);
			final int[] before = Arrays.stream(window).map(w -> operator == Operator.ROBERTS ? 0 : w / 2).toArray();
			final double[] values = new double[Arrays.stream(window).reduce(1, (a, b) -> a * b)];
			final double[] sums = Reference.correlate(image, Kernel.of(window, values), Border.REPLICATE, ones, ones, before,
				size);
			for (final Result result : operator.results()) {
				if ("XYZ".indexOf(result.name()) >= axes || result == Result.DIRECTION && axes < 2) continue;
				final Img<FloatType> target = ArrayImgs.floats(size);
				new Edges(operator, result, sigma, 0.1, 0.2, Border.REPLICATE).apply(image, target, Monitor.NONE);
				final float[] found = Reference.floats(target);
				for (int i = 0; i < sums.length; i++)
					if (result == Result.EDGES || result == Result.CROSSINGS) assertTrue(found[i] == 0 || found[i] == 255 && !Double
						.isNaN(sums[i]));
					else assertEquals(Double.isNaN(sums[i]), Float.isNaN(found[i]), operator + " " + result + " " + axes + "-D");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Pooling.Operation.class)
	void poolingHasOneRuleForEveryWindow(final Pooling.Operation operation) {
		for (final int[] c : new int[][] { { 2, 2, 0 }, { 3, 1, 1 }, { 9, 1, 4 }, { 5, 3, 2 }, { 40, 40, 0 } })
			for (int seed = 0; seed < 4; seed++) {
				final Img<FloatType> image = image(seed, 3, NAN, 37, 23);
				final Pooling pooling = Pooling.of(operation, c[0], c[0]).stride(c[1], c[1]).pad(c[2], c[2]).keepPartial(true);
				final float[] found = Reference.floats(pooling.apply(image));
				final long[] out = pooling.outputSize(37, 23);
				for (int i = 0; i < found.length; i++) {
					boolean nan = false;
					for (int y = 0; y < c[0]; y++)
						for (int x = 0; x < c[0]; x++) {
							final long px = i % out[0] * c[1] - c[2] + x, py = i / out[0] * c[1] - c[2] + y;
							nan |= px >= 0 && px < 37 && py >= 0 && py < 23 && Float.isNaN(image.getAt(px, py).get());
						}
					assertEquals(nan, Float.isNaN(found[i]), operation + " window " + c[0]);
				}
				assertTrue(Double.isNaN(GlobalPooling.apply(image, operation, Monitor.NONE)));
			}
		final Img<FloatType> infinite = ArrayImgs.floats(new float[] { 1, Float.POSITIVE_INFINITY, 3, 4 }, 4);
		final float expected = switch (operation) {
			case MIN -> 1;
			case MEDIAN -> 3.5f;
			default -> Float.POSITIVE_INFINITY;
		};
		assertEquals(expected, GlobalPooling.apply(infinite, operation, Monitor.NONE));
		assertEquals(expected, Pooling.of(operation, 4).apply(infinite).getAt(0).get());
	}

	@Test
	void mediansOfManySamplesWithNaNEnd() {
		final Img<FloatType> image = image(5, 5000, NAN, 200, 100);
		assertTrue(Double.isNaN(GlobalPooling.apply(image, Pooling.Operation.MEDIAN, Monitor.NONE)));
		final Img<FloatType> halves = ArrayImgs.floats(new float[] { Float.MAX_VALUE, Float.MAX_VALUE }, 2);
		assertEquals(Float.MAX_VALUE, Pooling.of(Pooling.Operation.MEDIAN, 2).apply(halves).getAt(0).get());
	}

	@Test
	void zerosBetweenSamplesStayZero() {
		final Img<FloatType> image = ArrayImgs.floats(new float[] { 1, Float.NaN, Float.POSITIVE_INFINITY, 4 }, 2, 2);
		final Img<FloatType> zeros = ArrayImgs.floats(6, 6), linear = ArrayImgs.floats(6, 6);
		new Upsampling(Upsampling.Method.ZEROS, 3, 3).apply(image, zeros, Monitor.NONE);
		for (int y = 0; y < 6; y++)
			for (int x = 0; x < 6; x++)
				assertEquals(x % 3 == 0 && y % 3 == 0 ? image.getAt(x / 3, y / 3).get() : 0, zeros.getAt(x, y).get());
		new Upsampling(Upsampling.Method.LINEAR, 3, 3).apply(image, linear, Monitor.NONE);
		assertEquals(1, linear.getAt(1, 0).get(), "on the sample itself");
		assertTrue(Float.isNaN(linear.getAt(2, 0).get()));
	}

	private static float[] filtered(final Recurrence recurrence, final float... line) {
		final Img<FloatType> target = ArrayImgs.floats(line.length);
		recurrence.apply(ArrayImgs.floats(line, line.length), 0, target, Monitor.NONE);
		return Reference.floats(target);
	}

	@Test
	void withoutFeedbackADifferenceEquationForgets() {
		final float[] line = new float[40];
		line[10] = Float.NaN;
		final double[][] without = { { 1 }, { 2, 0 }, { 1, 0, 0, 0, 0 } };
		for (final double[] a : without) {
			final boolean[] found = where(filtered(Recurrence.of(a, new double[] { 1, 0, 0.5 }), line), Double::isNaN);
			for (int i = 0; i < 40; i++)
				assertEquals(i >= 10 && i <= 12, found[i], Arrays.toString(a) + " at " + i);
			final boolean[] both = where(filtered(Recurrence.of(a, new double[] { 1, 0, 0.5 }).zeroPhase(true), line),
				Double::isNaN);
			for (int i = 12; i < 40; i++)
				assertEquals(i <= 12, both[i], "zero phase at " + i);
		}
		for (final double[] a : new double[][] { { 1, -0.5 }, { 1, 0, 0.25 } }) {
			final boolean[] found = where(filtered(Recurrence.of(a, new double[] { 1 }), line), Double::isNaN);
			for (int i = 0; i < 40; i++)
				assertEquals(i >= 10, found[i], Arrays.toString(a) + " at " + i);
		}
	}

	@Test
	void finiteImagesAreComputedAsWithoutAGuard() {
		final Img<FloatType> image = Reference.random(9, 300, 200);
		final Kernel kernel = kernel(6, 5, 5);
		final WindowGeometry g = WindowGeometry.onEverySample(kernel, new long[] { 300, 200 }, 2, 0);
		final List<float[]> results = new ArrayList<>();
		for (final Algorithm a : List.of(new DirectConvolution(g), GuardedConvolution.ofSums(new DirectConvolution(g), g))) {
			final Img<FloatType> target = ArrayImgs.floats(300, 200);
			TiledFilter.run(image, Border.MIRROR, g, List.of(a), (rows, width) -> {}, target, Monitor.NONE);
			results.add(Reference.floats(target));
		}
		assertArrayEquals(results.get(0), results.get(1));
	}
}
