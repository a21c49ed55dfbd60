package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Task;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Citation;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Images that become others. */
class RegressionTest {

	private static final int N = 48;

	private static ModelTraining.Outcome train(final String network, final LabelledImage image, final List<String> names,
		final boolean augmentation)
	{
		return ModelTraining.of(new TorchEngine(), NetworkSource.resolve(network, 2, 1, names.size()), 16, 16).plan(
			TrainingPlan.USUAL.epochs(6).batch(8).steps(20).learningRate(0.05).augmentation(augmentation)).regression(List.of(
				image), names);
	}

	/** A line is learnt in whatever unit it is given, and by several channels in ranges of their own. */
	@Test
	void theLawIsLearntInTheRangeOfTheTarget() {
		final Random random = new Random(1);
		final float[] values = new float[N * N], targets = new float[2 * N * N];
		for (int i = 0; i < values.length; i++) {
			values[i] = random.nextInt(65536);
			targets[i] = 2 * values[i] + 3;
			targets[N * N + i] = (float) (7e-9 - 1e-13 * values[i]);
		}
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(values, N, N, 1), ArrayImgs.floats(targets, N, N, 2));
		final ModelTraining.Outcome outcome = train("C8RM", image, List.of("a", "b"), true);
		assertEquals(Task.REGRESSION, outcome.model().task());
		final float[] found = new float[2 * N * N];
		try (Predictor predictor = new Predictor(new TorchEngine(), outcome.model(), Precision.FP32, Device.CPU)) {
			predictor.values(image.image(), ArrayImgs.floats(found, N, N, 2), PredictionOptions.USUAL, Monitor.NONE);
		}
		final double[] spread = { 2 * 18918, 1e-13 * 18918 };
		for (int c = 0; c < 2; c++) {
			double square = 0;
			for (int i = c * N * N; i < (c + 1) * N * N; i++)
				square += Math.pow((found[i] - targets[i]) / spread[c], 2) / (N * N);
			assertTrue(square < 0.01, "channel " + c + ": " + square + "\n" + outcome.result().history().toCsv());
		}
	}

	/** The range is a layer like any other, so that files need no more than they have; it is not trained. */
	@Test
	void theRangeIsTheNetworksLastLayer() {
		final float[] values = new float[N * N], targets = new float[N * N];
		for (int i = 0; i < values.length; i++) {
			values[i] = i % N;
			targets[i] = i % 2 == 0 ? 1000 : 3000;
		}
		final ModelTraining.Outcome outcome = train("unet depth=1 width=4", new LabelledImage(ArrayImgs.floats(values, N, N, 1),
			ArrayImgs.floats(targets, N, N, 1)), List.of("a"), false);
		final Network network = outcome.model().network();
		final int last = network.nodes().size() - 1;
		assertEquals(1000, outcome.model().weights().array("range.weight")[0]);
		assertEquals(2000, outcome.model().weights().array("range.bias")[0]);
		assertEquals("range", network.nodes().get(last).name());
		assertEquals(Activation.LINEAR, ((ConvolutionLayer) network.nodes().get(last - 1).layer()).activation());
		assertEquals("Ronneberger et al. 2015", Citation.of(network, 1).orElseThrow().text());
	}

	@Test
	void aTargetOfOtherChannelsIsRefused() {
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(new float[N * N], N, N, 1), ArrayImgs.floats(new float[3 *
			N * N], N, N, 3));
		final String message = assertThrows(IllegalArgumentException.class, () -> train("C8RC2", image, List.of("r", "g", "b"),
			false)).getMessage();
		assertTrue(message.contains("has 2 results, but there are 3 channels of the target"), message);
	}
}
