package io.github.convoluta.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.filter.Monitor;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {

	private static final String[] METHODS = { "zeromean", "range", "percentile", "percentile 5 95" };

	private static float[] noise(final double unit) {
		final Random random = new Random(1);
		final float[] values = new float[1000];
		for (int i = 0; i < values.length; i++)
			values[i] = (float) (unit * (3 + random.nextGaussian()));
		return values;
	}

	private static float[] normalized(final String method, final float... values) {
		return NetworkInput.of(values, new Normalization.PerImage(Normalization.Method.parse(method)), values.length).whole();
	}

	/** Which unit samples have does not matter: amperes, picoamperes, or numbers near the ends of what floats hold. */
	@ParameterizedTest
	@ValueSource(doubles = { 1e-12, 1e-15, 1e-30, 1e-36, 1e6, 1e30 })
	void theUnitDoesNotMatter(final double unit) {
		for (final String method : METHODS) {
			final float[] one = normalized(method, noise(1)), other = normalized(method, noise(unit));
			assertArrayEquals(one, other, 1e-4f, method);
		}
	}

	@Test
	void numbersOfAmperesAreKeptInFiles() {
		final Normalization.Fixed found = Normalization.measure(new Normalization.Method.ZeroMean(), List.of(ArrayImgs.floats(
			noise(1e-12), 1000, 1)), Monitor.NONE);
		assertEquals(3e-12, found.offsets().get(0), 1e-13);
		assertEquals(1e-12, found.scales().get(0), 1e-13);
	}

	/** A small change on a large value is a change; the offset is not rounded. */
	@Test
	void smallChangesOfLargeValuesAreSeen() {
		final float[] values = new float[1000];
		for (int i = 0; i < values.length; i++)
			values[i] = 1e6f + i % 2 * 0.0625f;
		final float[] v = normalized("zeromean", values);
		for (int i = 0; i < values.length; i++)
			assertEquals(i % 2 == 0 ? -1 : 1, v[i], 1e-3);
	}

	@Test
	void constantsBecomeZero() {
		for (final String method : METHODS)
			for (final float value : new float[] { 0, 1e-12f, 7.3f, -1e6f, 1e30f }) {
				final float[] values = new float[100];
				Arrays.fill(values, value);
				final float[] v = normalized(method, values);
				for (final float x : v)
					assertEquals(0, x, 1e-6 * Math.abs(value), method + " of " + value);
			}
	}

	/** Where nearly all is background, both percentiles are background; the rest still gets a scale. */
	@Test
	void percentilesMayBeTheSame() {
		final float[] values = new float[10_000];
		values[77] = 4e-12f;
		final float[] v = normalized("percentile", values);
		assertEquals(1, v[77], 1e-6);
		assertEquals(0, v[0]);
	}

	/** What is no number is no part of a mean, and stays what it is. */
	@Test
	void numbersAreFoundOverFinitePixels() {
		final float[] values = noise(1), with = Arrays.copyOf(values, 1003);
		with[1000] = Float.NaN;
		with[1001] = Float.POSITIVE_INFINITY;
		with[1002] = Float.NEGATIVE_INFINITY;
		for (final String method : METHODS) {
			final float[] expected = normalized(method, values), found = normalized(method, with);
			assertArrayEquals(expected, Arrays.copyOf(found, 1000), 1e-6f);
			assertTrue(Float.isNaN(found[1000]) && found[1001] == Float.POSITIVE_INFINITY &&
				found[1002] == Float.NEGATIVE_INFINITY);
		}
		assertTrue(Float.isNaN(normalized("zeromean", Float.NaN, Float.NaN)[0]));
		assertTrue(Float.isNaN(normalized("range", Float.NaN, Float.NaN)[0]));
	}

	/** Each channel has numbers of its own. */
	@Test
	void channelsAreIndependent() {
		final float[] two = { 5, 5, 5, 5, 5, 5, 5, 5 };
		NetworkInput.of(new float[] { 50, 0, 100, 300, 200, 100 }, new Normalization.PerImage(Normalization.Method.parse(
			"range")), 3).read(new long[1], new int[] { 3 }, two, 1);
		assertArrayEquals(new float[] { 5, 0.5f, 0, 1, 1, 0.5f, 0, 5 }, two, 1e-6f);
	}
}
