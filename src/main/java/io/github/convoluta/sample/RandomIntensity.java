package io.github.convoluta.sample;

import java.util.Random;

import io.github.convoluta.engine.Batch;

/**
 * Changes brightness and contrast, adds noise, and blurs. Meant for normalised samples, whose values spread over about 1.
 *
 * @param gain largest relative change of contrast
 * @param offset largest change of brightness
 * @param gamma largest change of the exponent: 0.2 goes from 1/1.2 to 1.2
 * @param noise largest standard deviation of noise
 * @param blur chance of a blur by 1 2 1 along every axis
 */
public record RandomIntensity(double gain, double offset, double gamma, double noise, double blur) implements Augmentation {

	/** Numbers that suit most images. */
	public static RandomIntensity usual() {
		return new RandomIntensity(0.2, 0.1, 0.2, 0.1, 0.1);
	}

	@Override
	public Batch apply(final Batch batch, final Random random) {
		final float[] values = batch.input().clone();
		final int channels = batch.size() * (int) batch.shape()[1], volume = values.length / channels;
		for (int c = 0; c < channels; c++) {
			final int start = c * volume;
			float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
			for (int i = start; i < start + volume; i++) {
				min = Math.min(min, values[i]);
				max = Math.max(max, values[i]);
			}
			final float range = max - min;
			final double exponent = Math.pow(1 + gamma, 2 * random.nextDouble() - 1);
			final float factor = (float) (1 + gain * (2 * random.nextDouble() - 1)), shift = (float) (offset * (2 * random
				.nextDouble() - 1)), spread = (float) (noise * random.nextDouble());
			if (range > 0) for (int i = start; i < start + volume; i++)
				values[i] = ((float) Math.pow((values[i] - min) / range, exponent) * range + min) * factor + shift;
			if (random.nextDouble() < blur) blur(values, start, batch.shape());
			if (spread > 0) for (int i = start; i < start + volume; i++)
				values[i] += spread * (float) random.nextGaussian();
		}
		return new Batch(values, batch.shape(), batch.target());
	}

	/** 1 2 1 along every axis, the edge repeated. */
	private static void blur(final float[] values, final int start, final long[] shape) {
		int volume = 1, step = 1;
		for (int d = 2; d < shape.length; d++)
			volume *= (int) shape[d];
		for (int d = shape.length - 1; d >= 2; d--) {
			final int extent = (int) shape[d];
			for (int first = start; first < start + volume; first++) {
				if ((first - start) / step % extent != 0) continue;
				float before = values[first];
				for (int k = 0; k < extent; k++) {
					final int i = first + k * step;
					final float here = values[i], after = k + 1 < extent ? values[i + step] : here;
					values[i] = 0.25f * before + 0.5f * here + 0.25f * after;
					before = here;
				}
			}
			step *= extent;
		}
	}
}
