package io.github.convoluta.filter;

import java.util.Arrays;

import io.github.convoluta.kernel.Kernel;

/**
 * Another algorithm, and what holds for numbers that it is not made for: a result is NaN where a NaN lies under its
 * window, taps of weight zero included; where an infinity does, it is what adding up the products gives; and finite
 * samples that would overflow on the way to a finite result don't. Blocks without such samples cost one look at them.
 *
 * @param fast computes everything else
 * @param geometry of the windows
 * @param margin by how much intermediate numbers of {@code fast} may exceed samples times weights
 */
record GuardedConvolution(Algorithm fast, WindowGeometry geometry, double margin) implements Algorithm {

	/** How far sums of products, axis by axis, may exceed the results. */
	private static final double SUMS = 1e6;
	/** The same for transforms there and back of up to 2^24 samples. */
	private static final double TRANSFORMS = 1e16;

	/** A guard of an algorithm that adds up products. */
	static Algorithm ofSums(final Algorithm fast, final WindowGeometry geometry) {
		return new GuardedConvolution(fast, geometry, SUMS);
	}

	/** A guard of an algorithm that transforms blocks. */
	static Algorithm ofTransforms(final Algorithm fast, final WindowGeometry geometry) {
		return new GuardedConvolution(fast, geometry, TRANSFORMS);
	}

	@Override
	public int[] tileSize() {
		return fast.tileSize();
	}

	@Override
	public double cost() {
		return fast.cost();
	}

	@Override
	public Run start() {
		return new Guard();
	}

	private final class Guard implements Run {

		private final Run run = fast.start();
		/** A finite sample times this overflows if it is too large for {@code fast}. */
		private final float gain = (float) Math.min(1e30, margin * Math.max(1, geometry.kernel().absoluteSum()));
		private final SampleMarks marks = new SampleMarks(geometry, Float.MAX_VALUE / gain);
		private final RowBlock changed = new RowBlock();
		private final RowBlock scaled = new RowBlock();
		/** 1 or -1 if all weights have this sign, otherwise 0. */
		private final int sign = commonSign(geometry.kernel());
		private float[] check = {};

		@Override
		public void compute(final RowBlock input, final int[] size, final RowBlock output) {
			if (isOrdinary(input)) run.compute(input, size, output);
			else computeMarked(input, size, output);
		}

		private boolean isOrdinary(final RowBlock input) {
			final int width = input.size[0], rows = input.rowCount();
			if (check.length < width) check = new float[width];
			Arrays.fill(check, 0, width, 0);
			int r = 0;
			for (; r + 4 <= rows; r += 4)
				RowArithmetic.addTraces(input.rows[r], input.rows[r + 1], input.rows[r + 2], input.rows[r + 3], gain, check, width);
			for (; r < rows; r++)
				RowArithmetic.addTraces(input.rows[r], gain, check, width);
			float sum = 0;
			for (int x = 0; x < width; x++)
				sum += check[x];
			return sum == 0;
		}

		private void computeMarked(final RowBlock input, final int[] size, final RowBlock output) {
			final float largest = marks.mark(input);
			copy(input, 1, false);
			run.compute(changed, size, output);
			if (largest > 0) {
				copy(input, 1 / Math.scalb(1f, Math.getExponent(largest)), true);
				run.compute(changed, size, scaled);
			}
			marks.spread(input);
			final double unit = largest > 0 ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
			final RowTaps taps = new RowTaps(geometry, input);
			final int[] position = new int[size.length];
			for (int r = 0; r < output.rowCount(); r++) {
				final int base = taps.base(position);
				final byte[] found = marks.window(base);
				if (found != null) for (int i = 0; i < size[0]; i++) {
					final int x = i * geometry.stride()[0];
					if (found[x] == 0) continue;
					output.rows[r][x] = (found[x] & SampleMarks.NAN) != 0 ? Float.NaN : (found[x] & SampleMarks.INFINITE) != 0
						? infinite(input, taps, base, x, found[x]) : (float) (scaled.rows[r][x] * unit);
				}
				SampleReader.advance(position, size);
			}
		}

		/** Without what is marked; or, with it as far as it is finite, everything multiplied by a power of two. */
		private void copy(final RowBlock input, final float factor, final boolean withLarge) {
			changed.resize(input.size);
			for (int r = 0; r < input.rowCount(); r++)
				if (marks.own(r) == null && factor == 1) System.arraycopy(input.rows[r], 0, changed.rows[r], 0, input.size[0]);
				else for (int x = 0; x < input.size[0]; x++) {
					final int mark = marks.own(r) == null ? 0 : marks.own(r)[x];
					changed.rows[r][x] = mark == 0 || withLarge && mark == SampleMarks.LARGE ? input.rows[r][x] * factor : 0;
				}
		}

		/** The sum over a window without NaN and with at least one infinity. */
		private float infinite(final RowBlock input, final RowTaps taps, final int base, final int x, final int found) {
			if ((found & SampleMarks.INFINITE) == SampleMarks.INFINITE && sign != 0) return Float.NaN;
			if (sign != 0) return sign > 0 == ((found & SampleMarks.PLUS) != 0) ? Float.POSITIVE_INFINITY
				: Float.NEGATIVE_INFINITY;
			final Kernel k = geometry.kernel();
			float sum = 0;
			for (int i = 0; i < taps.rowOffset.length; i++) {
				final int row = base + taps.rowOffset[i];
				if (!marks.hasInfinite(row)) continue;
				for (int u = 0; u < k.size(0); u++) {
					final float v = input.rows[row][x + u * geometry.dilation()[0]];
					if (Float.isInfinite(v)) sum += v * (float) k.valueAt(i * k.size(0) + u);
					if (Float.isNaN(sum)) return sum;
				}
			}
			return sum;
		}
	}

	private static int commonSign(final Kernel k) {
		final float first = Math.signum((float) k.valueAt(0));
		for (int i = 1; i < k.count(); i++)
			if (Math.signum((float) k.valueAt(i)) != first) return 0;
		return (int) first;
	}
}
