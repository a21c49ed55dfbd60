package io.github.convoluta.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Factors of the classes in a loss. */
final class ClassWeights {

	private ClassWeights() {}

	/**
	 * Factors by which all classes that there are weigh alike, whose mean over all positions is 1: a class's factor is the
	 * mean number of positions of a class divided by its own (King and Zeng 2001, as in scikit-learn's {@code balanced}).
	 *
	 * @param counts positions of each class to learn from; a class without any gets 1
	 */
	static List<Float> balanced(final long... counts) {
		final double mean = Arrays.stream(counts).filter(n -> n > 0).average().orElse(1);
		return IntStream.range(0, counts.length).mapToObj(c -> counts[c] == 0 ? 1f : (float) (mean / counts[c])).toList();
	}
}
