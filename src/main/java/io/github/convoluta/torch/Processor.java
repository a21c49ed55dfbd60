package io.github.convoluta.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;

/** What this machine's processor does well, found by measuring once. */
public final class Processor {

	/** Extent of the pictures to measure with. */
	private static final int SIZE = 96;

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

	/** Instructions that networks profit from, where the system tells them: such as {@code avx2, avx512f, avx512_bf16}. */
	public static String instructions() {
		final Path file = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(file)) return System.getProperty("os.arch");
		try {
			final Set<String> flags = Files.readAllLines(file).stream().filter(l -> l.startsWith("flags") || l.startsWith("Features"))
				.findFirst().map(l -> Set.of(l.substring(l.indexOf(':') + 1).strip().split("\\s+"))).orElse(Set.of());
			return Stream.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16", "sve").filter(flags::contains).collect(
				Collectors.joining(", "));
		}
		catch (final IOException e) {
			return System.getProperty("os.arch");
		}
	}

	private static double measure() {
		final Network network = NetworkBuilder.network("measure", 2, 64).convolution(64, 3, LayerPadding.SAME, Activation.RELU)
			.convolution(64, 3, LayerPadding.SAME, Activation.RELU).convolution(64, 3, LayerPadding.SAME, Activation.RELU).build();
		final Weights weights = Weights.random(Parameter.of(network, SIZE, SIZE), 1);
		final float[] input = new float[64 * SIZE * SIZE];
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
				torch.predict(input, 1, 64, SIZE, SIZE);
				least = Math.min(least, System.nanoTime() - start);
			}
			return least;
		}
	}
}
