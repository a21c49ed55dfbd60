package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convoluta.kernel.Kernel;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class RecurrenceTest {

	private static Img<FloatType> apply(final Recurrence recurrence, final int axis, final Img<FloatType> image) {
		final Img<FloatType> target = ArrayImgs.floats(image.dimensionsAsLongArray());
		recurrence.apply(image, axis, target, Monitor.NONE);
		return target;
	}

	@Test
	void withoutFeedbackItIsACausalConvolution() {
		final Img<FloatType> image = Reference.random(1, 90, 8);
		final double[] b = { 0.5, -1, 2, 0.25 };
		final Img<FloatType> full = Convolution.with(Kernel.of1D(b)).operation(Convolution.Operation.CONVOLUTION).padding(
			Padding.FULL, Padding.SAME).apply(image);
		assertArrayEquals(Reference.floats(Views.interval(full, new long[2], new long[] { 89, 7 })), Reference.floats(apply(
			Recurrence.of(new double[] { 1 }, b), 0, image)), 1e-4f);
	}

	@Test
	void theImpulseResponseOfOneFeedbackIsGeometric() {
		final Img<FloatType> impulse = ArrayImgs.floats(3, 12, 2);
		impulse.getAt(1, 2, 1).set(1);
		final Img<FloatType> response = apply(Recurrence.of(new double[] { 2, -1 }, new double[] { 2 }), 1, impulse);
		for (int y = 0; y < 12; y++)
			assertEquals(y < 2 ? 0 : Math.pow(0.5, y - 2), response.getAt(1, y, 1).get(), 1e-7);
		assertEquals(0, response.getAt(0, 5, 1).get());
	}

	@Test
	void everyAxisIsFilteredAlike() {
		final Img<FloatType> image = Reference.random(2, 70, 9, 6);
		final Recurrence recurrence = Recurrence.of(new double[] { 1, -0.9, 0.2 }, new double[] { 0.3, 0.1 }).zeroPhase(true);
		final float[] x = Reference.floats(apply(recurrence, 0, image));
		final Img<FloatType> swapped = ArrayImgs.floats(9, 70, 6), turned = ArrayImgs.floats(9, 6, 70);
		net.imglib2.util.ImgUtil.copy(Views.permute(image, 0, 1), swapped);
		net.imglib2.util.ImgUtil.copy(Views.permute(Views.permute(image, 0, 1), 1, 2), turned);
		assertArrayEquals(x, Reference.floats(Views.permute(apply(recurrence, 1, swapped), 0, 1)));
		assertArrayEquals(x, Reference.floats(Views.permute(Views.permute(apply(recurrence, 2, turned), 1, 2), 0, 1)));
	}

	@Test
	void zeroPhaseKeepsConstantsAndSymmetry() {
		final Recurrence smooth = Recurrence.of(new double[] { 1, -0.5 }, new double[] { 0.5 }).zeroPhase(true);
		final Img<FloatType> flat = ArrayImgs.floats(50);
		flat.forEach(t -> t.set(7));
		for (final float v : Reference.floats(apply(smooth, 0, flat)))
			assertEquals(7, v, 1e-5);
		final Img<FloatType> pulse = ArrayImgs.floats(81);
		pulse.getAt(40).set(1);
		final float[] r = Reference.floats(apply(smooth, 0, pulse));
		for (int i = 0; i < 40; i++)
			assertEquals(r[40 - i], r[40 + i], 1e-6);
		// (0.5 / (1 - 0.5 z))(0.5 / (1 - 0.5 / z)) at lag k is (1/3) 0.5^k.
		assertEquals(1.0 / 3, r[40], 1e-6);
		assertEquals(1.0 / 12, r[42], 1e-6);
	}

	@Test
	void aLeadingZeroIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> Recurrence.of(new double[] { 0, 1 }, new double[] { 1 }));
	}
}
