package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpsamplingTest {

	private static Img<FloatType> apply(final Upsampling upsampling, final Img<FloatType> image) {
		final Img<FloatType> target = ArrayImgs.floats(upsampling.outputSize(image.dimensionsAsLongArray()));
		upsampling.apply(image, target, Monitor.NONE);
		return target;
	}

	@Test
	void repeatsInterpolatesOrInsertsZeros() {
		final Img<FloatType> image = ArrayImgs.floats(new float[] { 0, 4, 8 }, 3);
		assertArrayEquals(new float[] { 0, 0, 4, 4, 8, 8 }, Reference.floats(apply(new Upsampling(Upsampling.Method.NEAREST, 2),
			image)));
		assertArrayEquals(new float[] { 0, 1, 3, 5, 7, 8 }, Reference.floats(apply(new Upsampling(Upsampling.Method.LINEAR, 2),
			image)));
		assertArrayEquals(new float[] { 0, 0, 4, 0, 8, 0 }, Reference.floats(apply(new Upsampling(Upsampling.Method.ZEROS, 2),
			image)));
	}

	/** Average pooling undoes repetition and interpolation keeps the mean of a ramp. */
	@ParameterizedTest
	@EnumSource(value = Upsampling.Method.class, names = { "NEAREST", "ZEROS" })
	void poolingUndoesUpsampling(final Upsampling.Method method) {
		final Img<FloatType> image = Reference.random(1, 700, 41, 5);
		final Img<FloatType> large = apply(new Upsampling(method, 3, 2, 4), image);
		final Pooling.Operation back = method == Upsampling.Method.ZEROS ? Pooling.Operation.SUM : Pooling.Operation.AVERAGE;
		assertArrayEquals(Reference.floats(image), Reference.floats(Pooling.of(back, 3, 2, 4).apply(large)), 1e-4f);
	}

	@Test
	void linearKeepsARamp() {
		final Img<FloatType> ramp = ArrayImgs.floats(2000, 3);
		for (int y = 0; y < 3; y++)
			for (int x = 0; x < 2000; x++)
				ramp.getAt(x, y).set(2 * x + 10 * y);
		final Img<FloatType> large = apply(new Upsampling(Upsampling.Method.LINEAR, 5, 1), ramp);
		for (int x = 10; x < 9990; x++)
			assertEquals(2 * ((x + 0.5) / 5 - 0.5) + 10, large.getAt(x, 1).get(), 2e-3);
	}
}
