package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.github.convoluta.filter.Convolution.Method;
import io.github.convoluta.filter.Convolution.Operation;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelCatalogue;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {

	private static final Border[] BORDERS = { Border.ZERO, Border.constant(3.5), Border.REPLICATE, Border.MIRROR,
		Border.REFLECT, Border.PERIODIC };

	private static Kernel randomKernel(final long seed, final int... size) {
		final Random random = new Random(seed);
		return Kernel.of(size, random.doubles(Arrays.stream(size).reduce(1, (a, b) -> a * b), -2, 2).map(v -> (float) v)
			.toArray());
	}

	private record Case(long[] image, int[] kernel, int[] stride, int[] dilation) {

		@Override
		public String toString() {
			return Arrays.toString(image) + " * " + Arrays.toString(kernel) + " /" + Arrays.toString(stride) + " x" + Arrays
				.toString(dilation);
		}
	}

	static Stream<Case> cases() {
		return Stream.of(new Case(new long[] { 37 }, new int[] { 5 }, new int[] { 1 }, new int[] { 1 }), //
			new Case(new long[] { 37 }, new int[] { 4 }, new int[] { 3 }, new int[] { 2 }), //
			new Case(new long[] { 23, 17 }, new int[] { 3, 3 }, new int[] { 1, 1 }, new int[] { 1, 1 }), //
			new Case(new long[] { 23, 17 }, new int[] { 2, 5 }, new int[] { 2, 3 }, new int[] { 1, 2 }), //
			new Case(new long[] { 23, 17 }, new int[] { 6, 1 }, new int[] { 1, 2 }, new int[] { 3, 1 }), //
			new Case(new long[] { 4, 3 }, new int[] { 3, 3 }, new int[] { 1, 1 }, new int[] { 1, 1 }), //
			new Case(new long[] { 9, 8, 7 }, new int[] { 3, 2, 3 }, new int[] { 1, 1, 1 }, new int[] { 1, 1, 1 }), //
			new Case(new long[] { 9, 8, 7 }, new int[] { 3, 3, 2 }, new int[] { 2, 1, 2 }, new int[] { 1, 2, 1 }), //
			new Case(new long[] { 6, 5, 4, 3 }, new int[] { 2, 3, 2, 2 }, new int[] { 1, 1, 1, 1 }, new int[] { 1, 1, 1, 1 }));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void everyMethodEqualsTheFormulaForEveryBorderAndPadding(final Case c) {
		final Img<FloatType> image = Reference.random(1, c.image);
		final Kernel kernel = randomKernel(2, c.kernel);
		for (final Padding padding : Padding.values())
			for (final Operation operation : Operation.values())
				for (final Border border : BORDERS) {
					final Convolution convolution = Convolution.with(kernel).padding(padding).operation(operation).border(border)
						.stride(c.stride).dilation(c.dilation);
					final Kernel slid = operation == Operation.CONVOLUTION ? kernel.flipped() : kernel;
					final int[] before = new int[c.kernel.length];
					final long[] out = new long[c.kernel.length];
					for (int d = 0; d < before.length; d++) {
						final int reach = (c.kernel[d] - 1) * c.dilation[d];
						before[d] = switch (padding) {
							case VALID -> 0;
							case SAME -> slid.origin(d) * c.dilation[d];
							case FULL -> reach;
						};
						final long dense = switch (padding) {
							case VALID -> c.image[d] - reach;
							case SAME -> c.image[d];
							case FULL -> c.image[d] + reach;
						};
						out[d] = (dense - 1) / c.stride[d] + 1;
					}
					final double[] expected = Reference.correlate(image, slid, border, c.stride, c.dilation, before, out);
					assertArrayEquals(out, convolution.outputSize(c.image));
					for (final Method method : Method.values()) {
						final float[] actual = Reference.floats(convolution.method(method).apply(image));
						for (int i = 0; i < actual.length; i++)
							assertEquals(expected[i], actual[i], 2e-4, () -> padding + " " + operation + " " + border + " " + method);
					}
					final float[] fast = fastSums(image, slid, border, c, before, out);
					for (int i = 0; i < fast.length; i++)
						assertEquals(expected[i], fast[i], 2e-4, () -> padding + " " + operation + " " + border + " float sums");
				}
	}

	/** What the automatic method does on larger images. */
	private static float[] fastSums(final Img<FloatType> image, final Kernel slid, final Border border, final Case c,
		final int[] before, final long[] out)
	{
		final WindowGeometry g = new WindowGeometry(slid, c.stride, c.dilation, Arrays.stream(before).asLongStream().toArray(),
			out);
		final Img<FloatType> target = ArrayImgs.floats(out);
		TiledFilter.run(image, border, g, List.of(new DirectConvolution(g)), (rows, width) -> {}, target, Monitor.NONE);
		return Reference.floats(target);
	}

	@ParameterizedTest
	@EnumSource(Method.class)
	void diracConvolvedWithAKernelIsTheKernel(final Method method) {
		final Img<FloatType> dirac = ArrayImgs.floats(41, 33);
		dirac.getAt(20, 16).set(1);
		final Kernel kernel = randomKernel(3, 7, 4);
		final Img<FloatType> result = Convolution.with(kernel).operation(Operation.CONVOLUTION).method(method).apply(dirac);
		for (int y = 0; y < 4; y++)
			for (int x = 0; x < 7; x++)
				assertEquals(kernel.value(x, y), result.getAt(20 + x - kernel.origin(0), 16 + y - kernel.origin(1)).get(), 1e-5);
		assertEquals(kernel.absoluteSum(), sumOfAbsolutes(result), 1e-3);
	}

	private static double sumOfAbsolutes(final Img<FloatType> image) {
		double sum = 0;
		for (final FloatType t : image)
			sum += Math.abs(t.get());
		return sum;
	}

	@ParameterizedTest
	@EnumSource(Method.class)
	void isLinear(final Method method) {
		final Img<FloatType> a = Reference.random(4, 50, 40), b = Reference.random(5, 50, 40), mix = ArrayImgs.floats(50, 40);
		for (int y = 0; y < 40; y++)
			for (int x = 0; x < 50; x++)
				mix.getAt(x, y).set(2 * a.getAt(x, y).get() - 3 * b.getAt(x, y).get());
		final Convolution c = Convolution.with(randomKernel(6, 9, 9)).border(Border.MIRROR).method(method);
		final float[] fa = Reference.floats(c.apply(a)), fb = Reference.floats(c.apply(b)), fm = Reference.floats(c.apply(mix));
		for (int i = 0; i < fm.length; i++)
			assertEquals(2 * fa[i] - 3 * fb[i], fm[i], 5e-3);
	}

	/** Larger than a tile in every direction, so that seams would show. */
	@Test
	void methodsAgreeAcrossTiles() {
		final Img<FloatType> image = Reference.random(7, 1500, 700);
		final Kernel kernel = KernelCatalogue.create("log 2.5", 2);
		final Convolution c = Convolution.with(kernel).border(Border.REFLECT);
		final float[] exact = Reference.floats(c.method(Method.DIRECT).apply(image));
		for (final Method method : new Method[] { Method.AUTOMATIC, Method.SEPARABLE, Method.FOURIER }) {
			final float[] other = Reference.floats(c.method(method).apply(image));
			assertArrayEquals(exact, other, 2e-4f, method.name());
		}
		final Img<FloatType> volume = Reference.random(8, 130, 90, 70);
		final Kernel cube = randomKernel(9, 5, 4, 3);
		final Convolution c3 = Convolution.with(cube).border(Border.PERIODIC);
		// Too large for exactness by the way, so that the fast sums are tested.
		final float[] exact3 = Reference.floats(c3.method(Method.DIRECT).apply(volume));
		for (final Method method : Method.values())
			assertArrayEquals(exact3, Reference.floats(c3.method(method).apply(volume)), 1e-3f, method.name());
	}

	@Test
	void aBrightBackgroundCostsTheFourierMethodNoPrecision() {
		final Img<FloatType> image = Reference.random(10, 200, 200);
		image.forEach(t -> t.set(t.get() + 60000));
		final Convolution c = Convolution.with(KernelCatalogue.create("box 9", 2)).border(Border.REPLICATE);
		assertArrayEquals(Reference.floats(c.method(Method.DIRECT).apply(image)), Reference.floats(c.method(Method.FOURIER)
			.apply(image)), 0.02f);
	}

	@Test
	void automaticChoosesByKernelSizeAndRank() {
		final long[] size = { 2048, 2048 };
		final FloatType pixel = new FloatType();
		assertEquals(Method.DIRECT, Convolution.with(randomKernel(1, 3, 3)).methodFor(size, pixel));
		assertEquals(Method.SEPARABLE, Convolution.with(KernelCatalogue.create("gaussian 3", 2)).methodFor(size, pixel));
		assertEquals(Method.FOURIER, Convolution.with(randomKernel(1, 61, 61)).methodFor(size, pixel));
	}

	@Test
	void viewsCellsAndArraysGiveTheSameResult() {
		final Img<FloatType> array = Reference.random(11, 60, 50, 5);
		final Img<FloatType> cells = new CellImgFactory<>(new FloatType(), 16).create(60, 50, 5);
		ImgUtil.copy(array, cells);
		final Convolution c = Convolution.with(randomKernel(12, 3, 3, 3)).border(Border.MIRROR);
		final float[] expected = Reference.floats(c.apply(array));
		assertArrayEquals(expected, Reference.floats(c.apply(cells)));
		final Img<FloatType> target = new CellImgFactory<>(new FloatType(), 16).create(60, 50, 5);
		c.apply(array, target);
		assertArrayEquals(expected, Reference.floats(target));
		assertArrayEquals(expected, Reference.floats(c.apply(Views.translate(array, 100, -7, 3))));
		final float[] inner = Reference.floats(c.padding(Padding.VALID).apply(Views.interval(array, new long[] { 9, 9, 0 },
			new long[] { 40, 30, 4 })));
		final float[] innerExpected = Reference.floats(Views.interval(c.apply(array), new long[] { 10, 10, 1 }, new long[] { 39,
			29, 3 }));
		assertArrayEquals(innerExpected, inner);
	}

	@Test
	void colourImagesAreFilteredThroughTheirChannels() {
		final Random random = new Random(5);
		final int[] pixels = random.ints(40 * 30).toArray();
		final Img<ARGBType> source = ArrayImgs.argbs(pixels, 40, 30), target = ArrayImgs.argbs(40, 30);
		final Convolution mean = Convolution.with(KernelCatalogue.create("box 3", 2)).border(Border.MIRROR);
		new ColourFilter(mean).apply(source, target, Monitor.NONE);
		for (int shift = 0; shift <= 16; shift += 8) {
			int sum = 0;
			for (int i = 0; i < 9; i++)
				sum += pixels[(10 + i / 3) * 40 + 10 + i % 3] >> shift & 0xff;
			assertEquals(Math.floor(sum / 9.0 + 0.5), target.getAt(11, 11).get() >> shift & 0xff);
		}
		new ColourFilter(Convolution.with(KernelCatalogue.create("identity", 2))).apply(source, target, Monitor.NONE);
		for (int i = 0; i < pixels.length; i++)
			assertEquals(pixels[i] | 0xff000000, target.getAt(i % 40, i / 40).get());
	}

	@Test
	void integerTargetsAreRoundedHalvesUpAndClamped() {
		final Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(new byte[] { 1, 2, 3, (byte) 255 }, 4, 1);
		final Img<UnsignedByteType> target = ArrayImgs.unsignedBytes(4, 1);
		Convolution.with(Kernel.of1D(0.5)).apply(image, target);
		assertArrayEquals(new float[] { 1, 1, 2, 128 }, Reference.floats(target));
		Convolution.with(Kernel.of1D(2)).scale(1, -3).apply(image, target);
		assertArrayEquals(new float[] { 0, 1, 3, 255 }, Reference.floats(target));
	}

	@Test
	void aKernelThatDoesNotFitIsRefusedWithTheNumbers() {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Convolution.with(randomKernel(1, 9,
			9)).padding(Padding.VALID).apply(Reference.random(1, 20, 5)));
		assertTrue(e.getMessage().contains("9 samples along axis y") && e.getMessage().contains("only 5"), e.getMessage());
		assertThrows(IllegalArgumentException.class, () -> Convolution.with(randomKernel(1, 3)).stride(0));
	}

	@Test
	void theMonitorCancels() {
		final Img<FloatType> image = Reference.random(1, 2000, 2000), target = ArrayImgs.floats(2000, 2000);
		assertThrows(CancellationException.class, () -> Convolution.with(randomKernel(1, 3, 3)).apply(image, target, f -> {
			throw new CancellationException();
		}));
	}
}
