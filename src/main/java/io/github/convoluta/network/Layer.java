package io.github.convoluta.network;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One layer of a network, for 1-D, 2-D or 3-D values alike. Sizes are listed x first, one per spatial axis. Layers are
 * values: two with the same settings are equal. A layer says all that depends on its kind; only how an engine computes it
 * is known elsewhere.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "layer")
public sealed interface Layer permits ConvolutionLayer, TransposedConvolutionLayer, PoolingLayer, GlobalPoolingLayer,
	ActivationLayer, NormalizationLayer, DropoutLayer, FlattenLayer, DenseLayer, UpsamplingLayer, ConcatenationLayer,
	AdditionLayer, CroppingLayer, ZeroPaddingLayer
{

	/** {@return the letters of all kinds in {@linkplain ArchitectureCode architecture codes}} */
	static List<CodeLetter> letters() {
		return Stream.of(ConvolutionLayer.LETTERS, TransposedConvolutionLayer.LETTERS, PoolingLayer.LETTERS,
			UpsamplingLayer.LETTERS, GlobalPoolingLayer.LETTERS, NormalizationLayer.LETTERS, ActivationLayer.LETTERS,
			DropoutLayer.LETTERS, DenseLayer.LETTERS).flatMap(List::stream).toList();
	}

	/**
	 * {@return the name as in Keras, such as {@code Conv2D}, for values with {@code dimensions} spatial axes}
	 *
	 * @param dimensions number of spatial axes, 1 to 3
	 */
	String kerasName(int dimensions);

	/** {@return what its name in a network begins with, such as {@code conv}; a number follows} */
	String prefix();

	/**
	 * {@return the shape of the result}
	 *
	 * @param inputs shapes of the inputs; one for all layers but concatenation and addition
	 * @throws IllegalArgumentException saying what does not fit
	 */
	Shape output(List<Shape> inputs);

	/**
	 * {@return the arrays that it learns or keeps for an input that fits, each named without the layer, such as {@code
	 * weight}}
	 *
	 * @param input shape of the layer's first input
	 * @throws ArithmeticException if they have more numbers than can be counted
	 */
	default List<Parameter> parameters(final Shape input) {
		return List.of();
	}

	/**
	 * {@return multiply-add operations for one sample}
	 *
	 * @param input shape of the layer's first input
	 * @param output shape of the layer's result
	 */
	default long multiplyAdds(final Shape input, final Shape output) {
		return 0;
	}

	/**
	 * {@return numbers that an engine which computes convolutions as products of matrices makes of one sample's input
	 * first: each sample once for every window that it is in}
	 *
	 * @param input shape of the layer's first input
	 * @param output shape of the layer's result
	 */
	default long unfolded(final Shape input, final Shape output) {
		return 0;
	}

	/** {@return the extents of the window that slides over the values; empty if there is none} */
	default List<Integer> size() {
		return List.of();
	}

	/** {@return the only number of spatial axes that the layer's sizes are for; 0 if any will do} */
	default int axes() {
		return size().size();
	}

	/**
	 * {@return input samples between neighbouring results along axis {@code d}}
	 *
	 * @param d axis, from 0
	 */
	default Ratio step(final int d) {
		return Ratio.ONE;
	}

	/**
	 * {@return the input samples that a span of results is computed from along axis {@code d}; those that padding adds
	 * count too}
	 *
	 * @param d axis, from 0
	 * @param results positions of results along the axis
	 * @param extent extent of the input, on which the padding can depend
	 */
	default Span source(final int d, final Span results, final int extent) {
		return results;
	}

	/** {@return whether results have positions where inputs have them} */
	default boolean keepsPositions() {
		return true;
	}

	/**
	 * {@return whether it takes a mean over all positions, so that a part of an image gives other results than the
	 * whole}
	 */
	default boolean seesWholeInput() {
		return false;
	}

	/**
	 * {@return the fewest samples that a training step can learn from; empty if none are enough, because the layer takes
	 * means over single values}
	 *
	 * @param output shape of the layer's result
	 */
	default OptionalInt leastBatch(final Shape output) {
		return OptionalInt.of(1);
	}

	/** {@return the function that is applied to the result} */
	default Activation activation() {
		return Activation.LINEAR;
	}

	/**
	 * {@return this layer with another activation; one that has none stays as it is}
	 *
	 * @param newActivation computed on its sums
	 */
	default Layer with(final Activation newActivation) {
		return this;
	}

	/** {@return this layer without a softmax or sigmoid at its end, which turns logits into probabilities} */
	default Layer logits() {
		return with(activation().logits());
	}
}
