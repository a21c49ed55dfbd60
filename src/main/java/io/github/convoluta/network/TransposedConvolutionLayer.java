package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Transposed convolution: {@code out = (in - 1) stride + size} without padding, or {@code in * stride} with "same".
 *
 * @param filters number of output channels
 * @param size extents of the kernel
 * @param stride enlargement
 * @param padding "valid" or "same"
 * @param bias whether a learned constant is added per filter
 * @param activation applied to the result
 */
public record TransposedConvolutionLayer(int filters, List<Integer> size, List<Integer> stride, LayerPadding padding, boolean bias,
	Activation activation) implements Layer
{

	public TransposedConvolutionLayer {
		size = LayerChecks.positive("transposed convolution size", size);
		stride = LayerChecks.positive("transposed convolution stride", stride);
		LayerChecks.positive("filters", List.of(filters));
		if (padding.kind() == LayerPadding.Kind.NUMBERS) throw new IllegalArgumentException(
			"A transposed convolution takes padding valid or same.");
		for (int d = 0; d < size.size(); d++)
			if (padding.kind() == LayerPadding.Kind.SAME && size.get(d) < stride.get(d)) throw new IllegalArgumentException(
				"A transposed convolution with padding same needs a kernel of at least the stride, but size " + size +
					" and stride " + stride + " were given.");
	}

	/** This layer with or without a bias, and with another activation. */
	public TransposedConvolutionLayer with(final boolean newBias, final Activation newActivation) {
		return new TransposedConvolutionLayer(filters, size, stride, padding, newBias, newActivation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Conv" + dimensions + "DTranspose";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, size.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < size.size(); d++)
			out.add(padding.kind() == LayerPadding.Kind.SAME ? in.spatial().get(d) * stride.get(d) : (in.spatial().get(d) - 1) *
				stride.get(d) + size.get(d));
		return new Shape(out, filters);
	}

	@Override
	public long trainable(final Shape input) {
		return LayerChecks.product(size) * input.channels() * filters + (bias ? filters : 0);
	}

	@Override
	public long multiplyAdds(final Shape input, final Shape output) {
		return LayerChecks.product(size) * input.count() * filters;
	}

	@Override
	public long unfolded(final Shape input, final Shape output) {
		return multiplyAdds(input, output) / input.channels();
	}

	@Override
	public int reach(final int d) {
		return (size.get(d) + stride.get(d) - 1) / stride.get(d);
	}

	@Override
	public double step(final int d) {
		return 1.0 / stride.get(d);
	}
}
