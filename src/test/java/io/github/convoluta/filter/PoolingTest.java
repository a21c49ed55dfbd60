package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {

	private record Case(long[] image, int[] window, int[] stride, int[] pad, boolean partial) {}

	static Stream<Case> cases() {
		return Stream.of(new Case(new long[] { 30 }, new int[] { 4 }, new int[] { 3 }, new int[] { 2 }, true), //
			new Case(new long[] { 21, 17 }, new int[] { 2, 2 }, new int[] { 2, 2 }, new int[] { 0, 0 }, true), //
			new Case(new long[] { 21, 17 }, new int[] { 3, 3 }, new int[] { 1, 1 }, new int[] { 1, 1 }, false), //
			new Case(new long[] { 21, 17 }, new int[] { 9, 11 }, new int[] { 1, 2 }, new int[] { 4, 5 }, false), //
			new Case(new long[] { 21, 17 }, new int[] { 5, 7 }, new int[] { 4, 3 }, new int[] { 1, 3 }, true), //
			new Case(new long[] { 21, 17 }, new int[] { 40, 3 }, new int[] { 40, 1 }, new int[] { 0, 0 }, true), //
			new Case(new long[] { 9, 8, 7 }, new int[] { 3, 2, 6 }, new int[] { 2, 1, 1 }, new int[] { 1, 0, 3 }, true));
	}

	/** The definition: collect the existing samples of each window. */
	private static float expected(final Pooling.Operation operation, final List<Double> window) {
		Collections.sort(window);
		final double sum = window.stream().mapToDouble(v -> v).sum();
		final int n = window.size();
		return (float) switch (operation) {
			case MAX -> window.get(n - 1);
			case MIN -> window.get(0);
			case SUM -> sum;
			case AVERAGE -> sum / n;
			case MEDIAN -> (window.get((n - 1) / 2) + window.get(n / 2)) / 2;
			case L2 -> Math.sqrt(window.stream().mapToDouble(v -> v * v).sum());
		};
	}

	@ParameterizedTest
	@MethodSource("cases")
	void equalsTheDefinition(final Case c) {
		final Img<FloatType> image = Reference.random(1, c.image);
		final int n = c.image.length;
		for (final Pooling.Operation operation : Pooling.Operation.values()) {
			final Pooling pooling = Pooling.of(operation, c.window).stride(c.stride).pad(c.pad).keepPartial(c.partial);
			final Img<FloatType> result = pooling.apply(image);
			final var out = result.localizingCursor();
			while (out.hasNext()) {
				out.fwd();
				final List<Double> window = new ArrayList<>();
				final var in = image.localizingCursor();
				while (in.hasNext()) {
					in.fwd();
					boolean inside = true;
					for (int d = 0; d < n; d++) {
						final long first = out.getLongPosition(d) * c.stride[d] - c.pad[d];
						inside &= in.getLongPosition(d) >= first && in.getLongPosition(d) < first + c.window[d];
					}
					if (inside) window.add((double) in.get().get());
				}
				assertEquals(expected(operation, window), out.get().get(), 2e-3, operation::name);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Pooling.Operation.class)
	void globalPoolingIsOneLargeWindow(final Pooling.Operation operation) {
		final Img<FloatType> image = Reference.random(2, 40, 30, 20);
		final float window = Pooling.of(operation, 40, 30, 20).apply(image).getAt(0, 0, 0).get();
		assertEquals(window, GlobalPooling.apply(image, operation, Monitor.NONE), Math.abs(window) * 1e-5);
	}

	@Test
	void largeWindowsAgreeAcrossTiles() {
		final Img<FloatType> image = Reference.random(3, 3000, 300);
		final float[] one = Reference.floats(Pooling.of(Pooling.Operation.MAX, 31, 31).stride(1, 1).pad(15, 15).apply(image));
		final Img<FloatType> rows = Pooling.of(Pooling.Operation.MAX, 31, 1).stride(1, 1).pad(15, 0).apply(image);
		final float[] two = Reference.floats(Pooling.of(Pooling.Operation.MAX, 1, 31).stride(1, 1).pad(0, 15).apply(rows));
		assertArrayEquals(two, one);
	}

	@Test
	void outputSizeFollowsTheFormula() {
		assertArrayEquals(new long[] { 3, 2 }, Pooling.of(Pooling.Operation.MAX, 2, 2).outputSize(6, 5));
		assertArrayEquals(new long[] { 3, 3 }, Pooling.of(Pooling.Operation.MAX, 2, 2).keepPartial(true).outputSize(6, 5));
		// The last window would begin in the padding on the right: dropped, as in PyTorch's ceil mode.
		assertArrayEquals(new long[] { 3 }, Pooling.of(Pooling.Operation.MAX, 2).pad(1).keepPartial(true).outputSize(5));
	}

	@Test
	void wrongWindowsAreRefusedWithTheNumbers() {
		final String message = assertThrows(IllegalArgumentException.class, () -> Pooling.of(Pooling.Operation.MAX, 9, 9)
			.outputSize(20, 5)).getMessage();
		assertTrue(message.contains("9 along axis y is larger than the image (5"), message);
		assertThrows(IllegalArgumentException.class, () -> Pooling.of(Pooling.Operation.MAX, 3, 3).pad(2, 0));
		assertThrows(IllegalArgumentException.class, () -> Pooling.of(Pooling.Operation.MAX, 0));
	}
}
