package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Normalisations that get so few values that these have no variance. */
class SmallBatchesTest {

	private static ClassifiedArrays noise(final int n, final int... extents) {
		final Random random = new Random(1);
		final List<float[]> values = new ArrayList<>();
		final Shape shape = new Shape(IntStream.of(extents).boxed().toList(), 1);
		for (int i = 0; i < n; i++) {
			final float[] v = new float[(int) shape.count()];
			for (int k = 0; k < v.length; k++)
				v[k] = (float) random.nextGaussian() + i % 2;
			values.add(v);
		}
		return new ClassifiedArrays(shape, values, IntStream.range(0, n).map(i -> i % 2).toArray());
	}

	/** Counts how often each sample is read for training, and in how large batches. */
	private record Counted(ClassifiedArrays samples, int[] seen, List<Integer> sizes) implements Samples {

		@Override
		public int size() {
			return samples.size();
		}

		@Override
		public int classOf(final int index) {
			return samples.classOf(index);
		}

		@Override
		public synchronized Batch batch(final int... indices) {
			for (final int i : indices)
				seen[i]++;
			sizes.add(indices.length);
			return samples.batch(indices);
		}
	}

	@ParameterizedTest
	@CsvSource({ "D8BRF, 10, 3", "D8BRF, 7, 2", "D8BRF, 3, 2", "D8BRF, 65, 64", "FD8BRF, 9, 4" })
	void noBatchOfOneWhereANormNeedsMore(final String code, final int samples, final int batch) {
		final Network network = ArchitectureCode.parse(code, 1, 1, 2);
		final Counted training = new Counted(noise(samples, 6), new int[samples], new ArrayList<>());
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), network, training, noise(5, 6), TrainingSettings
			.usual(4, batch, 0.01, 1), Checkpoints.NONE, new TrainingLoop.Listener()
		{}, 6);
		assertTrue(training.sizes.stream().allMatch(s -> s >= 2 && s <= batch + 1), training.sizes.toString());
		assertArrayEquals(IntStream.range(0, samples).map(i -> 4).toArray(), training.seen, "every sample once an epoch");
		result.weights().requireUsable();
		for (final History.Epoch e : result.history().epochs())
			assertTrue(Double.isFinite(e.trainingLoss()) && Double.isFinite(e.validationLoss()), result.history().toCsv());
	}

	@Test
	void aLastBatchOfOneStaysWhereItDoesNoHarm() {
		final Counted training = new Counted(noise(10, 6), new int[10], new ArrayList<>());
		TrainingLoop.run(new TorchEngine(), ArchitectureCode.parse("C4BRD8F", 1, 1, 2), training, noise(5, 6), TrainingSettings
			.usual(1, 3, 0.01, 1), Checkpoints.NONE, new TrainingLoop.Listener()
		{}, 6).weights().requireUsable();
		assertEquals(List.of(1, 3, 3, 3), training.sizes.stream().sorted().toList());
	}

	private static String refusal(final Network network, final int samples, final int batch, final int... extents) {
		final ClassifiedArrays data = noise(samples, extents);
		return assertThrows(IllegalArgumentException.class, () -> TrainingLoop.run(new TorchEngine(), network, data, Split
			.stratified(data, 0, 1), TrainingSettings.usual(1, batch, 0.01, 1), new TrainingLoop.Listener()
		{}, extents)).getMessage();
	}

	@Test
	void whatHasNoVarianceIsRefusedBeforeTraining() {
		final Network resnet = Architectures.create("resnet18 width=2", 2, 1, 2);
		assertTrue(refusal(resnet, 1, 4, 32, 32).contains("a single value per channel"), refusal(resnet, 1, 4, 32, 32));
		assertTrue(refusal(resnet, 1, 4, 32, 32).contains("Give more samples than 1"), refusal(resnet, 1, 4, 32, 32));
		assertTrue(refusal(resnet, 5, 1, 32, 32).contains("Use a larger batch than 1"), refusal(resnet, 5, 1, 32, 32));
		assertEquals(2, BatchSize.least(resnet, 32, 32));
		assertEquals(1, BatchSize.least(resnet, 64, 64));
		assertEquals(1, BatchSize.least(Architectures.create("resnet18 width=2", 2, 1, 2), 64, 32));
	}

	@Test
	void aNormOverOneValueIsRefusedWhateverTheBatch() {
		final Network instance = Architectures.create("unet depth=2 width=4 norm=instance", 2, 1, 2);
		assertTrue(refusal(instance, 8, 4, 4, 4).contains("gets a single value for each mean"), refusal(instance, 8, 4, 4, 4));
		assertEquals(1, BatchSize.least(instance, 8, 8));
		assertEquals(1, BatchSize.least(Architectures.create("unet depth=2 width=4 norm=none", 2, 1, 2), 4, 4));
	}

	/** A prediction of one sample uses what was learnt of all. */
	@Test
	void validationMayEndWithASingleSample() {
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), ArchitectureCode.parse("D8BRF", 1, 1, 2), noise(8,
			6), noise(5, 6), TrainingSettings.usual(2, 4, 0.01, 1), Checkpoints.NONE, new TrainingLoop.Listener()
		{}, 6);
		assertEquals(5, IntStream.range(0, 2).mapToLong(t -> result.validation().matrix().count(t, 0) + result.validation()
			.matrix().count(t, 1)).sum());
	}

	/** Validation samples without numbers end a training with the reason. */
	@Test
	void aValidationThatIsNoNumberStops() {
		final ClassifiedArrays broken = noise(4, 6);
		broken.values().get(2)[3] = Float.NaN;
		final String message = assertThrows(IllegalArgumentException.class, () -> TrainingLoop.run(new TorchEngine(),
			ArchitectureCode.parse("D8RF", 1, 1, 2), noise(8, 6), broken, TrainingSettings.usual(2, 4, 0.01, 1), Checkpoints.NONE,
			new TrainingLoop.Listener()
			{}, 6)).getMessage();
		assertTrue(message.contains("kept apart became NaN"), message);
	}
}
