package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.model.Normalization;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.torch.Loss;
import io.github.convoluta.torch.Optimizer;
import io.github.convoluta.torch.TorchTrainer;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

	@TempDir
	Path folder;

	/** Batch normalisation and dropout: both have a state of their own. */
	private static final Network NETWORK = NetworkBuilder.network("checked", 2, 1).convolution(4, 3, LayerPadding.SAME, Activation.LINEAR)
		.batchNormalization().activation(Activation.RELU).dropout(0.3).convolution(2, 3, LayerPadding.SAME, Activation.SOFTMAX).build();

	private static Samples patches(final long seed) {
		final float[] values = new float[1600], labels = new float[1600];
		final Random random = new Random(2);
		for (int i = 0; i < 1600; i++) {
			labels[i] = i / 40 % 10 < 5 ? 0 : 1;
			values[i] = labels[i] + (float) random.nextGaussian();
		}
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(values, 40, 40, 1), ArrayImgs.floats(labels, 40, 40));
		return ImagePatches.of(List.of(image), new ClassValues(List.of(0, 1), false), new int[] { 16, 16 }, new Normalization.PerImage(
			new Normalization.Method.None()), 24, seed);
	}

	private static TrainingLoop.Result train(final Optimizer optimizer, final Checkpoints checkpoints, final int stopAfter, final long seed) {
		final int[] steps = new int[1];
		final TrainingSettings settings = TrainingSettings.usual(5, 4, 0.01, seed).with(new TorchTrainer.Method(Loss.crossEntropy(),
			optimizer)).with(Augmentation.forSegmentation(new VoxelGeometry(List.of(1.0, 1.0), false)));
		return TrainingLoop.run(NETWORK, patches(1), patches(2), settings, checkpoints, new TrainingLoop.Listener() {

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
		final TrainingSettings settings = TrainingSettings.usual(5, 4, 0.01, 3).with(new TorchTrainer.Method(Loss.crossEntropy(),
			Optimizer.adam())).with(Augmentation.forSegmentation(new VoxelGeometry(List.of(1.0, 1.0), false)));
		TrainingLoop.run(NETWORK, patches(1), patches(2), settings, Checkpoints.in(folder, true), new TrainingLoop.Listener() {

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
		assertTrue(assertThrows(IllegalArgumentException.class, () -> train(Optimizer.adam(), Checkpoints.in(folder, true), 9, 4)).getMessage()
			.contains("belongs to another training"));
		final Path last = folder.resolve("last.checkpoint");
		final byte[] bytes = Files.readAllBytes(last);
		Files.write(last, Arrays.copyOf(bytes, bytes.length / 2));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> train(Optimizer.adam(), Checkpoints.in(folder, true), 9, 3)).getMessage()
			.contains("Delete it to begin anew"));
		Checkpoints.in(folder, false).delete();
		assertFalse(Files.exists(folder));
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
			return new Batch(new float[] { i }, new long[] { 1, 1, 1 }, new long[] { i }, new long[] { 1 });
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
		final ModelTraining training = new ModelTraining(Architectures.create("cnn depth=1 width=4", 2, 1, 2), "XY", new VoxelGeometry(List.of(
			1.0, 1.0), false), "px", new int[] { 16, 16 }, new Normalization.Method.ZeroMean(), false, null, Checkpoints.NONE, null);
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(20, 20, 1), ArrayImgs.floats(20, 20));
		final String message = assertThrows(IllegalArgumentException.class, () -> training.segmentation(List.of(image), new ClassValues(List.of(0,
			1), false))).getMessage();
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
		assertTrue(assertThrows(IllegalArgumentException.class, () -> AreaUnderCurve.of(new double[] { 1, Double.NaN }, new boolean[] {
			false, true })).getMessage().contains("score 2 of 2 is NaN"));
	}
}
