package io.github.convoluta.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

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
		/** The arrays that each layer has, by its name. */
		private final Map<String, List<Parameter>> parameters = new HashMap<>();
		private final Map<String, float[]> arrays = new HashMap<>();

		Folding(final Network network, final Weights weights) {
			this.network = network;
			place = new int[network.nodes().size()];
			readers = network.readers();
			network.nodes().forEach(node -> parameters.put(node.name(), new ArrayList<>()));
			for (int i = 0; i < weights.parameters().size(); i++) {
				final Parameter p = weights.parameters().get(i);
				parameters.get(p.name().substring(0, p.name().indexOf('.'))).add(p);
				arrays.put(p.name(), weights.arrays().get(i));
			}
		}

		FoldedNetwork fold() {
			for (int i = 0; i < place.length; i++)
				place[i] = node(network.nodes().get(i));
			final Network folded = new Network(network.name(), network.dimensions(), network.channels(), nodes);
			final List<Parameter> kept = nodes.stream().flatMap(node -> parameters.get(node.name()).stream()).toList();
			return new FoldedNetwork(folded, new Weights(kept, kept.stream().map(p -> arrays.get(p.name())).toList()));
		}

		/** Adds a node, or changes the one before it; returns the place of its result. */
		private int node(final Network.Node node) {
			final int old = node.inputs().get(0), before = old == Network.INPUT ? -1 : place[old];
			if (before >= 0 && readers[old] == 1) {
				final Network.Node convolution = nodes.get(before);
				final Layer folded = folded(convolution.layer(), node.layer());
				if (folded != null) {
					if (LayerCode.of(node.layer()).scalesChannels()) scale(convolution, node.name());
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
			final LayerCode code = LayerCode.of(layer);
			if (code.filterAxis() < 0 || !layer.activation().equals(Activation.LINEAR)) return null;
			if (LayerCode.of(next).scalesChannels()) return code.withBias();
			return next.equals(new ActivationLayer(Activation.RELU)) ? layer.with(Activation.RELU) : null;
		}

		/** Multiplies a normalisation into the weights of a convolution. */
		private void scale(final Network.Node convolution, final String norm) {
			final String name = convolution.name();
			final float[] scale = arrays.get(norm + ".weight"), offset = arrays.get(norm + ".bias");
			final float[] mean = arrays.get(norm + ".running_mean"), variance = arrays.get(norm + ".running_var");
			final float[] weight = arrays.get(name + ".weight").clone(), bias = arrays.getOrDefault(name + ".bias",
				new float[scale.length]).clone();
			final List<Integer> shape = parameters.get(name).get(0).shape();
			final int run = shape.subList(LayerCode.of(convolution.layer()).filterAxis() + 1, shape.size()).stream().reduce(1, (a,
				b) -> a * b);
			for (int i = 0; i < weight.length; i++) {
				final int filter = i / run % scale.length;
				weight[i] *= (float) (scale[filter] / Math.sqrt(variance[filter] + EPSILON));
			}
			for (int f = 0; f < bias.length; f++)
				bias[f] = (float) ((bias[f] - mean[f]) * scale[f] / Math.sqrt(variance[f] + EPSILON) + offset[f]);
			arrays.put(name + ".weight", weight);
			if (arrays.put(name + ".bias", bias) == null) parameters.get(name).add(Parameter.bias(name + ".bias", bias.length));
		}
	}
}
