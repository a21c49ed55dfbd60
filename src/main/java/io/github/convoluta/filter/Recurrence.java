package io.github.convoluta.filter;

import java.util.Arrays;
import java.util.stream.DoubleStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A linear difference equation with constant coefficients along one axis:
 * {@code a[0] y[n] = b[0] x[n] + b[1] x[n-1] + ... - a[1] y[n-1] - a[2] y[n-2] - ...}, computed in double.
 * <p>
 * Forward, from rest: samples before the first are 0. With zero phase, forward and backward (Gustafsson 1996, as MATLAB
 * and SciPy's {@code filtfilt}): each end is continued by {@code 3 * max(length of a, b)} samples reflected about its
 * last value, and both runs begin in the steady state of their first sample.
 * <p>
 * A NaN makes every result NaN whose sum it enters, with a coefficient of zero too: without feedback as many as there are
 * coefficients b, with feedback all that follow, as in SciPy's {@code lfilter}.
 */
public final class Recurrence {

	private static final int COLUMNS = 64;

	private final double[] a;
	private final double[] b;
	/** Index of the last output coefficient that is not 0. */
	private final int feedback;
	private final boolean zeroPhase;

	private Recurrence(final double[] a, final double[] b, final int feedback, final boolean zeroPhase) {
		this.a = a;
		this.b = b;
		this.feedback = feedback;
		this.zeroPhase = zeroPhase;
	}

	/**
	 * {@return a forward filter}
	 *
	 * @param a coefficients of the output, {@code a[0]} not 0
	 * @param b coefficients of the input, at least one
	 */
	public static Recurrence of(final double[] a, final double[] b) {
		if (a.length == 0 || a[0] == 0) throw new IllegalArgumentException(
			"The first output coefficient a[0] must not be 0, but a = " + Arrays.toString(a) + " was given.");
		if (b.length == 0) throw new IllegalArgumentException("At least one input coefficient b is needed.");
		int feedback = a.length - 1;
		while (feedback > 0 && a[feedback] == 0)
			feedback--;
		final int n = Math.max(feedback + 1, b.length);
		final double[] an = new double[n], bn = new double[n];
		for (int i = 0; i <= feedback; i++)
			an[i] = a[i] / a[0];
		for (int i = 0; i < b.length; i++)
			bn[i] = b[i] / a[0];
		if (!DoubleStream.concat(Arrays.stream(an), Arrays.stream(bn)).allMatch(Double::isFinite))
			throw new IllegalArgumentException("Coefficients divided by a[0] = " + a[0] +
				" are too large: they must stay below 1.8e308. Give a larger a[0], or smaller coefficients.");
		return new Recurrence(an, bn, feedback, false);
	}

	/**
	 * {@return this filter run forward and backward, so that nothing is delayed}
	 *
	 * @param value whether it runs backward too
	 */
	public Recurrence zeroPhase(final boolean value) {
		return new Recurrence(a, b, feedback, value);
	}

	/**
	 * {@return this recurrence along one axis, as a filter}
	 *
	 * @param axis axis of the image, from 0
	 */
	public Filter along(final int axis) {
		return new Filter() {

			@Override
			public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source,
				final RandomAccessibleInterval<R> target, final Monitor monitor)
			{
				Recurrence.this.apply(source, axis, target, monitor);
			}
		};
	}

	/**
	 * Filters along {@code axis} into a target of the source's size. Multithreaded over lines.
	 *
	 * @param <T> type of the source's pixels
	 * @param <R> type of the target's pixels
	 * @param source of any extents that fit, and any origin
	 * @param axis axis of the image, from 0
	 * @param target of the source's size
	 * @param monitor hears the progress and may cancel by throwing
	 */
	public <T extends RealType<T>, R extends RealType<R>> void apply(final RandomAccessibleInterval<T> source, final int axis,
		final RandomAccessibleInterval<R> target, final Monitor monitor)
	{
		final long[] size = source.dimensionsAsLongArray();
		final int length = Math.toIntExact(size[axis]);
		final int[] tile = new int[size.length];
		Arrays.fill(tile, 1);
		tile[axis] = length;
		final int across = axis == 0 ? 1 : 0;
		if (size.length > 1) tile[across] = (int) Math.min(COLUMNS, size[across]);
		final double[] rest = zeroPhase ? steadyState() : new double[a.length];
		TiledLoop.run(size, tile, monitor, () -> {
			final SampleReader<T> reader = new SampleReader<>(source, Border.ZERO);
			final SampleWriter<R> writer = new SampleWriter<>(target);
			final RowBlock block = new RowBlock();
			final double[] line = new double[length];
			return (min, extent) -> {
				reader.read(min, extent, block);
				if (axis == 0) for (int r = 0; r < block.rowCount(); r++)
					filterRow(block.rows[r], line, rest);
				else for (int x = 0; x < extent[0]; x++)
					filterColumn(block, x, line, rest);
				writer.write(block, 1, extent, min);
			};
		});
	}

	private void filterRow(final float[] row, final double[] line, final double[] rest) {
		for (int i = 0; i < line.length; i++)
			line[i] = row[i];
		filter(line, rest);
		for (int i = 0; i < line.length; i++)
			row[i] = (float) line[i];
	}

	/** A tile spans the axis and x only, so its rows are the samples of the axis. */
	private void filterColumn(final RowBlock block, final int x, final double[] line, final double[] rest) {
		for (int i = 0; i < line.length; i++)
			line[i] = block.rows[i][x];
		filter(line, rest);
		for (int i = 0; i < line.length; i++)
			block.rows[i][x] = (float) line[i];
	}

	private void filter(final double[] line, final double[] rest) {
		if (!zeroPhase) {
			run(line, new double[a.length]);
			return;
		}
		final int n = line.length, pad = Math.min(3 * a.length, n - 1);
		final double[] wide = new double[n + 2 * pad];
		System.arraycopy(line, 0, wide, pad, n);
		for (int i = 1; i <= pad; i++) {
			wide[pad - i] = 2 * line[0] - line[i];
			wide[pad + n - 1 + i] = 2 * line[n - 1] - line[n - 1 - i];
		}
		for (int direction = 0; direction < 2; direction++) {
			final double[] state = rest.clone();
			for (int i = 0; i < state.length - 1; i++)
				state[i] *= wide[0];
			run(wide, state);
			reverse(wide);
		}
		System.arraycopy(wide, pad, line, 0, n);
	}

	/** Transposed direct form II, in place. */
	private void run(final double[] line, final double[] state) {
		final int order = a.length - 1;
		for (int i = 0; i < line.length; i++) {
			final double x = line[i], y = b[0] * x + state[0];
			for (int k = 0; k < feedback; k++)
				state[k] = b[k + 1] * x - a[k + 1] * y + state[k + 1];
			// Not even 0 times NaN is fed back where there is no feedback.
			for (int k = feedback; k < order; k++)
				state[k] = b[k + 1] * x + state[k + 1];
			line[i] = y;
		}
	}

	private static void reverse(final double[] line) {
		for (int i = 0, j = line.length - 1; i < j; i++, j--) {
			final double t = line[i];
			line[i] = line[j];
			line[j] = t;
		}
	}

	/** The state in which a constant input of 1 has always been applied; 0 if the filter has no such state. */
	private double[] steadyState() {
		final double[] state = new double[a.length];
		final double sumA = Arrays.stream(a).sum(), sumB = Arrays.stream(b).sum();
		if (Math.abs(sumA) < 1e-12) return state;
		final double gain = sumB / sumA;
		for (int k = a.length - 2; k >= 0; k--)
			state[k] = b[k + 1] - a[k + 1] * gain + state[k + 1];
		return state;
	}
}
