package io.github.convoluta.torch;

import java.util.Random;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;

/** What this machine's processor does well, found by measuring once. */
public final class Processor {

	private Processor() {}

	/** Begins to exist when it is first asked for. */
	private static final class Measured {

		static final double SPEEDUP = measure();
	}

	/**
	 * How many times faster a small convolutional network runs with bf16 than with fp32 here. Takes about a quarter of a
	 * second the first time.
	 */
	public static double bfloat16Speedup() {
		return Measured.SPEEDUP;
	}

	/** Whether {@code automatic} means bf16 here. */
	public static boolean prefersBfloat16() {
		// Emulated bf16 is several times slower, native bf16 well over one and a half times faster.
		return bfloat16Speedup() > 1.2;
	}

	private static double measure() {
		final Network network = NetworkBuilder.network("measure", 2, 32).convolution(32, 3, LayerPadding.SAME, Activation.RELU)
			.convolution(32, 3, LayerPadding.SAME, Activation.RELU).convolution(32, 3, LayerPadding.SAME, Activation.RELU).build();
		final Weights weights = Weights.random(Parameter.of(network, 64, 64), 1);
		final float[] input = new float[32 * 64 * 64];
		final Random random = new Random(1);
		for (int i = 0; i < input.length; i++)
			input[i] = random.nextFloat();
		return time(network, weights, input, Precision.FP32) / time(network, weights, input, Precision.BF16);
	}

	private static double time(final Network network, final Weights weights, final float[] input,
		final Precision precision)
	{
		try (Torch torch = Torch.load(network, weights, precision, Device.CPU)) {
			double least = Double.MAX_VALUE;
			for (int i = 0; i < 8; i++) {
				final long start = System.nanoTime();
				torch.predict(input, 1, 32, 64, 64);
				least = Math.min(least, System.nanoTime() - start);
			}
			return least;
		}
	}
}
