package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One array of numbers that a network learns or keeps.
 *
 * @param name the layer's name and the array's, such as {@code conv1.weight}: also its key in files
 * @param shape extents as libtorch orders them: output channels, input channels, (z,) (y,) x
 * @param role what it is for
 * @param initialization its numbers before training
 */
public record Parameter(String name, List<Integer> shape, Role role, Initialization initialization) {

	/** What an array is for. */
	public enum Role {

		WEIGHT, BIAS, SCALE, OFFSET, RUNNING_MEAN, RUNNING_VARIANCE;

		/** {@return whether gradients change it} */
		public boolean isTrainable() {
			return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
		}
	}

	public Parameter {
		shape = List.copyOf(shape);
	}

	/**
	 * {@return a bias of so many numbers, 0 at first}
	 *
	 * @param name prefix of its name
	 * @param count how many
	 */
	public static Parameter bias(final String name, final int count) {
		return new Parameter(name, List.of(count), Role.BIAS, Initialization.ZERO);
	}

	/**
	 * The weight and, if there is one, the bias of a layer that sums {@code fanIn} inputs for each output.
	 *
	 * @param shape of the weight
	 * @param outputs length of the bias
	 */
	static List<Parameter> weightAndBias(final List<Integer> shape, final long fanIn, final boolean bias, final int outputs) {
		final Parameter weight = new Parameter("weight", shape, Role.WEIGHT, Initialization.he(fanIn));
		return bias ? List.of(weight, bias("bias", outputs)) : List.of(weight);
	}

	/** Shape of a convolution's weights: sizes are listed x first, but libtorch wants x last. */
	static List<Integer> kernels(final int first, final int second, final List<Integer> size) {
		final List<Integer> shape = new ArrayList<>(List.of(first, second));
		for (int d = size.size() - 1; d >= 0; d--)
			shape.add(size.get(d));
		return shape;
	}

	/** {@return the number of numbers} */
	public int count() {
		return shape.stream().reduce(1, Math::multiplyExact);
	}

	/**
	 * Number of numbers in all arrays.
	 *
	 * @throws ArithmeticException if it is beyond a long
	 */
	static long count(final Stream<Parameter> parameters) {
		return parameters.mapToLong(p -> LayerChecks.product(p.shape)).reduce(0, Math::addExact);
	}

	/**
	 * {@return all arrays of a network in the order of its layers}
	 *
	 * @param network any
	 * @param extents spatial extents of the input, x first; they matter to flattened networks only
	 */
	public static List<Parameter> of(final Network network, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		final Shape input = new Shape(Arrays.stream(extents).boxed().toList(), network.channels());
		return network.nodes().stream().flatMap(node -> node.layer().parameters(Network.inputs(node, input, shapes).get(0))
			.stream().map(p -> new Parameter(node.name() + "." + p.name, p.shape, p.role, p.initialization))).toList();
	}
}
