package io.github.convoluta.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Shape;

/**
 * A network that an engine has loaded to be looked into: what its layers give, and how its results change with its input.
 * It computes as for predictions, batch normalisation with its running statistics and no dropout, with 32 bits. Inputs
 * are {@code [sample, channel, (z,) (y,) x]}, values in C order. All results of layers are kept while it computes, as in a
 * training step. For one thread at a time; {@link #close} frees its memory.
 */
public interface Differentiator extends AutoCloseable {

	/** The network that was loaded. */
	Network network();

	/**
	 * Results of layers, each with its activation function, all from one pass through the network. That of the last layer is
	 * the network's prediction.
	 *
	 * @param input values in C order
	 * @param shape {@code [sample, channel, (z,) (y,) x]}
	 * @param layers names of the network's layers, see {@link Network#position}
	 * @return results by the layers' names, in the order of {@code layers}
	 * @throws IllegalArgumentException if there is no such layer, or the input does not fit the network
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	Map<String, Tensor> activations(float[] input, long[] shape, List<String> layers);

	/**
	 * Gradients of a weighted sum of the network's results, as they are before a softmax or sigmoid at its end
	 * ({@link Network#logits}), by its input and by results of layers. Takes about as long as three predictions.
	 *
	 * @param input values in C order
	 * @param shape {@code [sample, channel, (z,) (y,) x]}
	 * @param resultWeights factors of the results in the sum, of the shape {@link #resultShape} in C order: 1 at one result and
	 *          0 elsewhere gives the gradient of that one
	 * @param layers names of the network's layers, see {@link Network#position}; may be empty
	 * @return gradients by the input and these layers; 0 for layers that the result does not depend on
	 * @throws IllegalArgumentException if there is no such layer, the input does not fit the network, or there are not as
	 *           many weights as results
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	Gradients gradients(float[] input, long[] shape, float[] resultWeights, List<String> layers);

	/**
	 * Gradients of the score of one class, which is its logit; for segmentations the sum of the class's logits over all
	 * positions. The same as {@link #gradients} with 1 for the results of this class and 0 for the others.
	 *
	 * @param classNumber channel of the result, from 0 on
	 * @throws IllegalArgumentException as for {@link #gradients}, or if there is no such class
	 */
	default Gradients classGradients(final float[] input, final long[] shape, final int classNumber,
		final List<String> layers)
	{
		final long[] result = resultShape(shape);
		final int classes = (int) result[1];
		if (classNumber < 0 || classNumber >= classes) throw new IllegalArgumentException("There is no class number " +
			classNumber + "; the network \"" + network().name() + "\" has classes 0 to " + (classes - 1) + ".");
		int count = 1;
		for (final long extent : result)
			count = Math.multiplyExact(count, Math.toIntExact(extent));
		final float[] weights = new float[count];
		final int positions = count / (int) (result[0] * classes);
		for (int i = 0; i < count; i++)
			if (i / positions % classes == classNumber) weights[i] = 1;
		return gradients(input, shape, weights, layers);
	}

	/**
	 * The shape of the network's result, {@code [sample, channel, (z,) (y,) x]} or {@code [sample, class]}.
	 *
	 * @param inputShape {@code [sample, channel, (z,) (y,) x]}
	 * @throws IllegalArgumentException if the network can't take such an input; the message says why
	 */
	default long[] resultShape(final long... inputShape) {
		final int n = network().dimensions();
		if (inputShape.length != n + 2 || inputShape[1] != network().channels()) throw new IllegalArgumentException(
			"The network \"" + network().name() + "\" takes samples of " + network().channels() + " channels and " + n +
				" spatial axes, but the input has the shape " + Arrays.toString(inputShape) + ".");
		final int[] extents = new int[n];
		for (int d = 0; d < n; d++)
			extents[d] = Math.toIntExact(inputShape[n + 1 - d]);
		final List<Shape> shapes = network().shapes(extents);
		final Shape last = shapes.get(shapes.size() - 1);
		final long[] result = new long[last.dimensions() + 2];
		result[0] = inputShape[0];
		result[1] = last.channels();
		for (int d = 0; d < last.dimensions(); d++)
			result[result.length - 1 - d] = last.spatial().get(d);
		return result;
	}

	@Override
	void close();
}
