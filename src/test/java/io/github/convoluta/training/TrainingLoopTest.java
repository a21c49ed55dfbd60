package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.Augmentation;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.RandomTransform;
import io.github.convoluta.sample.Split;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLoopTest {

	/** Noise with a bump at a place that tells the class. */
	private static ClassifiedArrays bumps(final int n, final int classes, final long seed) {
		final Random random = new Random(seed);
		final List<float[]> values = new ArrayList<>();
		final int[] labels = new int[n];
		for (int i = 0; i < n; i++) {
			labels[i] = i % classes;
			final float[] v = new float[24];
			for (int x = 0; x < 24; x++)
				v[x] = (float) (0.3 * random.nextGaussian() + 2 * Math.exp(-Math.pow((x - 4 - 6 * labels[i]) / 2.0, 2)));
			values.add(v);
		}
		return new ClassifiedArrays(new Shape(List.of(24), 1), values, labels);
	}

	private static TrainingLoop.Result train(final ClassifiedArrays data, final int epochs,
		final TrainingLoop.Listener listener)
	{
		return TrainingLoop.run(new TorchEngine(), Architectures.create("mlp width=16 depth=1", 1, 1, 3), data, Split.stratified(
			data, 0.25, 1), TrainingSettings.usual(epochs, 8, 0.01, 3), listener, 24);
	}

	@Test
	void learnsAndRepeatsItselfForTheSameSeed() {
		final ClassifiedArrays data = bumps(96, 3, 1);
		final TrainingLoop.Result one = train(data, 8, new TrainingLoop.Listener() {});
		final List<History.Epoch> epochs = one.history().epochs();
		assertEquals(8, epochs.size());
		assertTrue(epochs.get(7).accuracy() > 0.95, one.history().toCsv());
		assertTrue(epochs.get(7).trainingLoss() < 0.5 * epochs.get(0).trainingLoss(), one.history().toCsv());
		final TrainingLoop.Result two = train(data, 8, new TrainingLoop.Listener() {});
		assertEquals(one.history(), two.history());
		for (int i = 0; i < one.weights().arrays().size(); i++)
			assertArrayEquals(one.weights().arrays().get(i), two.weights().arrays().get(i));
	}

	@Test
	void theListenerEndsTrainingWithinAStepAndWhatWasLearntIsKept() {
		final List<Double> losses = new ArrayList<>();
		final TrainingLoop.Result result = train(bumps(96, 3, 1), 100, new TrainingLoop.Listener() {

			@Override
			public boolean step(final double progress, final double loss) {
				losses.add(loss);
				return losses.size() < 30;
			}
		});
		assertTrue(result.cancelled());
		assertEquals(30, losses.size());
		assertEquals(3, result.history().epochs().size());
		assertTrue(result.weights().arrays().stream().flatMapToInt(a -> IntStream.range(0, a.length).filter(i -> !Float.isFinite(
			a[i]))).findAny().isEmpty());
	}

	@Test
	@Timeout(60)
	void aLongStepIsNotWaitedFor() {
		final CountDownLatch release = new CountDownLatch(1);
		final TrainingLoop.Result result = train(bumps(96, 3, 1), 100, new TrainingLoop.Listener() {

			private volatile int steps;

			@Override
			public boolean step(final double progress, final double loss) {
				if (++steps == 15) try {
					release.await();
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
				return true;
			}

			@Override
			public boolean goesOn() {
				return steps < 15;
			}
		});
		release.countDown();
		assertTrue(result.cancelled());
		assertEquals(1, result.history().epochs().size());
	}

	@Test
	void validationEndsWithTheTraining() {
		final TrainingLoop.Result result = train(bumps(96, 3, 1), 100, new TrainingLoop.Listener() {

			private volatile double progress;

			@Override
			public boolean step(final double progress, final double loss) {
				this.progress = progress;
				return true;
			}

			@Override
			public boolean goesOn() {
				return progress < 0.03 - 1e-9;
			}
		});
		assertTrue(result.cancelled());
		assertEquals(2, result.history().epochs().size());
	}

	@Test
	void trainingEndsEarlyAndKeepsTheBestEpoch() {
		final Random random = new Random(1);
		final List<float[]> noise = new ArrayList<>();
		for (int i = 0; i < 60; i++)
			noise.add(new float[] { random.nextFloat(), random.nextFloat() });
		final ClassifiedArrays data = new ClassifiedArrays(Shape.parse("2x1"), noise, IntStream.range(0, 60).map(i -> i % 2)
			.toArray());
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), Architectures.create("mlp width=64 depth=2", 1, 1,
			2), data, Split.stratified(data, 0.3, 1), new TrainingSettings(200, 8, 0.02, new Schedule.Constant(),
				new TrainingMethod(Loss.crossEntropy(), Optimizer.adam()), Augmentation.NONE, 5, 1), new TrainingLoop.Listener()
		{}, 2);
		final List<History.Epoch> epochs = result.history().epochs();
		assertTrue(epochs.size() < 200);
		final int best = IntStream.range(0, epochs.size()).boxed().min((a, b) -> Double.compare(epochs.get(a).validationLoss(),
			epochs.get(b).validationLoss())).orElseThrow();
		assertEquals(epochs.size() - 1 - 5, best);
	}

	@Test
	void tooLargeARateIsNamed() {
		final ClassifiedArrays data = bumps(96, 3, 1);
		final String message = assertThrows(IllegalArgumentException.class, () -> TrainingLoop.run(new TorchEngine(),
			Architectures.create("mlp width=16 depth=3", 1, 1, 3), data, Split.stratified(data, 0, 1), new TrainingSettings(50, 8,
				1e12, new Schedule.Constant(), new TrainingMethod(Loss.crossEntropy(), new Optimizer.Sgd(0.9, 0)), Augmentation.NONE,
				0, 1), new TrainingLoop.Listener()
			{}, 24)).getMessage();
		assertTrue(message.contains("smaller learning rate than 1.0E12"), message);
	}

	@Test
	void splitsKeepTheSharesOfTheClasses() {
		final int[] classes = IntStream.range(0, 1000).map(i -> i % 10 == 0 ? 1 : 0).toArray();
		final ClassifiedArrays data = new ClassifiedArrays(Shape.parse("1x1"), IntStream.range(0, 1000).mapToObj(
			i -> new float[1]).toList(), classes);
		final Split<int[]> split = Split.stratified(data, 0.2, 5);
		assertEquals(200, split.validation().length);
		assertEquals(20, IntStream.of(split.validation()).filter(i -> classes[i] == 1).count());
		assertEquals(1000, IntStream.concat(IntStream.of(split.training()), IntStream.of(split.validation())).distinct()
			.count());
		assertArrayEquals(split.training(), Split.stratified(data, 0.2, 5).training());
	}

	@Test
	void historiesAreTablesInWhateverLocale() {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			assertEquals(
				"epoch,training_loss,validation_loss,accuracy,dice,learning_rate\n1,0.500000,NaN,0.250000,0.125000,0.00100000\n",
				new History(List.of(new History.Epoch(1, 0.5, Double.NaN, 0.25, 0.125, 1e-3))).toCsv());
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void plateausLowerTheRate() {
		final Schedule schedule = new Schedule.Plateau(2, 0.1);
		final double[] losses = { 5, 4, 4.5, 4.2, 3, 3.1, 3.2, 3.3, 3.4 };
		final double[] factors = { 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001 };
		final List<History.Epoch> epochs = new ArrayList<>();
		for (int i = 0; i < losses.length; i++) {
			epochs.add(new History.Epoch(i + 1, 0, losses[i], 0, 0, 0));
			assertEquals(factors[i], schedule.factor(0.5, 10, epochs), 1e-12, "after epoch " + (i + 1));
		}
	}

	@Test
	void schedulesBeginAndEndAsTheyShould() {
		assertEquals(1, new Schedule.Cosine().factor(0, 10, List.of()));
		assertEquals(0.5, new Schedule.Cosine().factor(0.5, 10, List.of()), 1e-12);
		assertEquals(0.25, new Schedule.Step(3, 0.5).factor(0.65, 10, List.of()), 1e-12);
		assertEquals(0.04, new Schedule.OneCycle().factor(0, 10, List.of()), 1e-12);
		assertEquals(1, new Schedule.OneCycle().factor(0.3, 10, List.of()), 1e-12);
		assertTrue(new Schedule.OneCycle().factor(0.999, 10, List.of()) < 1e-3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "onecycle", "cosine", "constant", "step 10 0.1", "step 3 0.5", "plateau 5 0.1",
		"plateau 2 0.25" })
	void schedulesAreReadAsTheyAreWritten(final String text) {
		assertEquals(text, Schedule.parse(text).text());
		assertEquals(text, Schedule.parse("  " + text.toUpperCase(Locale.ROOT).replace(" ", "  ")).text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "none", "cosine 3 0.1", "step 0 0.1", "step 3 1", "step 3", "step 3 0", "plateau 2 5",
		"step x 0.1", "step 9999999 0.1", "step 3 1e-1" })
	void schedulesThatAreNoneAreNamed(final String text) {
		assertThrows(IllegalArgumentException.class, () -> Schedule.parse(text));
	}

	/** Without validation nothing tells of a plateau. */
	@Test
	void withoutValidationThereIsNoPlateau() {
		assertEquals(1, new Schedule.Plateau(1, 0.1).factor(0.5, 10, IntStream.range(0, 9).mapToObj(i -> new History.Epoch(i + 1,
			1, Double.NaN, 0, 0, 0)).toList()));
		assertEquals(new Schedule.Step(10, 0.1), Schedule.parse("step"));
		assertEquals(new Schedule.Plateau(5, 0.1), Schedule.parse("plateau"));
	}

	@Test
	void measuresOfAConfusionMatrix() {
		final ConfusionMatrix m = new ConfusionMatrix(2);
		for (int i = 0; i < 10; i++)
			m.add(i < 4 ? 1 : 0, i < 3 || i == 9 ? 1 : 0);
		m.add(Target.IGNORED, 1);
		assertEquals(0.8, m.accuracy(), 1e-12);
		assertEquals(0.75, m.precision(1), 1e-12);
		assertEquals(0.75, m.recall(1), 1e-12);
		assertEquals(0.75, m.dice(1), 1e-12);
		assertEquals(0.6, m.iou(1), 1e-12);
	}

	private static Path data(final String name) {
		final Path file = Path.of(System.getProperty("convoluta.data", "../shared/data"), name);
		Assumptions.assumeTrue(Files.exists(file), "skipped: there is no " + file);
		return file;
	}

	private static ClassifiedArrays digits(final String set, final int n) throws IOException {
		final List<float[]> images = new ArrayList<>();
		final int[] labels = new int[n];
		try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(data("digits/" + set +
			"-images-idx3-ubyte.gz")))); DataInputStream in2 = new DataInputStream(new GZIPInputStream(Files.newInputStream(data(
				"digits/" + set + "-labels-idx1-ubyte.gz")))))
		{
			in.readNBytes(16);
			in2.readNBytes(8);
			for (int i = 0; i < n; i++) {
				final byte[] bytes = in.readNBytes(784);
				final float[] v = new float[784];
				for (int k = 0; k < 784; k++)
					v[k] = (bytes[k] & 0xff) / 255f;
				images.add(v);
				labels[i] = in2.readUnsignedByte();
			}
		}
		return new ClassifiedArrays(new Shape(List.of(28, 28), 1), images, labels);
	}

	private static double accuracy(final Network network, final Weights weights, final ClassifiedArrays data) {
		final ConfusionMatrix m = new ConfusionMatrix(data.classCount());
		try (Inference torch = new TorchEngine().load(network, weights)) {
			for (int i = 0; i < data.size(); i += 100) {
				final Batch b = data.batch(IntStream.range(i, Math.min(data.size(), i + 100)).toArray());
				final float[] p = torch.predict(b.input(), b.shape());
				final int classes = p.length / b.size();
				for (int s = 0; s < b.size(); s++) {
					int best = 0;
					for (int c = 1; c < classes; c++)
						if (p[s * classes + c] > p[s * classes + best]) best = c;
					m.add(((Target.Classes) b.target()).numbers()[s], best);
				}
			}
		}
		return m.accuracy();
	}

	@Test
	void handwrittenDigits() throws IOException {
		final ClassifiedArrays training = digits("train", 10_000), test = digits("t10k", 2_000);
		final Network network = ArchitectureCode.parse("C32k5BRPC64k3BRC64k3BRPO30D128RO30F", 2, 1, 10);
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), network, training, Split.stratified(training, 0,
			1), TrainingSettings.usual(15, 50, 2e-3, 1).with(new RandomTransform(new VoxelGeometry(List.of(1.0, 1.0), false), 0,
				0.9, 10, 0.1, 0.07, 0)).with(new TrainingMethod(Loss.crossEntropy(), Optimizer.adam(), 0, new TorchEngine()
					.precision(PrecisionChoice.AUTOMATIC, Purpose.TRAINING, Device.CPU), Device.CPU)), new TrainingLoop.Listener()
		{}, 28, 28);
		final double accuracy = accuracy(network, result.weights(), test);
		System.out.println("digits: test accuracy " + accuracy);
		assertTrue(accuracy >= 0.985, accuracy + "\n" + result.history().toCsv());
	}

	@Test
	void gunOrPoint() throws IOException {
		final ClassifiedArrays training = signals("signals/GunPoint_TRAIN.tsv"), test = signals("signals/GunPoint_TEST.tsv");
		final Network network = Architectures.create("timeseries width=32", 1, 1, 2);
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), network, training, Split.stratified(training, 0,
			1), TrainingSettings.usual(100, 10, 3e-3, 1), new TrainingLoop.Listener()
		{}, 150);
		final double accuracy = accuracy(network, result.weights(), test);
		System.out.println("GunPoint: test accuracy " + accuracy);
		assertTrue(accuracy >= 0.95, accuracy + "\n" + result.history().toCsv());
	}

	private static ClassifiedArrays signals(final String name) throws IOException {
		final List<float[]> values = new ArrayList<>();
		final List<Integer> labels = new ArrayList<>();
		for (final String line : Files.readAllLines(data(name))) {
			final String[] t = line.strip().split("\\s+");
			labels.add((int) Double.parseDouble(t[0]) - 1);
			final float[] v = new float[t.length - 1];
			for (int i = 0; i < v.length; i++)
				v[i] = Float.parseFloat(t[i + 1]);
			values.add(v);
		}
		return new ClassifiedArrays(new Shape(List.of(150), 1), values, labels.stream().mapToInt(l -> l).toArray());
	}
}
