package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.evaluation.AreaUnderCurve;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.sample.Augmentation;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.ImagePatches;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.SampleDigest;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.ConstantUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

	@TempDir
	Path folder;

	/** Batch normalisation and dropout: both have a state of their own. */
	private static final Network NETWORK = NetworkBuilder.network("checked", 2, 1).convolution(4, 3, LayerPadding.SAME,
		Activation.LINEAR).batchNormalization().activation(Activation.RELU).dropout(0.3).convolution(2, 3, LayerPadding.SAME,
			Activation.SOFTMAX).build();

	private static Samples patches(final long seed) {
		final float[] values = new float[1600], labels = new float[1600];
		final Random random = new Random(2);
		for (int i = 0; i < 1600; i++) {
			labels[i] = i / 40 % 10 < 5 ? 0 : 1;
			values[i] = labels[i] + (float) random.nextGaussian();
		}
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(values, 40, 40, 1), ArrayImgs.floats(labels, 40, 40));
		return ImagePatches.of(LabelIndex.of(List.of(image), new ClassValues(List.of(0, 1), false), Monitor.NONE), new int[] {
			16, 16 }, new Normalization.PerImage(new Normalization.Method.None()), 24, seed, Monitor.NONE);
	}

	private static TrainingLoop.Result train(final Optimizer optimizer, final Checkpoints checkpoints, final int stopAfter,
		final long seed)
	{
		final int[] steps = new int[1];
		final TrainingSettings settings = TrainingSettings.usual(5, 4, 0.01, seed).with(new TrainingMethod(Loss.crossEntropy(),
			optimizer)).with(Augmentation.forSegmentation(new VoxelGeometry(List.of(1.0, 1.0), false)));
		return TrainingLoop.run(new TorchEngine(), NETWORK, patches(1), patches(2), settings, checkpoints,
			new TrainingLoop.Listener()
			{

				@Override
				public boolean step(final double progress, final double loss) {
					return ++steps[0] < stopAfter;
				}
			}, 16, 16);
	}

	@Test
	void aTrainingThatWasStoppedAndResumedIsOneThatWasNot() {
		for (final Optimizer optimizer : new Optimizer[] { Optimizer.adam(), Optimizer.rmsProp(), new Optimizer.Sgd(0.9, 0) }) {
			final TrainingLoop.Result whole = train(optimizer, Checkpoints.NONE, Integer.MAX_VALUE, 3);
			final Path kept = folder.resolve(optimizer.getClass().getSimpleName());
			// Stopped in the middle of the third epoch.
			assertTrue(train(optimizer, Checkpoints.in(kept, true), 15, 3).cancelled());
			final TrainingLoop.Result resumed = train(optimizer, Checkpoints.in(kept, true), Integer.MAX_VALUE, 3);
			assertEquals(whole.history(), resumed.history());
			for (int i = 0; i < whole.weights().arrays().size(); i++)
				assertArrayEquals(whole.weights().arrays().get(i), resumed.weights().arrays().get(i));
		}
	}

	@Test
	void whoListensToAResumedTrainingHearsOfItsEarlierEpochsFirst() {
		final History earlier = train(Optimizer.adam(), Checkpoints.in(folder, false), 15, 3).history();
		assertEquals(2, earlier.epochs().size());
		final List<Object> heard = new ArrayList<>();
		final TrainingSettings settings = TrainingSettings.usual(5, 4, 0.01, 3).with(new TrainingMethod(Loss.crossEntropy(),
			Optimizer.adam())).with(Augmentation.forSegmentation(new VoxelGeometry(List.of(1.0, 1.0), false)));
		TrainingLoop.run(new TorchEngine(), NETWORK, patches(1), patches(2), settings, Checkpoints.in(folder, true),
			new TrainingLoop.Listener()
			{

				@Override
				public void resumed(final History history) {
					heard.add(history);
				}

				@Override
				public boolean step(final double progress, final double loss) {
					heard.add(progress);
					return false;
				}
			}, 16, 16);
		// Two of five epochs, and the first of the third's six steps.
		assertEquals(earlier, heard.get(0));
		assertEquals((2 + 1 / 6.0) / 5, (double) heard.get(1), 1e-12);
		assertEquals(2, heard.size());
	}

	@Test
	void foreignAndDamagedCheckpointsAreRefused() throws IOException {
		train(Optimizer.adam(), Checkpoints.in(folder, false), 7, 3);
		assertTrue(Files.exists(folder.resolve("last.checkpoint")) && Files.exists(folder.resolve("best.checkpoint")));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> train(Optimizer.adam(), Checkpoints.in(folder, true), 9,
			4)).getMessage().contains("belongs to another training"));
		final Path last = folder.resolve("last.checkpoint");
		final byte[] bytes = Files.readAllBytes(last);
		Files.write(last, Arrays.copyOf(bytes, bytes.length / 2));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> train(Optimizer.adam(), Checkpoints.in(folder, true), 9,
			3)).getMessage().contains("Delete it to begin anew"));
		Checkpoints.in(folder, false).delete();
		assertFalse(Files.exists(folder));
	}

	private static final float[] PICTURE = new float[1024], TRUTH = new float[1024];

	static {
		final Random random = new Random(4);
		for (int i = 0; i < 1024; i++) {
			TRUTH[i] = i / 8 % 2;
			PICTURE[i] = 50 * TRUTH[i] + random.nextInt(20);
		}
	}

	private Checkpoints kept(final boolean resumes) {
		return Checkpoints.in(folder.resolve("kept"), resumes);
	}

	private static TrainingPlan plan(final int epochs, final int batch, final double rate, final boolean augmentation,
		final long seed)
	{
		return TrainingPlan.USUAL.epochs(epochs).batch(batch).steps(2).learningRate(rate).augmentation(augmentation).validation(
			0.25).seed(seed);
	}

	/** A training of two epochs' state, of which {@code stopAfter} steps are done. */
	private static ModelTraining.Outcome learn(final Checkpoints checkpoints, final int stopAfter, final int patch,
		final Normalization.Method method, final boolean perImage, final TrainingPlan plan, final float[] image,
		final float[] labels, final String network)
	{
		final int[] steps = new int[1];
		return ModelTraining.of(new TorchEngine(), Architectures.create(network, 2, 1, 2), patch, patch).normalization(method,
			perImage).plan(plan).checkpoints(checkpoints).listener(new TrainingLoop.Listener()
		{

				@Override
				public boolean step(final double progress, final double loss) {
					return ++steps[0] < stopAfter;
				}
			}).segmentation(LabelIndex.of(List.of(new LabelledImage(ArrayImgs.floats(image, 32, 32, 1), ArrayImgs.floats(labels,
				32, 32))), new ClassValues(List.of(0, 1), false), Monitor.NONE));
	}

	private static ModelTraining.Outcome learn(final Checkpoints checkpoints, final int stopAfter, final int epochs) {
		return learn(checkpoints, stopAfter, 16, new Normalization.Method.ZeroMean(), false, plan(epochs, 2, 0.01, true, 1),
			PICTURE, TRUTH, "unet depth=1 width=2");
	}

	private void assertRefused(final String expected, final int patch, final Normalization.Method method,
		final boolean perImage, final TrainingPlan plan, final float[] image, final float[] labels, final String network)
	{
		final String message = assertThrows(IllegalArgumentException.class, () -> learn(kept(true), 99, patch, method, perImage,
			plan, image, labels, network)).getMessage();
		assertTrue(message.contains("belongs to another training") && message.contains(expected), message);
	}

	@Test
	void onlyTheSameTrainingIsGoneOnWith() throws IOException {
		assertTrue(learn(kept(false), 3, 3).result().cancelled());
		final Path last = folder.resolve("kept/last.checkpoint");
		final byte[] before = Files.readAllBytes(last);
		final Normalization.Method usual = new Normalization.Method.ZeroMean();
		final TrainingPlan same = plan(3, 2, 0.01, true, 1);
		final String network = "unet depth=1 width=2";
		final float[] image = PICTURE.clone(), labels = TRUTH.clone();
		image[17] += 1;
		labels[20] = 1 - labels[20];
		assertRefused("patch was 16x16 and is 8x8", 8, usual, false, same, PICTURE, TRUTH, network);
		assertRefused("normalization was zeromean and is none", 16, new Normalization.Method.None(), false, same, PICTURE, TRUTH,
			network);
		assertRefused("normalization was zeromean and is zeromean per image", 16, usual, true, same, PICTURE, TRUTH, network);
		assertRefused("the values learnt from are not the same", 16, usual, false, same, image, TRUTH, network);
		assertRefused("the values learnt from are not the same", 16, usual, false, same, PICTURE, labels, network);
		assertRefused("batch was 2 and is 4", 16, usual, false, plan(3, 4, 0.01, true, 1), PICTURE, TRUTH, network);
		assertRefused("learningrate was 0.01 and is 0.02", 16, usual, false, plan(3, 2, 0.02, true, 1), PICTURE, TRUTH, network);
		assertRefused("augmentation was true and is false", 16, usual, false, plan(3, 2, 0.01, false, 1), PICTURE, TRUTH,
			network);
		assertRefused("schedule was onecycle and is step 2 0.5", 16, usual, false, same.schedule(new Schedule.Step(2, 0.5)),
			PICTURE, TRUTH, network);
		assertRefused("loss was dice+ce and is focal", 16, usual, false, same.loss(Loss.named("focal")), PICTURE, TRUTH,
			network);
		assertRefused("loss was dice+ce and is dice+ce with class weights", 16, usual, false, same.balanced(true), PICTURE,
			TRUTH, network);
		assertRefused("optimizer was adam and is adamw with weight decay 0.01", 16, usual, false, same.optimizer(Optimizer
			.adamW()), PICTURE, TRUTH, network);
		assertRefused("patience was 0 and is 4", 16, usual, false, same.patience(4), PICTURE, TRUTH, network);
		assertRefused("seed was 1 and is 2", 16, usual, false, plan(3, 2, 0.01, true, 2), PICTURE, TRUTH, network);
		assertRefused("network was \"unet depth=1 width=2\" and is \"unet depth=1 width=3\"", 16, usual, false, same, PICTURE,
			TRUTH, "unet depth=1 width=3");
		assertArrayEquals(before, Files.readAllBytes(last), "what is refused is not touched");
		// An automatic batch is that of before, and there may be more epochs.
		final ModelTraining.Outcome longer = learn(kept(true), 99, 16, usual, false, plan(5, 0, 0.01, true, 1), PICTURE, TRUTH,
			network);
		assertEquals(5, longer.result().history().epochs().size());
	}

	@Test
	void epochsMayBeMoreButNotFewerThanDone() {
		learn(kept(false), 5, 3);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> learn(kept(true), 99, 1)).getMessage().contains(
			"has had 2 epochs already, but epochs=1 was given"));
		final ModelTraining.Outcome same = learn(kept(true), 99, 2);
		assertEquals(2, same.result().history().epochs().size());
		assertFalse(same.result().cancelled());
		// One epoch less would have been another course of the learning rate.
		final List<Double> rates = learn(kept(true), 99, 6).result().history().epochs().stream().map(History.Epoch::learningRate)
			.toList();
		assertEquals(new Schedule.OneCycle().factor((5 + 0.5) / 6, 6, List.of()) * 0.01, rates.get(5), 1e-12);
	}

	@Test
	void checkpointsOfTheFirstFormatAreRefused() throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Files.createDirectory(folder.resolve("kept"))
			.resolve("last.checkpoint"))))
		{
			zip.putNextEntry(new ZipEntry("training.json"));
			zip.write("{\"format\":1,\"seed\":1,\"steps\":3.0,\"hasBest\":true,\"epochs\":[]}".getBytes(StandardCharsets.UTF_8));
		}
		final String message = assertThrows(IllegalArgumentException.class, () -> learn(kept(true), 99, 2)).getMessage();
		assertTrue(message.contains("written by an earlier version") && message.contains("Delete it to begin anew"), message);
		assertEquals(2, learn(kept(false), 99, 2).result().history().epochs().size());
	}

	@Test
	void leftoversAndForeignFilesDoNotStopATraining() throws IOException {
		final Path kept = Files.createDirectory(folder.resolve("kept"));
		for (final String name : new String[] { "last.checkpoint.part", "convoluta-1.part" })
			Files.write(kept.resolve(name), new byte[10]);
		assertEquals(Optional.empty(), kept(false).prepare());
		assertEquals(List.of(), names(kept));
		Files.write(kept.resolve("last.checkpoint.part"), new byte[10]);
		learn(kept(false), 99, 1);
		kept(false).delete();
		assertFalse(Files.exists(kept));
		learn(kept(false), 99, 1);
		Files.writeString(kept.resolve("notes.txt"), "mine");
		kept(false).delete();
		assertEquals(List.of("notes.txt"), names(kept));
		kept(false).delete();
		final Path file = Files.writeString(folder.resolve("file"), "");
		assertThrows(IllegalArgumentException.class, () -> Checkpoints.in(file, false).prepare());
	}

	private static List<String> names(final Path of) throws IOException {
		try (Stream<Path> files = Files.list(of)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void whatIsKeptIsToldAndSurvivesANewTraining() throws IOException {
		final Path kept = folder.resolve("kept");
		assertTrue(kept(true).prepare().orElseThrow().contains("There is no unfinished training"));
		final Checkpoints first = kept(false);
		assertEquals(Optional.empty(), first.advice());
		learn(first, 5, 3);
		final String advice = first.advice().orElseThrow();
		assertTrue(advice.contains("in 2 epochs is kept in " + kept) && advice.contains("resume=true"), advice);
		assertEquals(Optional.empty(), kept(true).prepare());
		final Checkpoints second = kept(false);
		final String told = second.prepare().orElseThrow();
		assertTrue(told.contains("An unfinished training of 2 epochs is in " + kept.resolve("last.checkpoint")) && told.contains(
			"resume=true"), told);
		assertThrows(CancellationException.class, () -> learn(second, 1, 3));
		assertEquals(3, learn(kept(true), 3, 4).result().history().epochs().size(),
			"a training without an epoch has changed nothing");
		learn(second, 3, 3);
		assertTrue(names(kept).contains("previous.checkpoint"));
		Files.delete(kept.resolve("last.checkpoint"));
		assertEquals(4, learn(kept(true), 99, 4).result().history().epochs().size());
		kept(true).delete();
		assertFalse(Files.exists(kept));
	}

	@Test
	void withoutAnEpochThereIsNothingToKeep() {
		final String message = assertThrows(CancellationException.class, () -> learn(kept(false), 1, 3)).getMessage();
		assertTrue(message.contains("before its first epoch was done") && message.contains("nothing is written"), message);
		assertFalse(Files.exists(folder.resolve("kept")));
	}

	@Test
	void digestsOfLargeDataAreOfSpreadRows() {
		final float[] values = new float[1 << 10];
		final String before = SampleDigest.of(List.of(ArrayImgs.floats(values, 64, 16)));
		values[1023] = 1;
		assertNotEquals(before, SampleDigest.of(List.of(ArrayImgs.floats(values, 64, 16))));
		final int[] read = new int[1];
		final RandomAccessibleInterval<FloatType> counted = Converters.convert(ConstantUtils.constantRandomAccessibleInterval(
			new FloatType(3), new FinalInterval(1000, 1000, 400)), (in, out) -> {
				read[0]++;
				out.set(in);
			}, new FloatType());
		assertEquals(64, SampleDigest.of(List.of(counted)).length());
		assertTrue(read[0] > 1 << 23 && read[0] <= 1 << 24, read[0] + " values");
	}

	/** Batches are made while the engine computes: it waits only for the first ones of an epoch. */
	@Test
	void batchesComeInOrderWhateverTheThreads() {
		try (BatchQueue queue = new BatchQueue(i -> {
			try {
				Thread.sleep(new Random(i).nextInt(5));
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			return new Batch(new float[] { i }, new long[] { 1, 1, 1 }, new Target.Classes(new long[] { i }, new long[] { 1 }));
		}, 40)) {
			for (int i = 0; i < 40; i++)
				assertEquals(i, queue.take().input()[0]);
		}
		assertEquals("no batch", assertThrows(IllegalStateException.class, () -> {
			try (BatchQueue queue = new BatchQueue(i -> {
				throw new IllegalStateException("no batch");
			}, 1)) {
				queue.take();
			}
		}).getMessage());
	}

	@Test
	void architecturesWithoutAFullResultAreNamed() {
		final ModelTraining training = ModelTraining.of(new TorchEngine(), Architectures.create("cnn depth=1 width=4", 2, 1, 2),
			16, 16);
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(20, 20, 1), ArrayImgs.floats(20, 20));
		final String message = assertThrows(IllegalArgumentException.class, () -> training.segmentation(LabelIndex.of(List.of(
			image), new ClassValues(List.of(0, 1), false), Monitor.NONE))).getMessage();
		assertTrue(message.contains("Use a network such as unet"), message);
	}

	@Test
	void areaUnderTheCurveIsTheChanceOfTheRightOrder() {
		final Random random = new Random(1);
		final double[] scores = new double[200];
		final boolean[] members = new boolean[200];
		for (int i = 0; i < 200; i++) {
			members[i] = random.nextInt(3) == 0;
			scores[i] = random.nextInt(20) + (members[i] ? 4 : 0);
		}
		double right = 0, pairs = 0;
		for (int i = 0; i < 200; i++)
			for (int k = 0; k < 200; k++)
				if (members[i] && !members[k]) {
					pairs++;
					right += scores[i] > scores[k] ? 1 : scores[i] == scores[k] ? 0.5 : 0;
				}
		assertEquals(right / pairs, AreaUnderCurve.of(scores, members), 1e-12);
		assertEquals(1, AreaUnderCurve.of(new double[] { 1, 2 }, new boolean[] { false, true }));
		assertTrue(Double.isNaN(AreaUnderCurve.of(new double[] { 1, 2 }, new boolean[] { true, true })));
		assertEquals(0.5, AreaUnderCurve.of(new double[] { 0.0, -0.0 }, new boolean[] { false, true }), "zeros are ties");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> AreaUnderCurve.of(new double[] { 1, Double.NaN },
			new boolean[] { false, true })).getMessage().contains("score 2 of 2 is NaN"));
	}
}
