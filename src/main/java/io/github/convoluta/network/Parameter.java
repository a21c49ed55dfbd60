package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One array of numbers that a network learns or keeps.
 *
 * @param name the layer's name and the array's, such as {@code conv1.weight}: also its key in files
 * @param shape extents as libtorch orders them: output channels, input channels, (z,) (y,) x
 * @param role what it is for
 * @param fanIn number of inputs that each output sums: sets the scale of first random weights; 1 for all but weights
 */
public record Parameter(String name, List<Integer> shape, Role role, int fanIn) {

	/** What an array is for. */
	public enum Role {
		WEIGHT, BIAS, SCALE, OFFSET, RUNNING_MEAN, RUNNING_VARIANCE;

		/** Whether gradients change it. */
		public boolean isTrainable() {
			return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
		}
	}

	public Parameter {
		shape = List.copyOf(shape);
	}

	/** Number of numbers. */
	public int count() {
		return shape.stream().reduce(1, Math::multiplyExact);
	}

	/**
	 * All arrays of a network in the order of its layers.
	 *
	 * @param extents spatial extents of the input, x first; they matter to flattened networks only
	 */
	public static List<Parameter> of(final Network network, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		final Shape input = new Shape(Arrays.stream(extents).boxed().toList(), network.channels());
		final List<Parameter> all = new ArrayList<>();
		for (int i = 0; i < shapes.size(); i++) {
			final Network.Node node = network.nodes().get(i);
			add(all, node.name(), node.layer(), Network.inputs(node, input, shapes).get(0).channels());
		}
		return all;
	}

	private static void add(final List<Parameter> all, final String name, final Layer layer, final int channels) {
		if (layer instanceof final ConvolutionLayer c) weightAndBias(all, name, shape(c.filters(), channels / c.groups(), c
			.size()), c.bias(), c.filters(), channels / c.groups() * volume(c.size()));
		else if (layer instanceof final TransposedConvolutionLayer t) weightAndBias(all, name, shape(channels, t.filters(), t
			.size()), t.bias(), t.filters(), channels);
		else if (layer instanceof final DenseLayer d) weightAndBias(all, name, List.of(d.units(), channels), d.bias(), d
			.units(), channels);
		else if (layer instanceof final NormalizationLayer n) {
			final List<Integer> one = List.of(channels);
			all.add(new Parameter(name + ".weight", one, Role.SCALE, 1));
			all.add(new Parameter(name + ".bias", one, Role.OFFSET, 1));
			if (n.kind() != NormalizationLayer.Kind.BATCH) return;
			all.add(new Parameter(name + ".running_mean", one, Role.RUNNING_MEAN, 1));
			all.add(new Parameter(name + ".running_var", one, Role.RUNNING_VARIANCE, 1));
		}
	}

	private static void weightAndBias(final List<Parameter> all, final String name, final List<Integer> shape,
		final boolean bias, final int outputs, final int fanIn)
	{
		all.add(new Parameter(name + ".weight", shape, Role.WEIGHT, fanIn));
		if (bias) all.add(new Parameter(name + ".bias", List.of(outputs), Role.BIAS, 1));
	}

	/** Sizes are listed x first; libtorch wants x last. */
	private static List<Integer> shape(final int first, final int second, final List<Integer> size) {
		final List<Integer> shape = new ArrayList<>(List.of(first, second));
		for (int d = size.size() - 1; d >= 0; d--)
			shape.add(size.get(d));
		return shape;
	}

	private static int volume(final List<Integer> size) {
		return size.stream().reduce(1, Math::multiplyExact);
	}
}
