package io.github.convoluta.engine;

import java.util.List;
import java.util.Random;

import io.github.convoluta.network.Parameter;

/**
 * The numbers of a network: one array per {@link Parameter}, in the same order, values in C order (x fastest).
 *
 * @param parameters what the arrays are
 * @param arrays the numbers; not copied, and not to be changed after they were handed over
 */
public record Weights(List<Parameter> parameters, List<float[]> arrays) {

	public Weights {
		parameters = List.copyOf(parameters);
		arrays = List.copyOf(arrays);
		if (parameters.size() != arrays.size()) throw new IllegalArgumentException(arrays.size() + " arrays were given for " +
			parameters.size() + " parameters.");
		for (int i = 0; i < arrays.size(); i++)
			if (arrays.get(i).length != parameters.get(i).count()) throw new IllegalArgumentException("The array of " + parameters
				.get(i).name() + " has " + arrays.get(i).length + " numbers, but " + parameters.get(i).count() + " are needed.");
	}

	/**
	 * First weights for training, as each parameter's {@link Parameter#initialization} has them. The same seed gives the same
	 * numbers.
	 */
	public static Weights random(final List<Parameter> parameters, final long seed) {
		final Random random = new Random(seed);
		return new Weights(parameters, parameters.stream().map(p -> p.initialization().numbers(p.count(), random)).toList());
	}

	/**
	 * Refuses numbers that no prediction can be made with.
	 *
	 * @throws IllegalArgumentException naming the first array with NaN, an infinite number, or a variance not above 0
	 */
	public void requireUsable() {
		for (int i = 0; i < arrays.size(); i++)
			for (final float v : arrays.get(i))
				if (!Float.isFinite(v) || v <= 0 && parameters.get(i).role() == Parameter.Role.RUNNING_VARIANCE)
					throw new IllegalArgumentException("the weights " + parameters.get(i).name() + " hold " + v +
						", but must be finite" + (parameters.get(i).role() == Parameter.Role.RUNNING_VARIANCE ? " and above 0" : "") +
						". Train again, with a smaller learning rate or a larger batch");
	}

	/** The array of the parameter with this name. */
	public float[] array(final String name) {
		for (int i = 0; i < parameters.size(); i++)
			if (parameters.get(i).name().equals(name)) return arrays.get(i);
		throw new IllegalArgumentException("The network has no weights called " + name + ".");
	}
}
