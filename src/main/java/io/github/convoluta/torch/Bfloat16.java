package io.github.convoluta.torch;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
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
record Bfloat16(Gain prediction, Gain training) {

	/**
	 * @param ability whether networks run with 16 bits
	 * @param speedup how many times faster than with 32 bits; 0 if they don't
	 */
	public record Gain(Ability ability, double speedup) {

		/** Whether {@code automatic} means bf16. */
		public boolean isFaster() {
			return speedup > FASTER;
		}

		static Gain none(final String reason) {
			return new Gain(Ability.no(reason), 0);
		}
	}

	/** Something that networks do. */
	interface Workload {

		/** Does it with every kind of layer for signals, planes or volumes, once. */
		void run(int dimensions, Precision precision);

		/** Gets ready to do it again and again with a picture. */
		Step ready(Precision precision);
	}

	/** Something to take the time of. */
	interface Step extends AutoCloseable {

		/** Seconds that it takes now with a picture of this extent. */
		double seconds(int size);

		@Override
		void close();
	}

	/** A picture that even emulated numbers are soon done with, and one that is large enough to tell by. */
	private static final int SMALL = 16, LARGE = 48;
	/** Seconds after which only the least is done that tells something, however slow the machine is at the moment. */
	private static final double BUDGET = 0.8;
	/** What is this slow with the small picture is not measured with the large one. */
	private static final double HOPELESS = 0.4;
	/** Emulated bf16 is several times slower, native bf16 well over one and a half times faster. */
	private static final double FASTER = 1.2;
	/** Seconds after which a measurement is not repeated. */
	private static final double ENOUGH = 0.12;
	private static final int LEAST = 5, REPEATS = 12, CHANNELS = 64, PLANES = 2;
	private static final int[] FURTHER = { 3, 1 };

	static Bfloat16 none(final String reason) {
		return new Bfloat16(Gain.none(reason), Gain.none(reason));
	}

	/**
	 * Takes about half a second. Where other programs take the processor, after {@value #BUDGET} seconds only a few steps
	 * with the small picture and a trial are done for each purpose.
	 */
	static Bfloat16 measure(final Operators operators) {
		return of(new Predictions(operators), new TrainingSteps(operators), () -> System.nanoTime() * 1e-9);
	}

	/**
	 * What is thrown, by whichever workload, means that this one can't be done with 16 bits. When the time is used up, what was
	 * measured by then decides.
	 *
	 * @param clock tells seconds
	 */
	static Bfloat16 of(final Workload prediction, final Workload training, final DoubleSupplier clock) {
		final double start = clock.getAsDouble();
		final Gain predicting = gain(prediction, clock, start + BUDGET / 2);
		return new Bfloat16(predicting, gain(training, clock, start + BUDGET));
	}

	private static Gain gain(final Workload workload, final DoubleSupplier clock, final double end) {
		final double[] speedup = { 0 };
		final Ability ability = Ability.of(() -> {
			speedup[0] = speedup(workload, clock, end);
			workload.run(PLANES, Precision.BF16);
			// Who gets 16 bits without asking for them must be safe; the others are told as far as there is time.
			for (final int dimensions : FURTHER)
				if (speedup[0] > FASTER || clock.getAsDouble() < end) workload.run(dimensions, Precision.BF16);
		});
		return new Gain(ability, ability.works() ? speedup[0] : 0);
	}

	/** Other programs disturb both alike if they take turns, and the least time of each is the one without disturbance. */
	private static double speedup(final Workload workload, final DoubleSupplier clock, final double end) {
		try (Step exact = workload.ready(Precision.FP32); Step rough = workload.ready(Precision.BF16)) {
			final Times small = times(exact, rough, SMALL, clock, end);
			// At least as many steps, and those that don't count, must fit into what is left.
			final double least = (1 + LEAST) * (small.exact() + small.rough()) * LARGE * LARGE / (SMALL * SMALL);
			return small.speedup() < HOPELESS || clock.getAsDouble() + least > end ? small.speedup() : times(exact, rough, LARGE,
				clock, end).speedup();
		}
	}

