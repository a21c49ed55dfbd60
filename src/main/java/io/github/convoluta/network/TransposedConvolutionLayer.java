package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

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
@JsonTypeName("transposed convolution")
public record TransposedConvolutionLayer(int filters, List<Integer> size, List<Integer> stride, LayerPadding padding,
	boolean bias, Activation activation) implements Layer
{

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('T', "nk", CodeLetter.Reads.POSITIONS, -1,
		n -> new TransposedConvolutionLayer(n.value(n.filters()), n.size(2), n.size(2), LayerPadding.VALID, true,
			Activation.LINEAR)));

	public TransposedConvolutionLayer {
		size = LayerChecks.positive("transposed convolution size", size);
		stride = LayerChecks.positive("transposed convolution stride", stride, size);
		LayerChecks.positive("filters", filters);
		LayerChecks.given("transposed convolution activation", activation);
		if (LayerChecks.given("transposed convolution padding", padding).kind() == LayerPadding.Kind.NUMBERS)
			throw new IllegalArgumentException("A transposed convolution takes padding valid or same.");
		for (int d = 0; d < size.size(); d++)
			if (padding.kind() == LayerPadding.Kind.SAME && size.get(d) < stride.get(d)) throw new IllegalArgumentException(
				"A transposed convolution with padding same needs a kernel of at least the stride, but size " + size +
					" and stride " + stride + " were given.");
	}

	/**
	 * {@return this layer with or without a bias, and with another activation}
	 *
	 * @param newBias whether it adds a bias
	 * @param newActivation computed on its sums
	 */
	public TransposedConvolutionLayer with(final boolean newBias, final Activation newActivation) {
		return new TransposedConvolutionLayer(filters, size, stride, padding, newBias, newActivation);
	}

	@Override
	public TransposedConvolutionLayer with(final Activation newActivation) {
		return with(bias, newActivation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Conv" + dimensions + "DTranspose";
	}

	@Override
	public String prefix() {
		return "up";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, size.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < size.size(); d++)
			out.add(LayerChecks.extent(padding.kind() == LayerPadding.Kind.SAME ? (long) in.spatial().get(d) * stride.get(d) : (in
				.spatial().get(d) - 1L) * stride.get(d) + size.get(d)));
		return new Shape(out, filters);
	}

	@Override
	public List<Parameter> parameters(final Shape input) {
		return Parameter.weightAndBias(Parameter.kernels(input.channels(), filters, size), input.channels(), bias, filters);
	}

	@Override
	public long multiplyAdds(final Shape input, final Shape output) {
		return Math.multiplyExact(Math.multiplyExact(LayerChecks.product(size), filters), input.count());
	}

	/**
	 * {@return the results cut off at the beginning; as many or one more are cut off at the end}
	 *
	 * @param d axis, from 0
	 */
	public int cut(final int d) {
		return padding.kind() == LayerPadding.Kind.SAME ? (size.get(d) - stride.get(d)) / 2 : 0;
	}

	@Override
	public long unfolded(final Shape input, final Shape output) {
		return multiplyAdds(input, output) / input.channels();
	}

	@Override
	public Ratio step(final int d) {
		return new Ratio(1, stride.get(d));
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		final long s = stride.get(d), first = -Math.floorDiv(size.get(d) - 1 - results.first() - cut(d), s), last = Math
			.floorDiv(results.last() + cut(d), s);
		// Between kernels that are narrower than the stride there are results that see nothing.
		return new Span(Math.min(first, last), Math.max(first, last));
	}
}
