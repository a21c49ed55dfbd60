package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

	/** Layers that a network may have. */
	static final int LONGEST = 10_000;
	/** Input samples between results that a network may have at most. */
	private static final int COARSEST = 1 << 20;
	/** Values of a result, and multiply-adds of a layer: beyond these there is no memory and no time. */
	private static final long MOST_VALUES = 1L << 40, MOST_STEPS = 1L << 50;
	/** Weights that fit into one file or buffer. */
	private static final long MOST_WEIGHTS = (1L << 29) - 1024;
	/** Positions that are looked at for the one that sees most. */
	private static final int PHASES = 256;

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
			LayerName.check(name);
			LayerChecks.given("The kind of layer " + name, layer);
			LayerChecks.given("The list of what layer " + name + " reads", inputs);
			if (inputs.isEmpty() || inputs.stream().anyMatch(Objects::isNull)) throw new IllegalArgumentException("Layer " + name +
				" reads " + inputs + "; it needs the positions of earlier layers, or " + INPUT + " for the network's input.");
			inputs = List.copyOf(inputs);
		}
	}

	public Network {
		LayerChecks.given("The network's name", name);
		LayerChecks.given("The network's list of layers", nodes);
		if (nodes.stream().anyMatch(Objects::isNull)) throw new IllegalArgumentException("A layer of the network is missing.");
		if (nodes.size() > LONGEST) throw new IllegalArgumentException("A network can have " + LONGEST + " layers, but " + nodes
			.size() + " were given.");
		nodes = List.copyOf(nodes);
		if (dimensions < 1 || dimensions > 3) throw new IllegalArgumentException("Networks have 1 to 3 spatial axes, not " +
			dimensions + ".");
		LayerChecks.positive("The number of input channels", channels);
		if (nodes.isEmpty()) throw new IllegalArgumentException("A network needs at least one layer.");
		final Set<String> names = new HashSet<>();
		for (int i = 0; i < nodes.size(); i++) {
			final int position = i;
			final Node node = nodes.get(i);
			if (!names.add(node.name())) throw new IllegalArgumentException("Two layers are called \"" + node.name() + "\".");
			if (node.layer().axes() != 0 && node.layer().axes() != dimensions) throw new IllegalArgumentException("Layer " + (i +
				1) + ", " + node.name() + ", has sizes for " + node.layer().axes() + (node.layer().axes() == 1 ? " axis" : " axes") +
				", but the network has " + dimensions + ".");
			if (node.inputs().stream().anyMatch(in -> in < INPUT || in >= position)) throw new IllegalArgumentException("Layer " +
				(i + 1) + ", " + node.name() + ", reads " + node.inputs() + "; a layer can only read earlier ones.");
		}
	}

	/**
	 * {@return shapes of all results for an input with these spatial extents, x first}
	 *
	 * @param extents pixels along the axes, x first
	 * @throws IllegalArgumentException naming the first layer that does not fit, and why
	 */
	public List<Shape> shapes(final int... extents) {
		if (extents.length != dimensions) throw new IllegalArgumentException("The network \"" + name + "\" works on " +
			dimensions + "-D input, but " + Arrays.toString(extents) + " has " + extents.length + " extents.");
		final Shape input = new Shape(Arrays.stream(extents).boxed().toList(), channels);
		final List<Shape> shapes = new ArrayList<>();
		long weights = 0;
		for (int i = 0; i < nodes.size(); i++) {
			final Node node = nodes.get(i);
			try {
				final List<Shape> inputs = inputs(node, input, shapes);
				final Shape out = node.layer().output(inputs);
				weights = Math.addExact(weights, weights(node.layer(), inputs.get(0), out));
				shapes.add(out);
			}
			catch (final IllegalArgumentException e) {
				throw new IllegalArgumentException("layer " + (i + 1) + ", " + describe(node.layer()) + ": " + e.getMessage() + ".",
					e);
			}
			if (weights > MOST_WEIGHTS) throw new IllegalArgumentException("layer " + (i + 1) + ", " + describe(node.layer()) +
				": the network has " + weights + " weights up to here; at most " + MOST_WEIGHTS + " are possible.");
		}
		return shapes;
	}

	/** Number of a layer's weights; refuses layers whose numbers are too large to count. */
	private static long weights(final Layer layer, final Shape in, final Shape out) {
		try {
			if (out.count() > MOST_VALUES || Math.max(layer.multiplyAdds(in, out), layer.unfolded(in, out)) > MOST_STEPS)
				throw new ArithmeticException();
			return Parameter.count(layer.parameters(in).stream());
		}
		catch (final ArithmeticException e) {
			throw new IllegalArgumentException("with an input of " + in + " its result of " + out +
				" takes more numbers or steps than any computer has", e);
		}
	}

	static List<Shape> inputs(final Node node, final Shape input, final List<Shape> shapes) {
		return node.inputs().stream().map(i -> i == INPUT ? input : shapes.get(i)).toList();
	}

	/** Name and size of a layer, such as {@code MaxPooling2D 2x2}. */
	private String describe(final Layer layer) {
		return layer.kerasName(dimensions) + (layer.size().isEmpty() ? "" : " " + String.join("x", layer.size().stream().map(
			String::valueOf).toList()));
	}

	/** {@return this network up to its logits: without a softmax or sigmoid at its end} */
	public Network logits() {
		final Node last = nodes.get(nodes.size() - 1);
		return with(new Node(last.name(), last.layer().logits(), last.inputs()), nodes.size() - 1);
	}

	/**
	 * {@return this network with one more layer, which reads its result}
	 *
	 * @param layerName its name, not yet in use
	 * @param layer what is computed last
	 */
	public Network then(final String layerName, final Layer layer) {
		return with(new Node(layerName, layer, List.of(nodes.size() - 1)), nodes.size());
	}

	private Network with(final Node last, final int place) {
		final List<Node> all = new ArrayList<>(nodes.subList(0, place));
		all.add(last);
		return new Network(name, dimensions, channels, all);
	}

	/**
	 * {@return the position of a layer among the nodes}
	 *
	 * @param layerName as {@link Node#name} has it
	 * @throws IllegalArgumentException naming the layers that there are
	 */
	public int position(final String layerName) {
		final List<String> names = nodes.stream().map(Node::name).toList();
		final int position = names.indexOf(layerName);
		if (position < 0) throw new IllegalArgumentException("The network \"" + name + "\" has no layer \"" + layerName +
			"\"; its layers are " + String.join(", ", names) + ".");
		return position;
	}

	/** {@return how many times the result of each node is read by others} */
	public int[] readers() {
		final int[] readers = new int[nodes.size()];
		nodes.forEach(node -> node.inputs().stream().filter(i -> i != INPUT).forEach(i -> readers[i]++));
		return readers;
	}

	/** {@return whether the result has the spatial axes of the input, as in segmentation, for some input size} */
	public boolean isDense() {
		return nodes.stream().allMatch(n -> n.layer().keepsPositions());
	}

	/**
	 * {@return whether a layer takes a mean over all positions, so that a part of an image gives other results than the
	 * whole}
	 */
	public boolean seesWholeInput() {
		return nodes.stream().anyMatch(n -> n.layer().seesWholeInput());
	}

	/**
	 * {@return input samples that one result sees along each axis, x first, at the position that sees most; -1 where a
	 * layer sees the whole input}
	 *
	 * @param extents of the input, on which padding can depend
	 */
	public int[] receptiveField(final int... extents) {
		final int[] result = new int[dimensions], divisor = divisor();
		Arrays.fill(result, -1);
		if (!isDense()) return result;
		final List<Shape> shapes = shapes(extents);
		for (int d = 0; d < dimensions; d++)
			for (int phase = 0; phase < Math.min(divisor[d], PHASES); phase++) {
				final Span seen = sources(d, new Span(phase, phase), shapes, extents[d])[0];
				if (seen != null) result[d] = (int) Math.max(result[d], seen.last() - seen.first() + 1);
			}
		return result;
	}

	/**
	 * What each layer must give along axis {@code d} for a span of the last one's results: that of the input at 0, of layer
	 * {@code i} at {@code i + 1}; null where nothing is needed.
	 */
	Span[] sources(final int d, final Span results, final List<Shape> shapes, final int extent) {
		final Span[] needed = new Span[nodes.size() + 1];
		needed[nodes.size()] = results;
		for (int i = nodes.size() - 1; i >= 0; i--) {
			if (needed[i + 1] == null) continue;
			for (final int in : nodes.get(i).inputs())
				needed[in + 1] = nodes.get(i).layer().source(d, needed[i + 1], in == INPUT ? extent : shapes.get(in).spatial().get(
					d)).with(needed[in + 1]);
		}
		return needed;
	}

	/** Input samples between neighbouring results of each layer along axis {@code d}, by the first of its inputs. */
	Ratio[] steps(final int d) {
		final Ratio[] steps = new Ratio[nodes.size()];
		for (int i = 0; i < steps.length; i++) {
			final int in = nodes.get(i).inputs().get(0);
			steps[i] = (in == INPUT ? Ratio.ONE : steps[in]).times(nodes.get(i).layer().step(d));
		}
		return steps;
	}

	/**
	 * {@return the number that every input extent must be a multiple of for skip connections to fit, x first: the least
	 * common multiple of all layers' distances between results}
	 *
	 * @throws IllegalArgumentException if it is beyond 2^20
	 */
	public int[] divisor() {
		final int[] result = new int[dimensions];
		for (int d = 0; d < dimensions; d++) {
			long common = 1;
			try {
				for (final Ratio step : steps(d)) {
					common = Math.multiplyExact(common, step.inputs() / Ratio.divisor(common, step.inputs()));
					if (common > COARSEST) throw new ArithmeticException();
				}
			}
			catch (final ArithmeticException e) {
				throw new IllegalArgumentException("The strides and poolings of the network \"" + name +
					"\" lessen an axis by more than a factor of " + COARSEST + ".", e);
			}
			result[d] = (int) common;
		}
		return result;
	}
}