	private static Times times(final Step exact, final Step rough, final int size, final DoubleSupplier clock,
		final double end)
	{
		exact.seconds(size);
		rough.seconds(size);
		double leastExact = Double.MAX_VALUE, leastRough = Double.MAX_VALUE, spent = 0;
		for (int i = 0; i < LEAST || i < REPEATS && spent < ENOUGH && clock.getAsDouble() < end; i++) {
			final double e = exact.seconds(size), r = rough.seconds(size);
			leastExact = Math.min(leastExact, e);
			leastRough = Math.min(leastRough, r);
			spent += e + r;
		}
		return new Times(leastExact, leastRough);
	}

	/** Seconds of a step. */
	private record Times(double exact, double rough) {

		double speedup() {
			return exact / rough;
		}
	}

	/** The time of what can be done again and again. */
	private record Timed(IntConsumer work, Runnable end) implements Step {

		@Override
		public double seconds(final int size) {
			final long start = System.nanoTime();
			work.accept(size);
			return (System.nanoTime() - start) * 1e-9;
		}

		@Override
		public void close() {
			end.run();
		}
	}

	private static Network timed() {
		return NetworkBuilder.network("measure", 2, CHANNELS).convolution(CHANNELS, 3, LayerPadding.SAME, Activation.RELU)
			.convolution(CHANNELS, 3, LayerPadding.SAME, Activation.RELU).convolution(CHANNELS, 3, LayerPadding.SAME,
				Activation.RELU).build();
	}

	/** A network with convolutions, normalisation, pooling, transposed convolutions and, for signals, a dense layer. */
	private static Network varied(final int n) {
		return n == 1 ? Architectures.create("cnn depth=1 width=4", n, 2, 2) : Architectures.create("unet depth=1 width=4", n, 2,
			2);
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

	/** Copied, because new random numbers would take as long as the steps. */
	private static float[] picture(final float[] numbers, final int size) {
		return Arrays.copyOf(numbers, CHANNELS * size * size);
	}

	private static float[] input(final long[] shape) {
		final float[] input = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
		final Random random = new Random(1);
		for (int i = 0; i < input.length; i++)
			input[i] = random.nextFloat();
		return input;
	}

	private record Predictions(Operators operators) implements Workload {

		@Override
		public void run(final int dimensions, final Precision precision) {
			final Network network = varied(dimensions);
			final long[] shape = shape(network, 8);
			try (Inference torch = TorchInference.load(network, weights(network, 8), precision, Device.CPU, operators)) {
				torch.predict(input(shape), shape);
			}
		}

		@Override
		public Step ready(final Precision precision) {
			final Network network = timed();
			final Inference torch = TorchInference.load(network, weights(network, SMALL), precision, Device.CPU, operators);
			final float[] numbers = input(shape(network, LARGE));
			return new Timed(size -> torch.predict(picture(numbers, size), shape(network, size)), torch::close);
		}
	}

	private record TrainingSteps(Operators operators) implements Workload {

		private static TrainingMethod method(final Loss loss, final Precision precision) {
			return new TrainingMethod(loss, Optimizer.adam(), 1, precision, Device.CPU);
		}

		@Override
		public void run(final int dimensions, final Precision precision) {
			final Network network = varied(dimensions);
			final long[] shape = shape(network, 8), labels = dimensions == 1 ? new long[] { 1 } : Arrays.copyOfRange(shape, 1,
				dimensions + 2);
			labels[0] = 1;
			try (Trainer trainer = TorchTrainer.start(network, weights(network, 8), method(new Loss.Dice(1), precision),
				operators))
			{
				trainer.step(new Batch(input(shape), shape, new Target.Classes(new long[(int) Arrays.stream(labels).reduce(1, (a,
					b) -> a * b)], labels)), 1e-3);
			}
		}

		@Override
		public Step ready(final Precision precision) {
			final Network network = timed();
			final Trainer trainer = TorchTrainer.start(network, weights(network, SMALL), method(new Loss.MeanSquaredError(),
				precision), operators);
			final float[] numbers = input(shape(network, LARGE));
			return new Timed(size -> {
				final long[] shape = shape(network, size);
				final float[] input = picture(numbers, size);
				trainer.step(new Batch(input, shape, new Target.Values(input, shape)), 1e-3);
			}, trainer::close);
		}
	}
}
