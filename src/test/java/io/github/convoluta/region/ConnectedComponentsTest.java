package io.github.convoluta.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CancellationException;

import io.github.convoluta.filter.Monitor;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Components of random images of 1 to 4 axes against those that flooding finds. */
class ConnectedComponentsTest {

	private static final long[][] EXTENTS = { { 50 }, { 13, 11 }, { 1, 30 }, { 30, 1 }, { 7, 6, 5 }, { 4, 3, 4, 3 } };

	@ParameterizedTest
	@EnumSource
	void areThoseThatFloodingFinds(final Neighbours neighbours) {
		final Random random = new Random(1);
		for (int repeat = 0; repeat < 40; repeat++)
			for (final long[] extents : EXTENTS) {
				final float[] image = new float[(int) Arrays.stream(extents).reduce(1, (a, b) -> a * b)];
				for (int i = 0; i < image.length; i++)
					image[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(1 + repeat % 4);
				final float[] found = new float[image.length];
				final ConnectedComponents components = ConnectedComponents.of(ArrayImgs.floats(image, extents), neighbours,
					Monitor.NONE);
				final float[] labels = components.write(ArrayImgs.floats(found, extents), 1, Monitor.NONE);
				final float[] expected = flooded(image, extents, neighbours);
				assertArrayEquals(expected, found, Arrays.toString(extents));
				assertEquals(components.count(), labels.length);
				for (int i = 0; i < image.length; i++)
					if (found[i] > 0) assertEquals(image[i], labels[(int) found[i] - 1]);
				for (int c = 1; c <= components.count(); c++) {
					final int number = c;
					long size = 0;
					for (final float f : found)
						size += f == number ? 1 : 0;
					assertEquals(size, components.size(c));
				}
			}
	}

	@Test
	void smallOnesAreLeftOutAndTheOthersNumberedWithoutGaps() {
		final float[] image = { 3, 0, 3, 3, 0, 5, 7, 7, 7 }, found = new float[9];
		final float[] labels = ConnectedComponents.of(ArrayImgs.floats(image, 9), Neighbours.FACES, Monitor.NONE).write(ArrayImgs
			.floats(found, 9), 2, Monitor.NONE);
		assertArrayEquals(new float[] { 0, 0, 1, 1, 0, 0, 2, 2, 2 }, found);
		assertArrayEquals(new float[] { 3, 7 }, labels);
	}

	@Test
	void canBeCancelled() {
		assertThrows(CancellationException.class, () -> ConnectedComponents.of(ArrayImgs.floats(4, 4), Neighbours.FACES, f -> {
			throw new CancellationException();
		}));
	}

	private static float[] flooded(final float[] image, final long[] extents, final Neighbours neighbours) {
		final float[] result = new float[image.length];
		int n = 0;
		for (int start = 0; start < image.length; start++) {
			if (result[start] > 0 || !(image[start] != 0) || Float.isNaN(image[start])) continue;
			result[start] = ++n;
			final Deque<Integer> open = new ArrayDeque<>();
			open.add(start);
			while (!open.isEmpty()) {
				final int i = open.remove();
				for (int j = 0; j < image.length; j++)
					if (result[j] == 0 && image[j] == image[i] && touch(i, j, extents, neighbours)) {
						result[j] = n;
						open.add(j);
					}
			}
		}
		return result;
	}

	private static boolean touch(final int i, final int j, final long[] extents, final Neighbours neighbours) {
		int a = i, b = j, sum = 0, most = 0;
		for (final long e : extents) {
			final int far = Math.abs(a % (int) e - b % (int) e);
			sum += far;
			most = Math.max(most, far);
			a /= (int) e;
			b /= (int) e;
		}
		return neighbours == Neighbours.FACES ? sum == 1 : most == 1;
	}
}
