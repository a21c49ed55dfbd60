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

		/** Gets ready to do it again and again with a picture of this extent. */
		Step step(int size, Precision precision);
	}

	/** Something to take the time of. */
	interface Step extends AutoCloseable {

		/** Seconds that it takes now. */
		double seconds();

		@Override
		void close();
	}

	/** A picture that even emulated numbers are soon done with, and one that is large enough to tell by. */
	private static final int[] SIZES = { 16, 48 };
	/** What is this slow with the small picture is not measured with the large one. */
	private static final double HOPELESS = 0.4;
	/** Seconds after which a measurement is not repeated. */
	private static final double ENOUGH = 0.12;
	private static final int REPEATS = 12, CHANNELS = 64;

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
				ratio[0] = ratio(task, size);
				if (ratio[0] < HOPELESS) return;
			}
		});
		return new Gain(ability, ability.works() ? ratio[0] : 0);
	}

	/** Other programs disturb both alike if they take turns, and the least time of each is the one without disturbance. */
	private static double ratio(final Task task, final int size) {
		try (Step exact = task.step(size, Precision.FP32); Step rough = task.step(size, Precision.BF16)) {
			exact.seconds();
			rough.seconds();
			double leastExact = Double.MAX_VALUE, leastRough = Double.MAX_VALUE, spent = 0;
			for (int i = 0; i < REPEATS && spent < ENOUGH; i++) {
				final double e = exact.seconds(), r = rough.seconds();
				leastExact = Math.min(leastExact, e);
				leastRough = Math.min(leastRough, r);
				spent += e + r;
			}
			return leastExact / leastRough;
		}
	}

	/** The time of what can be done again and again. */
	private record Timed(Runnable work, Runnable end) implements Step {

		@Override
		public double seconds() {
			final long start = System.nanoTime();
			work.run();
			return (System.nanoTime() - start) * 1e-9;
		}

		@Override
		public void close() {
			end.run();
		}
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
		public Step step(final int size, final Precision precision) {
			final Network network = timed();
			final long[] shape = shape(network, size);
			final float[] input = input(shape);
			final Torch torch = Torch.load(network, weights(network, size), precision, Device.CPU, operators);
			return new Timed(() -> torch.predict(input, shape), torch::close);
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
		public Step step(final int size, final Precision precision) {
			final Network network = timed();
			final long[] shape = shape(network, size);
			final float[] input = input(shape);
			final TorchTrainer trainer = TorchTrainer.start(network, weights(network, size), method(new Loss.MeanSquaredError(),
				precision), operators);
			return new Timed(() -> trainer.step(input, shape, input, shape, 1e-3), trainer::close);
		}
	}
}
