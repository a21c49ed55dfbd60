package io.github.convoluta.network;

import java.util.Arrays;
import java.util.Random;

/**
 * How an array's first numbers are drawn: normally distributed, or all the same.
 *
 * @param mean their mean
 * @param deviation their standard deviation; 0 makes them all the mean
 */
public record Initialization(double mean, double deviation) {

	public static final Initialization ZERO = new Initialization(0, 0);
	public static final Initialization ONE = new Initialization(1, 0);

	/**
	 * {@return the variance {@code 2 / fanIn}, which keeps that of values through rectified layers (He et al. 2015)}
	 *
	 * @param fanIn inputs of one sum
	 */
	public static Initialization he(final long fanIn) {
		return new Initialization(0, Math.sqrt(2.0 / fanIn));
	}

	/**
	 * {@return the so many numbers; the same state of {@code random} gives the same ones}
	 *
	 * @param count how many
	 * @param random where they come from
	 */
	public float[] numbers(final int count, final Random random) {
		final float[] numbers = new float[count];
		if (deviation == 0) Arrays.fill(numbers, (float) mean);
		else for (int i = 0; i < count; i++)
			numbers[i] = (float) (mean + random.nextGaussian() * deviation);
		return numbers;
	}
}
