package io.github.convoluta.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.DenseLayer;
import io.github.convoluta.network.DropoutLayer;
import io.github.convoluta.network.FlattenLayer;
import io.github.convoluta.network.GlobalPoolingLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Network;

/**
 * Networks in plain Java, slow and short: chains of 1-wide convolutions, dense layers, activations, global average pooling
 * and flattening. Arrays are {@code [sample, channel, position]}.
 */
final class PlainNetwork {

	private final Network network;
	private final Weights weights;

	/** What a layer gives: before its activation, and behind it. */
	record Stage(float[] sums, float[] results, int channels, int positions) {}

	/** Gradients by the input and the result of each layer, and by each of the weights' arrays. */
	record Slopes(List<float[]> stages, List<float[]> arrays) {}

	PlainNetwork(final Network network, final Weights weights) {
		this.network = network;
		this.weights = weights;
		for (int i = 0; i < network.nodes().size(); i++) {
			final Network.Node node = network.nodes().get(i);
			final Layer layer = node.layer();
			final boolean last = i == network.nodes().size() - 1;
			final boolean known = layer instanceof final ConvolutionLayer c ? c.groups() == 1 && c.size().stream().allMatch(
				s -> s == 1) && c.stride().stream().allMatch(s -> s == 1) : layer instanceof DenseLayer ||
					layer instanceof ActivationLayer || layer instanceof DropoutLayer || layer instanceof FlattenLayer ||
					layer instanceof final GlobalPoolingLayer p && !p.max();
			if (!known || !node.inputs().equals(List.of(i - 1)) || !last && layer.activation().equals(Activation.SOFTMAX))
				throw new IllegalStateException("The fake engine can't compute " + layer + ".");
		}
	}

	/** The input, then what each layer gives. */
	List<Stage> run(final float[] input, final long... shape) {
		final int samples = (int) shape[0], channels = (int) shape[1];
		final List<Stage> stages = new ArrayList<>();
		stages.add(new Stage(input, input, channels, input.length / samples / channels));
		for (final Network.Node node : network.nodes())
			stages.add(run(node, stages.get(stages.size() - 1), samples));
		return stages;
	}

	private Stage run(final Network.Node node, final Stage in, final int samples) {
		if (node.layer() instanceof FlattenLayer) return new Stage(in.results, in.results, in.channels * in.positions, 1);
		if (node.layer() instanceof GlobalPoolingLayer) {
			final float[] means = new float[samples * in.channels];
			for (int k = 0; k < means.length; k++) {
				double sum = 0;
				for (int p = 0; p < in.positions; p++)
					sum += in.results[k * in.positions + p];
				means[k] = (float) (sum / in.positions);
			}
			return new Stage(means, means, in.channels, 1);
		}
		final boolean multiplies = multiplies(node.layer());
		final float[] sums = multiplies ? multiply(node.name(), in, samples) : in.results;
		final int channels = sums.length / samples / in.positions;
		return new Stage(sums, activate(node.layer().activation(), sums, channels, in.positions), channels, in.positions);
	}

	private static boolean multiplies(final Layer layer) {
		return layer instanceof ConvolutionLayer || layer instanceof DenseLayer;
	}

	private int index(final String array) {
		for (int i = 0; i < weights.parameters().size(); i++)
			if (weights.parameters().get(i).name().equals(array)) return i;
		return -1;
	}

	private float[] multiply(final String name, final Stage in, final int samples) {
		final float[] w = weights.array(name + ".weight");
		final int bias = index(name + ".bias"), filters = w.length / in.channels;
		final float[] out = new float[samples * filters * in.positions];
		for (int i = 0; i < out.length; i++) {
			final int p = i % in.positions, f = i / in.positions % filters, s = i / in.positions / filters;
			double sum = bias < 0 ? 0 : weights.arrays().get(bias)[f];
			for (int c = 0; c < in.channels; c++)
				sum += (double) w[f * in.channels + c] * in.results[(s * in.channels + c) * in.positions + p];
			out[i] = (float) sum;
		}
		return out;
	}

	private static float[] activate(final Activation activation, final float[] sums, final int channels, final int positions) {
		if (activation.equals(Activation.LINEAR)) return sums;
		final float[] out = new float[sums.length];
		if (!activation.equals(Activation.SOFTMAX)) {
			for (int i = 0; i < out.length; i++)
				out[i] = (float) activation.apply(sums[i]);
			return out;
		}
		for (int i = 0; i < out.length / channels; i++) {
			final int first = i / positions * channels * positions + i % positions;
			double most = Double.NEGATIVE_INFINITY, sum = 0;
			for (int c = 0; c < channels; c++)
				most = Math.max(most, sums[first + c * positions]);
			for (int c = 0; c < channels; c++)
				sum += Math.exp(sums[first + c * positions] - most);
			for (int c = 0; c < channels; c++)
				out[first + c * positions] = (float) (Math.exp(sums[first + c * positions] - most) / sum);
		}
		return out;
	}

	/** Backpropagation of a gradient by the last layer's result. */
	Slopes slopes(final List<Stage> stages, final float[] last, final int samples) {
		final float[][] gradients = new float[stages.size()][];
		final List<float[]> arrays = weights.arrays().stream().map(a -> new float[a.length]).toList();
		gradients[stages.size() - 1] = last;
		for (int i = stages.size() - 2; i >= 0; i--)
			gradients[i] = before(network.nodes().get(i), stages.get(i), stages.get(i + 1), gradients[i + 1], arrays, samples);
		return new Slopes(Arrays.asList(gradients), arrays);
	}

	private float[] before(final Network.Node node, final Stage in, final Stage out, final float[] gradient,
		final List<float[]> arrays, final int samples)
	{
		if (node.layer() instanceof FlattenLayer) return gradient;
		final float[] before = new float[in.results.length];
		if (node.layer() instanceof GlobalPoolingLayer) {
			for (int i = 0; i < before.length; i++)
				before[i] = gradient[i / in.positions] / in.positions;
			return before;
		}
		final float[] sums = new float[gradient.length];
		for (int i = 0; i < sums.length; i++)
			sums[i] = gradient[i] * slope(node.layer().activation(), out.sums[i]);
		if (!multiplies(node.layer())) return sums;
		final int weight = index(node.name() + ".weight"), bias = index(node.name() + ".bias");
		final float[] w = weights.arrays().get(weight), dw = arrays.get(weight);
		for (int i = 0; i < sums.length; i++) {
			final int p = i % in.positions, f = i / in.positions % out.channels, s = i / in.positions / out.channels;
			if (bias >= 0) arrays.get(bias)[f] += sums[i];
			for (int c = 0; c < in.channels; c++) {
				final int at = (s * in.channels + c) * in.positions + p;
				dw[f * in.channels + c] += sums[i] * in.results[at];
				before[at] += sums[i] * w[f * in.channels + c];
			}
		}
		return before;
	}

	private static float slope(final Activation activation, final float x) {
		if (activation.equals(Activation.LINEAR)) return 1;
		if (activation.equals(Activation.RELU)) return x > 0 ? 1 : 0;
		return (float) ((activation.apply(x + 1e-4) - activation.apply(x - 1e-4)) / 2e-4);
	}
}
