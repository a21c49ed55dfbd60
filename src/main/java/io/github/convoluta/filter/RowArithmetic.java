package io.github.convoluta.filter;

/**
 * Arithmetic on rows of floats. Every loop reads and writes its arrays at the same index, and at most five arrays
 * at once: within those limits HotSpot turns the loops into vector code.
 */
final class RowArithmetic {

	private RowArithmetic() {}

	/** {@code target = sum of weights[i] * sources[i]} over {@code from <= x < to}, for {@code n >= 1} sources. */
	static void weightedSum(final float[][] sources, final float[] weights, final int n, final float[] target, final int from,
		final int to)
	{
		int i = n % 4;
		switch (i) {
			case 1 -> set1(sources[0], weights[0], target, from, to);
			case 2 -> set2(sources[0], sources[1], weights[0], weights[1], target, from, to);
			case 3 -> set3(sources[0], sources[1], sources[2], weights[0], weights[1], weights[2], target, from, to);
			default -> {
				set4(sources[0], sources[1], sources[2], sources[3], weights[0], weights[1], weights[2], weights[3], target, from,
					to);
				i = 4;
			}
		}
		for (; i < n; i += 4)
			add4(sources[i], sources[i + 1], sources[i + 2], sources[i + 3], weights[i], weights[i + 1], weights[i + 2],
				weights[i + 3], target, from, to);
	}

	/** As {@link #weightedSum} from 0 on, but added up strictly from the first source to the last; {@code n >= 4}. */
	static void orderedSum(final float[][] sources, final float[] weights, final int n, final float[] target, final int to) {
		set4(sources[0], sources[1], sources[2], sources[3], weights[0], weights[1], weights[2], weights[3], target, 0, to);
		int i = 4;
		for (; i + 2 <= n; i += 2)
			add2(sources[i], sources[i + 1], weights[i], weights[i + 1], target, 0, to);
		if (i < n) add1(sources[i], weights[i], target, 0, to);
	}

	/** {@code target += sum of weights[i] * sources[i]} over {@code from <= x < to}. */
	static void addWeightedSum(final float[][] sources, final float[] weights, final int n, final float[] target,
		final int from, final int to)
	{
		int i = 0;
		for (; i + 4 <= n; i += 4)
			add4(sources[i], sources[i + 1], sources[i + 2], sources[i + 3], weights[i], weights[i + 1], weights[i + 2],
				weights[i + 3], target, from, to);
		switch (n - i) {
			case 1 -> add1(sources[i], weights[i], target, from, to);
			case 2 -> add2(sources[i], sources[i + 1], weights[i], weights[i + 1], target, from, to);
			case 3 -> add3(sources[i], sources[i + 1], sources[i + 2], weights[i], weights[i + 1], weights[i + 2], target, from,
				to);
			default -> {}
		}
	}

	private static void set1(final float[] a, final float p, final float[] t, final int from, final int to) {
		for (int x = from; x < to; x++)
			t[x] = a[x] * p;
	}

	private static void set2(final float[] a, final float[] b, final float p, final float q, final float[] t, final int from,
		final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = a[x] * p + b[x] * q;
	}

	private static void set3(final float[] a, final float[] b, final float[] c, final float p, final float q, final float r,
		final float[] t, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = a[x] * p + b[x] * q + c[x] * r;
	}

	private static void set4(final float[] a, final float[] b, final float[] c, final float[] d, final float p, final float q,
		final float r, final float s, final float[] t, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = a[x] * p + b[x] * q + c[x] * r + d[x] * s;
	}

	private static void add1(final float[] a, final float p, final float[] t, final int from, final int to) {
		for (int x = from; x < to; x++)
			t[x] += a[x] * p;
	}

	private static void add2(final float[] a, final float[] b, final float p, final float q, final float[] t, final int from,
		final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = t[x] + a[x] * p + b[x] * q;
	}

	private static void add3(final float[] a, final float[] b, final float[] c, final float p, final float q, final float r,
		final float[] t, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = t[x] + a[x] * p + b[x] * q + c[x] * r;
	}

	private static void add4(final float[] a, final float[] b, final float[] c, final float[] d, final float p, final float q,
		final float r, final float s, final float[] t, final int from, final int to)
	{
		for (int x = from; x < to; x++)
			t[x] = t[x] + a[x] * p + b[x] * q + c[x] * r + d[x] * s;
	}

	/** {@code t = t * factor + offset}, computed in double and rounded once. */
	static void scale(final float[] t, final double factor, final double offset, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = (float) (t[x] * factor + offset);
	}

	/** Adds NaN to {@code t} where one of the rows times {@code gain} is not finite, or their sum is not; otherwise 0. */
	static void addTraces(final float[] a, final float[] b, final float[] c, final float[] d, final float gain,
		final float[] t, final int n)
	{
		for (int x = 0; x < n; x++)
			t[x] = t[x] + (a[x] * gain + b[x] * gain + c[x] * gain + d[x] * gain) * 0f;
	}

	static void addTraces(final float[] a, final float gain, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = t[x] + a[x] * gain * 0f;
	}

	static void squares(final float[] a, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = a[x] * a[x];
	}

	static void addSquares(final float[] a, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] += a[x] * a[x];
	}

	static void roots(final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = (float) Math.sqrt(t[x]);
	}

	static void add(final float[] a, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] += a[x];
	}

	static void max(final float[] a, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = Math.max(a[x], t[x]);
	}

	static void min(final float[] a, final float[] t, final int n) {
		for (int x = 0; x < n; x++)
			t[x] = Math.min(a[x], t[x]);
	}
}
