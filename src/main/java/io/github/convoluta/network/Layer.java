package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One layer of a network, for 1-D, 2-D or 3-D values alike. Sizes are listed x first, one per spatial axis. Layers are
 * values: two with the same settings are equal.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "layer")
@JsonSubTypes({ @JsonSubTypes.Type(value = ConvolutionLayer.class, name = "convolution"), @JsonSubTypes.Type(
	value = TransposedConvolutionLayer.class, name = "transposed convolution"), @JsonSubTypes.Type(
		value = PoolingLayer.class, name = "pooling"), @JsonSubTypes.Type(value = GlobalPoolingLayer.class,
			name = "global pooling"), @JsonSubTypes.Type(value = ActivationLayer.class, name = "activation"),
	@JsonSubTypes.Type(value = NormalizationLayer.class, name = "normalization"), @JsonSubTypes.Type(
		value = DropoutLayer.class, name = "dropout"), @JsonSubTypes.Type(value = FlattenLayer.class, name = "flatten"),
	@JsonSubTypes.Type(value = DenseLayer.class, name = "dense"), @JsonSubTypes.Type(value = UpsamplingLayer.class,
		name = "upsampling"), @JsonSubTypes.Type(value = ConcatenationLayer.class, name = "concatenation"),
	@JsonSubTypes.Type(value = AdditionLayer.class, name = "addition"), @JsonSubTypes.Type(value = CroppingLayer.class,
		name = "cropping"), @JsonSubTypes.Type(value = ZeroPaddingLayer.class, name = "zero padding") })
public sealed interface Layer permits ConvolutionLayer, TransposedConvolutionLayer, PoolingLayer, GlobalPoolingLayer, ActivationLayer, NormalizationLayer, DropoutLayer, FlattenLayer, DenseLayer, UpsamplingLayer, ConcatenationLayer, AdditionLayer, CroppingLayer, ZeroPaddingLayer {

	/** Name as in Keras, such as {@code Conv2D}, for values with {@code dimensions} spatial axes. */
	String kerasName(int dimensions);

	/**
	 * Shape of the result.
	 *
	 * @param inputs shapes of the inputs; one for all layers but concatenation and addition
	 * @throws IllegalArgumentException saying what does not fit
	 */
	Shape output(List<Shape> inputs);

	/** Number of parameters that training changes. */
	default long trainable(final Shape input) {
		return 0;
	}

	/** Number of stored numbers that training does not change by gradients, such as running means. */
	default long nonTrainable(final Shape input) {
		return 0;
	}

	/** Multiply-add operations for one sample. */
	default long multiplyAdds(final Shape input, final Shape output) {
		return 0;
	}

	/**
	 * Numbers that an engine which computes convolutions as products of matrices makes of one sample's input first: each
	 * sample once for every window that it is in.
	 */
	default long unfolded(final Shape input, final Shape output) {
		return 0;
	}

	/** The only number of spatial axes that the layer's sizes are for; 0 if any will do. */
	default int axes() {
		return 0;
	}

	/** Input samples between neighbouring results along axis {@code d}. */
	default Ratio step(final int d) {
		return Ratio.ONE;
	}

	/**
	 * The input samples that a span of results is computed from along axis {@code d}; those that padding adds count too.
	 *
	 * @param extent extent of the input, on which the padding can depend
	 */
	default Span source(final int d, final Span results, final int extent) {
		return results;
	}

	/** This layer without a softmax or sigmoid at its end, which turns logits into probabilities. */
	default Layer logits() {
		return this;
	}
}
