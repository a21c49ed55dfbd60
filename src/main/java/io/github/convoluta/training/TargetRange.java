package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.sample.Samples;
import net.imglib2.RandomAccessibleInterval;

/**
 * The range of values that are to be learnt. Networks learn numbers of mean 0 and variance 1 best, whatever the unit of
 * the target image; a last layer, which is not trained, then gives the network's results the target's range. So whoever
 * reads the model file gets values as they were given.
 *
 * @param numbers mean and standard deviation of the targets, one per channel
 */
record TargetRange(Normalization.Fixed numbers) {

	private static final String NAME = "range";

	/** @param targets values whose last axis is the channels */
	static TargetRange of(final List<? extends RandomAccessibleInterval<?>> targets, final Monitor monitor) {
		return new TargetRange(Normalization.measure(new Normalization.Method.ZeroMean(), targets, monitor));
	}

	/** The same samples with targets of mean 0 and variance 1. */
	Samples standardized(final Samples samples) {
		return new Standardized(samples, numbers);
	}

	private record Standardized(Samples samples, Normalization.Fixed numbers) implements Samples {

		@Override
		public int size() {
			return samples.size();
		}

		@Override
		public int classOf(final int index) {
			return samples.classOf(index);
		}

		@Override
		public Batch batch(final int... indices) {
			final Batch batch = samples.batch(indices);
			final Target.Values target = (Target.Values) batch.target();
			final float[] values = target.values().clone();
			final int each = values.length / indices.length;
			for (int i = 0; i < indices.length; i++)
				numbers.apply(values, i * each, each / numbers.scales().size());
			return new Batch(batch.input(), batch.shape(), new Target.Values(values, target.shape()));
		}

		@Override
		public Samples epoch(final int number) {
			return new Standardized(samples.epoch(number), numbers);
		}
	}

	/** A network that has learnt standardised values, with the layer that gives them their range. */
	Network restored(final Network network) {
		String name = NAME;
		while (isTaken(network, name))
			name += "1";
		final int channels = numbers.scales().size();
		final List<Integer> ones = Collections.nCopies(network.dimensions(), 1);
		return network.then(name, new ConvolutionLayer(channels, ones, ones, LayerPadding.SAME, ones, channels, true, 0,
			Activation.LINEAR));
	}

	private static boolean isTaken(final Network network, final String name) {
		return network.nodes().stream().anyMatch(n -> n.name().equals(name));
	}

	/**
	 * The weights of {@link #restored} with what the network has learnt.
	 *
	 * @param extents of a sample, x first
	 */
	Weights restored(final Network network, final Weights learnt, final int... extents) {
		final List<float[]> arrays = new ArrayList<>(learnt.arrays());
		arrays.add(floats(numbers.scales()));
		arrays.add(floats(numbers.offsets()));
		return new Weights(Parameter.of(restored(network), extents), arrays);
	}

	private static float[] floats(final List<Double> values) {
		final float[] result = new float[values.size()];
		for (int i = 0; i < result.length; i++)
			result[i] = values.get(i).floatValue();
		return result;
	}
}
