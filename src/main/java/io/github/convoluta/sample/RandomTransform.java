package io.github.convoluta.sample;

import java.util.Random;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;

/**
 * Moves what samples show: flips, quarter turns, and sometimes a free rotation with a change of size, a shift and an
 * elastic deformation. Values are interpolated linearly, classes taken from the nearest pixel; what comes in from beyond
 * the sample is mirrored. Distances are physical: in anisotropic volumes rotations stay rotations, and quarter turns are
 * made only between axes of the same spacing. A transformation that moves all labels of a sparsely labelled sample out of
 * it is drawn again.
 *
 * @param geometry the axes
 * @param flips chance of a flip along each spatial axis, and of a quarter turn in each plane
 * @param chance of a free transformation, from 0 to 1
 * @param degrees largest angle of rotation
 * @param scale largest relative change of size, below 1
 * @param shift largest shift as a share of the extent
 * @param elastic typical size of local displacements in pixels of the first axis; 0 for none
 */
public record RandomTransform(VoxelGeometry geometry, double flips, double chance, double degrees, double scale,
	double shift, double elastic) implements Augmentation
{

	/** Points per axis that are displaced at random; in between displacements are interpolated. */
	private static final int GRID = 4;
	/** Transformations that are tried before a sample stays as it is. */
	private static final int TRIES = 20;

	@Override
	public Batch apply(final Batch batch, final Random random) {
		final int n = batch.shape().length - 2, samples = batch.size();
		final int[] extents = new int[n];
		for (int d = 0; d < n; d++)
			extents[d] = (int) batch.shape()[n + 1 - d];
		final float[] input = new float[batch.input().length];
		final boolean dense = batch.target().shape().length > 1;
		final Target target = !dense ? batch.target() : batch.target() instanceof final Target.Values v ? new Target.Values(
			new float[v.values().length], v.shape()) : new Target.Classes(new long[((Target.Classes) batch.target())
				.numbers().length], batch.target().shape());
		for (int s = 0; s < samples; s++) {
			Warp warp = warp(extents, random);
			if (dense && target instanceof final Target.Classes changed) {
				final long[] from = ((Target.Classes) batch.target()).numbers(), classes = changed.numbers();
				warp.classes(from, classes, s, samples);
				for (int t = 1; t <= TRIES && !isLabelled(classes, s, samples) && isLabelled(from, s, samples); t++) {
					warp = t < TRIES ? warp(extents, random) : new Warp(extents, identity(n), new double[n], null);
					warp.classes(from, classes, s, samples);
				}
			}
			else if (dense) warp.values(((Target.Values) batch.target()).values(), ((Target.Values) target).values(), s, samples);
			warp.values(batch.input(), input, s, samples);
		}
		return new Batch(input, batch.shape(), target);
	}

	/** Whether any pixel of a sample has a class. */
	private static boolean isLabelled(final long[] classes, final int sample, final int samples) {
		final int volume = classes.length / samples;
		for (int i = sample * volume; i < (sample + 1) * volume; i++)
			if (classes[i] != Target.IGNORED) return true;
		return false;
	}

	/** Where each pixel of a changed sample comes from. */
	private Warp warp(final int[] extents, final Random random) {
		final int n = extents.length;
		double[][] matrix = identity(n);
		for (int d = 0; d < n; d++)
			if (geometry.isSpace(d) && random.nextDouble() < flips) matrix[d][d] = -1;
		for (int d = 0; d < n; d++)
			for (int e = d + 1; e < n; e++)
				if (extents[d] == extents[e] && geometry.canSwap(d, e) && random.nextDouble() < flips) matrix = product(turn(n, d, e,
					0, 1), matrix);
		final double[] moved = new double[n];
		final double[][] displacement = new double[n][];
		if (random.nextDouble() < chance) {
			// Rotations are physical: into lengths, turned, and back into pixels.
			for (int d = 0; d < n; d++)
				for (int e = d + 1; e < n; e++)
					if (geometry.isSpace(d) && geometry.isSpace(e)) {
						// Turning thick slices over would show what no microscope sees.
						final double limit = geometry.canSwap(d, e) ? degrees : Math.min(degrees, 10);
						matrix = product(physical(rotation(n, d, e, limit * (2 * random.nextDouble() - 1))), matrix);
					}
			final double factor = 1 + scale * (2 * random.nextDouble() - 1);
			for (final double[] row : matrix)
				for (int e = 0; e < n; e++)
					row[e] *= factor;
			for (int d = 0; d < n; d++)
				moved[d] = shift * extents[d] * (2 * random.nextDouble() - 1);
			if (elastic > 0) for (int d = 0; d < n; d++) {
				displacement[d] = new double[(int) Math.pow(GRID, n)];
				final double size = geometry.isSpace(d) ? elastic * geometry.spacing().get(0) / geometry.spacing().get(d) : 0;
				for (int i = 0; i < displacement[d].length; i++)
					displacement[d][i] = size * random.nextGaussian();
			}
		}
		return new Warp(extents, matrix, moved, elastic > 0 && displacement[0] != null ? displacement : null);
	}

	private double[][] physical(final double[][] rotation) {
		final int n = rotation.length;
		final double[][] result = new double[n][n];
		for (int d = 0; d < n; d++)
			for (int e = 0; e < n; e++)
				result[d][e] = rotation[d][e] * geometry.spacing().get(e) / geometry.spacing().get(d);
		return result;
	}

	private static double[][] identity(final int n) {
		final double[][] m = new double[n][n];
		for (int d = 0; d < n; d++)
			m[d][d] = 1;
		return m;
	}

	private static double[][] rotation(final int n, final int d, final int e, final double degrees) {
		return turn(n, d, e, Math.cos(Math.toRadians(degrees)), Math.sin(Math.toRadians(degrees)));
	}

	private static double[][] turn(final int n, final int d, final int e, final double cosine, final double sine) {
		final double[][] m = identity(n);
		m[d][d] = m[e][e] = cosine;
		m[d][e] = -sine;
		m[e][d] = sine;
		return m;
	}

	private static double[][] product(final double[][] a, final double[][] b) {
		final int n = a.length;
		final double[][] c = new double[n][n];
		for (int i = 0; i < n; i++)
			for (int k = 0; k < n; k++)
				for (int j = 0; j < n; j++)
					c[i][j] += a[i][k] * b[k][j];
		return c;
	}

	/** Source positions of all pixels of a sample, and sampling there. */
	private static final class Warp {

		private final int n, volume;
		private final int[] extents, steps;
		/** For each axis, the source coordinate of each pixel. */
		private final float[][] source;

		Warp(final int[] extents, final double[][] matrix, final double[] moved, final double[][] displacement) {
			this.extents = extents;
			n = extents.length;
			steps = new int[n];
			int count = 1;
			for (int d = 0; d < n; d++) {
				steps[d] = count;
				count *= extents[d];
			}
			volume = count;
			source = new float[n][volume];
			final int[] at = new int[n];
			for (int i = 0; i < volume; i++) {
				for (int d = 0; d < n; d++) {
					double v = (extents[d] - 1) / 2.0 + moved[d];
					for (int e = 0; e < n; e++)
						v += matrix[d][e] * (at[e] - (extents[e] - 1) / 2.0);
					source[d][i] = (float) v;
				}
				if (displacement != null) for (int d = 0; d < n; d++)
					source[d][i] += (float) displaced(displacement[d], at);
				for (int d = 0; d < n && ++at[d] == extents[d]; d++)
					at[d] = 0;
			}
		}

		/** A displacement between the grid's points. */
		private double displaced(final double[] grid, final int[] at) {
			double sum = 0;
			for (int corner = 0; corner < 1 << n; corner++) {
				double weight = 1;
				int index = 0, step = 1;
				for (int d = 0; d < n; d++) {
					final double place = (double) at[d] / Math.max(1, extents[d] - 1) * (GRID - 1);
					final int below = Math.min(GRID - 2, (int) place);
					final boolean upper = (corner >> d & 1) == 1;
					weight *= upper ? place - below : 1 - (place - below);
					index += (below + (upper ? 1 : 0)) * step;
					step *= GRID;
				}
				sum += weight * grid[index];
			}
			return sum;
		}

		private static int mirrored(final int i, final int extent) {
			if (i >= 0 && i < extent) return i;
			final int m = Math.floorMod(i, 2 * extent);
			return m < extent ? m : 2 * extent - 1 - m;
		}

		void values(final float[] from, final float[] to, final int sample, final int samples) {
			final int channels = from.length / samples / volume, start = sample * channels * volume;
			final int[] corners = new int[1 << n];
			final float[] weights = new float[1 << n];
			for (int i = 0; i < volume; i++) {
				corners[0] = 0;
				weights[0] = 1;
				for (int d = 0, filled = 1; d < n; d++, filled *= 2) {
					final float v = source[d][i];
					final int below = (int) Math.floor(v);
					final float share = v - below;
					final int low = mirrored(below, extents[d]) * steps[d], high = mirrored(below + 1, extents[d]) * steps[d];
					for (int c = 0; c < filled; c++) {
						corners[filled + c] = corners[c] + high;
						weights[filled + c] = weights[c] * share;
						corners[c] += low;
						weights[c] *= 1 - share;
					}
				}
				for (int c = 0; c < channels; c++) {
					final int offset = start + c * volume;
					float sum = 0;
					for (int k = 0; k < corners.length; k++)
						// A weight of 0 must not bring in what is no number.
						if (weights[k] != 0) sum += weights[k] * from[offset + corners[k]];
					to[offset + i] = sum;
				}
			}
		}

		void classes(final long[] from, final long[] to, final int sample, final int samples) {
			final int start = sample * (from.length / samples);
			for (int i = 0; i < volume; i++) {
				int index = start;
				for (int d = 0; d < n; d++)
					index += mirrored(Math.round(source[d][i]), extents[d]) * steps[d];
				to[start + i] = from[index];
			}
		}
	}
}
