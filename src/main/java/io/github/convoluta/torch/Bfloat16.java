package io.github.convoluta.torch;

import java.util.Arrays;
import java.util.Random;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Parameter;

/**
 * What 16 bits are good for on this machine. Processors differ in whether they have instructions for them, and some
 * compute predictions so but no gradients.
 *
 * @param prediction what predictions gain
 * @param training what training steps gain
 */
public record Bfloat16(Gain prediction, Gain training) {

	/**
	 * @param ability whether networks run with 16 bits
	 * @param speedup how many times faster than with 32 bits; 0 if they don't
	 */
	public record Gain(Ability ability, double speedup) {

		/** Whether {@code automatic} means bf16. */
		public boolean isFaster() {
			// Emulated bf16 is several times slower, native bf16 well over one and a half times faster.
			return speedup > 1.2;
		}

		static Gain none(final String reason) {
			return new Gain(Ability.no(reason), 0);
		}
	}

	/** Something that networks do. */
	interface Task {

		/** Does it with every kind of layer, once. */
		void run(Precision precision);

		/** Least seconds that it takes with a picture of this extent. */
		double seconds(int size, Precision precision);
	}

	/** A picture that even emulated numbers are soon done with, and one that is large enough to tell by. */
	private static final int[] SIZES = { 16, 48 };
	/** What is this slow with the small picture is not measured with the large one. */
	private static final double HOPELESS = 0.4;
	/** Nanoseconds after which a measurement is not repeated. */
	private static final long ENOUGH = 60_000_000;
	private static final int REPEATS = 8, CHANNELS = 64;

	static Bfloat16 none(final String reason) {
		return new Bfloat16(Gain.none(reason), Gain.none(reason));
	}

	/** Takes about half a second. */
	static Bfloat16 measure(final Operators operators) {
		return of(new Predicting(operators), new Training(operators));
	}

	/** What is thrown, by whichever task, means that this one can't be done with 16 bits. */
	static Bfloat16 of(final Task prediction, final Task training) {
		return new Bfloat16(gain(prediction), gain(training));
	}

	private static Gain gain(final Task task) {
		final double[] ratio = new double[1];
		final Ability ability = Ability.of(() -> {
			task.run(Precision.BF16);
			for (final int size : SIZES) {
				ratio[0] = task.seconds(size, Precision.FP32) / task.seconds(size, Precision.BF16);
				if (ratio[0] < HOPELESS) return;
			}
		});
		return new Gain(ability, ability.works() ? ratio[0] : 0);
	}

	private static double least(final Runnable work) {
		work.run();
		double least = Double.MAX_VALUE;
		final long begin = System.nanoTime();
		for (int i = 0; i < REPEATS && (i == 0 || System.nanoTime() - begin < ENOUGH); i++) {
			final long start = System.nanoTime();
			work.run();
			least = Math.min(least, System.nanoTime() - start);
		}
		return least * 1e-9;
	}

	private static Network timed() {
		return NetworkBuilder.network("measure", 2, CHANNELS).convolution(CHANNELS, 3, LayerPadding.SAME, Activation.RELU).convolution(
			CHANNELS, 3, LayerPadding.SAME, Activation.RELU).convolution(CHANNELS, 3, LayerPadding.SAME, Activation.RELU).build();
	}

	/** A network with convolutions, normalisation, pooling, transposed convolutions and, for signals, a dense layer. */
	private static Network varied(final int n) {
		return n == 1 ? Architectures.create("cnn depth=1 width=4", n, 2, 2) : Architectures.create("unet depth=1 width=4", n, 2, 2);
	}

	private static Weights weights(final Network network, final int size) {
		final int[] extents = new int[network.dimensions()];
		Arrays.fill(extents, size);
		return Weights.random(Parameter.of(network, extents), 1);
	}

	private static long[] shape(final Network network, final int size) {
		final long[] shape = new long[network.dimensions() + 2];
		Arrays.fill(shape, size);
		shape[0] = 1;
		shape[1] = network.channels();
		return shape;
	}

	private static float[] input(final long[] shape) {
		final float[] input = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
		final Random random = new Random(1);
		for (int i = 0; i < input.length; i++)
			input[i] = random.nextFloat();
		return input;
	}

	private record Predicting(Operators operators) implements Task {

		@Override
		public void run(final Precision precision) {
			for (int n = 1; n <= 3; n++) {
				final Network network = varied(n);
				final long[] shape = shape(network, 8);
				try (Torch torch = Torch.load(network, weights(network, 8), precision, Device.CPU, operators)) {
					torch.predict(input(shape), shape);
				}
			}
		}

		@Override
		public double seconds(final int size, final Precision precision) {
			final Network network = timed();
			final long[] shape = shape(network, size);
			final float[] input = input(shape);
			try (Torch torch = Torch.load(network, weights(network, size), precision, Device.CPU, operators)) {
				return least(() -> torch.predict(input, shape));
			}
		}
	}

	private record Training(Operators operators) implements Task {

		private static TorchTrainer.Method method(final Loss loss, final Precision precision) {
			return new TorchTrainer.Method(loss, Optimizer.adam(), 1, precision, Device.CPU);
		}

		@Override
		public void run(final Precision precision) {
			for (int n = 1; n <= 3; n++) {
				final Network network = varied(n);
				final long[] shape = shape(network, 8), labels = n == 1 ? new long[] { 1 } : Arrays.copyOfRange(shape, 1, n + 2);
				labels[0] = 1;
				try (TorchTrainer trainer = TorchTrainer.start(network, weights(network, 8), method(new Loss.Dice(1), precision), operators)) {
					trainer.step(input(shape), shape, new long[(int) Arrays.stream(labels).reduce(1, (a, b) -> a * b)], labels, 1e-3);
				}
			}
		}

		@Override
		public double seconds(final int size, final Precision precision) {
			final Network network = timed();
			final long[] shape = shape(network, size);
			final float[] input = input(shape);
			try (TorchTrainer trainer = TorchTrainer.start(network, weights(network, size), method(new Loss.MeanSquaredError(),
				precision), operators))
			{
				return least(() -> trainer.step(input, shape, input, shape, 1e-3));
			}
		}
	}
}
