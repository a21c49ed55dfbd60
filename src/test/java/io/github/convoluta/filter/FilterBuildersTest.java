package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convoluta.filter.Edges.Operator;
import io.github.convoluta.filter.Edges.Result;
import io.github.convoluta.kernel.KernelSource;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** Filters as programmers write them: usual settings, one setting after the other, and an image that is made for the result. */
class FilterBuildersTest {

	private static final Img<FloatType> IMAGE = Reference.random(8, 20, 15);

	private static String refusal(final Runnable action) {
		return assertThrows(RuntimeException.class, action::run).getMessage();
	}

	@Test
	void edgesBeginWithTheUsualAndChangeOneByOne() {
		final Edges usual = Edges.of(Operator.CANNY, 2);
		assertEquals(Result.EDGES, usual.result());
		assertEquals(Border.REPLICATE, usual.border());
		assertArrayEquals(new double[] { 1, 1 }, usual.sigma());
		final Edges own = usual.sigma(2).thresholds(3, 8).border(Border.MIRROR).result(Result.MAGNITUDE);
		assertArrayEquals(new double[] { 2, 2 }, own.sigma());
		assertArrayEquals(Reference.floats(new Edges(Operator.CANNY, Result.MAGNITUDE, new double[] { 2, 2 }, 3, 8,
			Border.MIRROR).apply(IMAGE)), Reference.floats(own.apply(IMAGE)));
		own.sigma()[0] = 7;
		assertEquals(2, own.sigma()[0]);
	}

	@Test
	void errorsNameTheSetting() {
		final Edges edges = Edges.of(Operator.GAUSSIAN, 2);
		assertTrue(refusal(() -> edges.sigma(1, 2, 3)).contains("sigma needs one number, or 2"));
		assertTrue(refusal(() -> edges.sigma(0)).contains("sigma must be above 0"));
		assertTrue(refusal(() -> edges.result(Result.Z)).contains("no component z in 2-D"));
		assertTrue(refusal(() -> Edges.of(Operator.SOBEL, 4)).contains("1 to 3 axes"));
		final Convolution convolution = Convolution.with(KernelSource.resolve("box 3", 2));
		assertEquals("border", refusal(() -> convolution.border(null)));
		assertTrue(refusal(() -> convolution.padding()).contains("padding needs one value"));
		assertTrue(refusal(() -> convolution.stride(2, 0)).contains("stride must be whole numbers of at least 1"));
	}

	/** Any origin of the source, and a target that begins anywhere. */
	@Test
	void everyFilterMakesAnImageForItsResult() {
		final RandomAccessibleInterval<FloatType> moved = Views.translate(IMAGE, 100, -7);
		for (final Filter filter : new Filter[] { Convolution.with(KernelSource.resolve("1 2 1", 2)).padding(Padding.FULL), Edges
			.of(Operator.SOBEL, 2), Pooling.of(Pooling.Operation.MAX, 2, 3), new Upsampling(Upsampling.Method.LINEAR, 2, 3),
			GlobalPooling.over(Pooling.Operation.SUM, 2), Recurrence.of(new double[] { 1, -0.5 }, new double[] { 1 }).along(1) })
		{
			final Img<FloatType> result = filter.apply(moved);
			final long[] size = filter.outputSize(20, 15);
			assertArrayEquals(size, result.dimensionsAsLongArray());
			final Img<FloatType> target = ArrayImgs.floats(size);
			filter.apply(IMAGE, Views.translate(target, 3, 4));
			assertArrayEquals(Reference.floats(target), Reference.floats(result));
		}
	}
}
