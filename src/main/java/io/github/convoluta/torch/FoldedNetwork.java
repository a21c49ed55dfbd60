package io.github.convoluta.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.TransposedConvolutionLayer;

/**
 * A network that predicts the same as another with fewer layers: batch normalisations are multiplied into the weights of
 * the convolutions before them, and ReLUs become these convolutions' own activation.
 *
 * @param network the shorter network
 * @param weights its weights
 */
record FoldedNetwork(Network network, Weights weights) {

	private static final double EPSILON = 1e-5;

	static FoldedNetwork of(final Network network, final Weights weights) {
		return new Folding(network, weights).fold();
	}

	private static final class Folding {

		private final Network network;
		private final List<Network.Node> nodes = new ArrayList<>();
		/** The node that now has the result of an old node. */
		private final int[] place;
		private final int[] readers;
		private final Map<String, Parameter> parameters = new HashMap<>();
		private final Map<String, float[]> arrays = new HashMap<>();

		Folding(final Network network, final Weights weights) {
			this.network = network;
			place = new int[network.nodes().size()];
			readers = network.readers();
			for (int i = 0; i < weights.parameters().size(); i++) {
				final Parameter p = weights.parameters().get(i);
				parameters.put(p.name(), p);
				arrays.put(p.name(), weights.arrays().get(i));
			}
		}

		FoldedNetwork fold() {
			for (int i = 0; i < place.length; i++)
				place[i] = node(network.nodes().get(i));
			final Network folded = new Network(network.name(), network.dimensions(), network.channels(), nodes);
			final List<Parameter> kept = new ArrayList<>();
			final List<float[]> values = new ArrayList<>();
			for (final Network.Node node : nodes)
				for (final String attribute : new String[] { "weight", "bias", "running_mean", "running_var" }) {
					final String name = node.name() + "." + attribute;
					if (!parameters.containsKey(name)) continue;
					kept.add(parameters.get(name));
					values.add(arrays.get(name));
				}
			return new FoldedNetwork(folded, new Weights(kept, values));
		}

		/** Adds a node, or changes the one before it; returns the place of its result. */
		private int node(final Network.Node node) {
			final int old = node.inputs().get(0), before = old == Network.INPUT ? -1 : place[old];
			if (before >= 0 && readers[old] == 1) {
				final Network.Node convolution = nodes.get(before);
				final Layer folded = folded(convolution.layer(), node.layer());
				if (folded != null) {
					if (node.layer() instanceof NormalizationLayer) scale(convolution, node.name());
					nodes.set(before, new Network.Node(convolution.name(), folded, convolution.inputs()));
					return before;
				}
			}
			nodes.add(new Network.Node(node.name(), node.layer(), node.inputs().stream().map(i -> i == Network.INPUT ? i
				: place[i]).toList()));
			return nodes.size() - 1;
		}

		/** The convolution that does what the next layer does too, or null. */
		private static Layer folded(final Layer layer, final Layer next) {
			final boolean normalizes = next instanceof final NormalizationLayer n && n
				.kind() == NormalizationLayer.Kind.BATCH;
			final boolean rectifies = next instanceof final ActivationLayer a && a.activation().equals(Activation.RELU);
			if (!normalizes && !rectifies) return null;
			final Activation activation = normalizes ? Activation.LINEAR : Activation.RELU;
			if (layer instanceof final ConvolutionLayer c && c.activation().equals(Activation.LINEAR)) return c.with(c
				.bias() || normalizes, activation);
			if (layer instanceof final TransposedConvolutionLayer t && t.activation().equals(Activation.LINEAR)) return t.with(t
				.bias() || normalizes, activation);
			return null;
		}

		/** Multiplies a normalisation into the weights of a convolution. */
		private void scale(final Network.Node convolution, final String norm) {
			final String name = convolution.name();
			final float[] scale = arrays.get(norm + ".weight"), offset = arrays.get(norm + ".bias");
			final float[] mean = arrays.get(norm + ".running_mean"), variance = arrays.get(norm + ".running_var");
			final Parameter p = parameters.get(name + ".weight");
			final float[] weight = arrays.get(name + ".weight").clone(), bias = arrays.getOrDefault(name + ".bias",
				new float[scale.length]).clone();
			// Filters are the first axis of a convolution's weights and the second of a transposed one's.
			final boolean transposed = convolution.layer() instanceof TransposedConvolutionLayer;
			final int run = weight.length / p.shape().get(0) / (transposed ? p.shape().get(1) : 1);
			for (int i = 0; i < weight.length; i++) {
				final int filter = i / run % scale.length;
				weight[i] *= (float) (scale[filter] / Math.sqrt(variance[filter] + EPSILON));
			}
			for (int f = 0; f < bias.length; f++)
				bias[f] = (float) ((bias[f] - mean[f]) * scale[f] / Math.sqrt(variance[f] + EPSILON) + offset[f]);
			arrays.put(name + ".weight", weight);
			arrays.put(name + ".bias", bias);
			parameters.put(name + ".bias", Parameter.bias(name + ".bias", bias.length));
		}
	}
}
