package io.github.convoluta.engine;

import java.util.List;

import io.github.convoluta.network.Parameter;

/**
 * What an optimiser remembers: two numbers per trainable weight, and the steps so far. Arrays are in the order of the
 * trainable parameters, values in C order.
 *
 * @param first running means of gradients, or momenta
 * @param second running means of squared gradients
 * @param steps number of steps
 */
public record OptimizerState(List<float[]> first, List<float[]> second, float steps) {

	public OptimizerState {
		first = List.copyOf(first);
		second = List.copyOf(second);
	}

	/** What an optimiser remembers before its first step. */
	public static OptimizerState zero(final List<Parameter> parameters) {
		final List<float[]> zeros = parameters.stream().filter(p -> p.role().isTrainable()).map(p -> new float[p.count()])
			.toList();
		return new OptimizerState(zeros, zeros, 0);
	}
}
