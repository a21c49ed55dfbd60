package io.github.convoluta.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.torch.TorchEngine;

/** Small models with random weights. {@link #main} writes the one that must open for ever. */
public final class ExampleModel {

	/** A picture of nothing. */
	static final byte[] COVER = { 1, 2, 3 };

	private ExampleModel() {}

	public static void main(final String... arguments) {
		ModelFile.write(segmentation(2, 2, "norm=batch"), COVER, Path.of(arguments[0]), new TorchEngine());
	}

	/** A U-Net of depth 2 whose running statistics are not the trivial ones. */
	public static TrainedModel segmentation(final int dimensions, final int channels, final String options) {
		final int[] patch = new int[dimensions];
		Arrays.fill(patch, 16);
		return of(Architectures.create("unet depth=2 width=4 " + options, dimensions, channels, 3), Task.SEGMENTATION, patch);
	}

	/** A model of random weights and three classes. */
	public static TrainedModel of(final Network network, final Task task, final int... patch) {
		final Random random = new Random(5);
		final Weights weights = Weights.random(Parameter.of(network, patch), 3);
		for (int i = 0; i < weights.arrays().size(); i++)
			if (weights.parameters().get(i).shape().size() == 1) for (int k = 0; k < weights.arrays().get(i).length; k++)
				weights.arrays().get(i)[k] += 0.3f * random.nextFloat();
		final float[] example = new float[Arrays.stream(patch).reduce(network.channels(), (a, b) -> a * b)];
		for (int i = 0; i < example.length; i++)
			example[i] = 100 + 20 * (float) random.nextGaussian();
		final List<Double> offsets = new ArrayList<>(), scales = new ArrayList<>(), size = new ArrayList<>();
		for (int c = 0; c < network.channels(); c++) {
			offsets.add(100.0 + c);
			scales.add(20.0);
		}
		for (int d = 0; d < patch.length; d++)
			size.add(0.5);
		return new TrainedModel(new TrainedModel.About("Example of a model", "Nothing in particular.", "2026-11-21T00:00:00Z"),
			network, weights, task, "XYZ".substring(0, patch.length), new Normalization.Fixed(offsets, scales), List.of("0",
				"nucleus", "Zelle \u00e4"), Arrays.stream(patch).boxed().toList(), size, "\u00b5m", example,
			"epoch,training_loss\n1,0.5\n");
	}
}
