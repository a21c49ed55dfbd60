package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Convolution, which is correlation with learned kernels: {@code out = (in + padding - dilation (size - 1) - 1) / stride
 * + 1}, rounded down.
 *
 * @param filters number of output channels
 * @param size extents of the kernel
 * @param stride steps between results
 * @param padding zeros around the input
 * @param dilation steps between taps
 * @param groups channels are split into as many groups, each with filters of its own
 * @param bias whether a learned constant is added per filter
 * @param weightDropout share of weights left out in each training step (DropConnect), from 0 to below 1
 * @param activation applied to the result
 */
@JsonTypeName("convolution")
public record ConvolutionLayer(int filters, List<Integer> size, List<Integer> stride, LayerPadding padding,
	List<Integer> dilation, int groups, boolean bias, double weightDropout, Activation activation) implements Layer
{

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('C', "nksd", CodeLetter.Reads.POSITIONS, 0,
		n -> new ConvolutionLayer(n.value(n.filters()), n.size(3), n.all(n.stride()), LayerPadding.SAME, n.all(n.dilation()), 1,
			true, 0, Activation.LINEAR)));

	public ConvolutionLayer {
		size = LayerChecks.positive("convolution size", size);
		stride = LayerChecks.positive("convolution stride", stride, size);
		dilation = LayerChecks.positive("convolution dilation", dilation, size);
		LayerChecks.given("convolution padding", padding).check(size);
		LayerChecks.positive("filters", filters);
		LayerChecks.positive("groups", groups);
		LayerChecks.share("weight dropout", weightDropout);
		LayerChecks.given("convolution activation", activation);
		if (filters % groups != 0) throw new IllegalArgumentException(filters + " filters can't be split into " + groups +
			" groups of the same size.");
	}

	/**
	 * {@return this layer with or without a bias, and with another activation}
	 *
	 * @param newBias whether it adds a bias
	 * @param newActivation computed on its sums
	 */
	public ConvolutionLayer with(final boolean newBias, final Activation newActivation) {
		return new ConvolutionLayer(filters, size, stride, padding, dilation, groups, newBias, weightDropout, newActivation);
	}

	@Override
	public ConvolutionLayer with(final Activation newActivation) {
		return with(bias, newActivation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Conv" + dimensions + "D";
	}

	@Override
	public String prefix() {
		return "conv";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, size.size());
		if (in.channels() % groups != 0) throw new IllegalArgumentException(in.channels() +
			" input channels can't be split into " + groups + " groups of the same size");
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < size.size(); d++) {
			final int n = in.spatial().get(d);
			final LayerPadding.Ends pad = padding.along(d, n, reach(d), stride.get(d));
			final long room = pad.before() + n + pad.after() - reach(d);
			if (room < 0) throw LayerChecks.tooSmall(in, "kernel");
			out.add(LayerChecks.extent(room / stride.get(d) + 1));
		}
		return new Shape(out, filters);
	}

	@Override
	public List<Parameter> parameters(final Shape input) {
		final int channels = input.channels() / groups;
		return Parameter.weightAndBias(Parameter.kernels(filters, channels, size), Math.multiplyExact(channels, LayerChecks
			.product(size)), bias, filters);
	}

	@Override
	public long multiplyAdds(final Shape input, final Shape output) {
		return Math.multiplyExact(Math.multiplyExact(LayerChecks.product(size), input.channels() / groups), output.count());
	}

	/** Distance between the outermost taps plus 1. */
	private long reach(final int d) {
		return (size.get(d) - 1L) * dilation.get(d) + 1;
	}

	@Override
	public long unfolded(final Shape input, final Shape output) {
		final boolean isWholeInput = LayerChecks.product(size) == 1 && LayerChecks.product(stride) == 1;
		return isWholeInput ? 0 : multiplyAdds(input, output) / filters;
	}

	@Override
	public Ratio step(final int d) {
		return new Ratio(stride.get(d), 1);
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		return results.windows(-padding.along(d, extent, reach(d), stride.get(d)).before(), stride.get(d), reach(d));
	}
}
