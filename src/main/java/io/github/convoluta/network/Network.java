package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An immutable network: layers in the order of computation, each with the positions of the layers it reads. Position -1
 * is the network's input; the last layer's result is the network's.
 *
 * @param name for people
 * @param dimensions number of spatial axes of the input, 1 to 3
 * @param channels number of input channels
 * @param nodes the layers, at least one
 */
public record Network(String name, int dimensions, int channels, List<Node> nodes) {

	/** Position of the network's input among the inputs of a node. */
	public static final int INPUT = -1;

	/**
	 * A layer in its place.
	 *
	 * @param name unique within the network; prefix of the names of its weights
	 * @param layer what is computed
	 * @param inputs positions of earlier nodes, or {@link #INPUT}
	 */
	public record Node(String name, Layer layer, List<Integer> inputs) {

		public Node {
			inputs = List.copyOf(inputs);
			if (!name.matches("[a-z][a-z0-9_]*")) throw new IllegalArgumentException("The layer name \"" + name +
				"\" must begin with a lower-case letter and go on with letters, digits and underscores.");
		}
	}

	public Network {
		nodes = List.copyOf(nodes);
		if (dimensions < 1 || dimensions > 3) throw new IllegalArgumentException("Networks have 1 to 3 spatial axes, not " +
			dimensions + ".");
		if (channels < 1) throw new IllegalArgumentException("A network needs at least one input channel.");
		if (nodes.isEmpty()) throw new IllegalArgumentException("A network needs at least one layer.");
		final Set<String> names = new HashSet<>();
		for (int i = 0; i < nodes.size(); i++) {
			final int position = i;
			final Node node = nodes.get(i);
			if (!names.add(node.name())) throw new IllegalArgumentException("Two layers are called \"" + node.name() + "\".");
			if (node.inputs().isEmpty() || node.inputs().stream().anyMatch(in -> in < INPUT || in >= position))
				throw new IllegalArgumentException("Layer " + (i + 1) + ", " + node.name() + ", reads " + node.inputs() +
					"; a layer can only read earlier ones.");
		}
	}

	/**
	 * Shapes of all results for an input with these spatial extents, x first.
	 *
	 * @throws IllegalArgumentException naming the first layer that does not fit, and why
	 */
	public List<Shape> shapes(final int... extents) {
		if (extents.length != dimensions) throw new IllegalArgumentException("The network \"" + name + "\" works on " +
			dimensions + "-D input, but " + Arrays.toString(extents) + " has " + extents.length + " extents.");
		final Shape input = new Shape(Arrays.stream(extents).boxed().toList(), channels);
		final List<Shape> shapes = new ArrayList<>();
		for (int i = 0; i < nodes.size(); i++) {
			final Node node = nodes.get(i);
			try {
				shapes.add(node.layer().output(inputs(node, input, shapes)));
			}
			catch (final IllegalArgumentException e) {
				throw new IllegalArgumentException("layer " + (i + 1) + ", " + describe(node.layer()) + ": " + e.getMessage() + ".",
					e);
			}
		}
		return shapes;
	}

	static List<Shape> inputs(final Node node, final Shape input, final List<Shape> shapes) {
		return node.inputs().stream().map(i -> i == INPUT ? input : shapes.get(i)).toList();
	}

	/** Name and size of a layer, such as {@code MaxPooling2D 2x2}. */
	private String describe(final Layer layer) {
		final List<Integer> size = layer instanceof final ConvolutionLayer c ? c.size() : layer instanceof final PoolingLayer p
			? p.size() : layer instanceof final TransposedConvolutionLayer t ? t.size() : List.of();
		return layer.kerasName(dimensions) + (size.isEmpty() ? "" : " " + String.join("x", size.stream().map(String::valueOf)
			.toList()));
	}

	/** How many times the result of each node is read by others. */
	public int[] readers() {
		final int[] readers = new int[nodes.size()];
		nodes.forEach(node -> node.inputs().stream().filter(i -> i != INPUT).forEach(i -> readers[i]++));
		return readers;
	}

	/** Whether the result has the spatial axes of the input, as in segmentation, for some input size. */
	public boolean isDense() {
		return nodes.stream().noneMatch(n -> n.layer() instanceof FlattenLayer || n.layer() instanceof GlobalPoolingLayer);
	}

	/**
	 * Input samples that one result sees along each axis, x first, along the path that sees most; -1 where a layer sees
	 * the whole input.
	 */
	public int[] receptiveField() {
		final int[] result = new int[dimensions];
		for (int d = 0; d < dimensions; d++) {
			final double[] field = new double[nodes.size()], step = new double[nodes.size()];
			for (int i = 0; i < nodes.size(); i++) {
				final Node node = nodes.get(i);
				for (final int in : node.inputs()) {
					final double before = in == INPUT ? 1 : field[in];
					step[i] = in == INPUT ? 1 : step[in];
					field[i] = Math.max(field[i], before);
				}
				final boolean whole = node.layer() instanceof FlattenLayer || node.layer() instanceof GlobalPoolingLayer;
				field[i] = whole ? Double.POSITIVE_INFINITY : field[i] + (node.layer().reach(d) - 1) * step[i];
				step[i] *= node.layer().step(d);
			}
			final double last = field[nodes.size() - 1];
			result[d] = Double.isInfinite(last) ? -1 : (int) Math.ceil(last);
		}
		return result;
	}

	/**
	 * The number that every input extent must be a multiple of for skip connections to fit: the product of all strides
	 * on the way to the coarsest layer, x first.
	 */
	public int[] divisor() {
		final int[] result = new int[dimensions];
		for (int d = 0; d < dimensions; d++) {
			final double[] step = new double[nodes.size()];
			double coarsest = 1;
			for (int i = 0; i < nodes.size(); i++) {
				final int in = nodes.get(i).inputs().get(0);
				step[i] = (in == INPUT ? 1 : step[in]) * nodes.get(i).layer().step(d);
				coarsest = Math.max(coarsest, step[i]);
			}
			result[d] = (int) Math.round(coarsest);
		}
		return result;
	}
}
