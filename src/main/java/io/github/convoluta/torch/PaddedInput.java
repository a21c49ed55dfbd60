package io.github.convoluta.torch;

import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

import io.github.convoluta.network.LayerPadding;

/**
 * What an operator with windows reads, and the symmetric padding that it adds itself.
 *
 * @param source the variable, which may be the layer's input padded
 * @param numbers one per axis
 */
record PaddedInput(String source, String numbers) {

	/**
	 * The input of windows without gaps.
	 *
	 * @param x the variable to pad
	 * @param value what is padded with, where the operator does not do it
	 */
	static PaddedInput of(final NodeCode node, final String x, final LayerPadding padding, final List<Integer> size,
		final List<Integer> stride, final String value)
	{
		return of(node, x, padding, size, stride, Collections.nCopies(node.n, 1), value);
	}

	/** The input of windows whose taps are {@code dilation} apart. */
	static PaddedInput of(final NodeCode node, final String x, final LayerPadding padding, final List<Integer> size,
		final List<Integer> stride, final List<Integer> dilation, final String value)
	{
		final int n = node.n;
		final String out = node.out;
		if (padding.kind() != LayerPadding.Kind.SAME) return new PaddedInput(x, node.list(d -> (int) padding.along(d, 1, 1, 1)
			.before()));
		if (stride.stream().allMatch(s -> s == 1)) {
			final boolean symmetric = IntStream.range(0, n).allMatch(d -> (size.get(d) - 1) * dilation.get(d) % 2 == 0);
			final boolean fits = value.equals("0") || IntStream.range(0, n).allMatch(d -> (size.get(d) - 1) * dilation.get(d) /
				2 <= size.get(d) / 2);
			if (symmetric && fits) return new PaddedInput(x, node.list(d -> (size.get(d) - 1) * dilation.get(d) / 2));
			node.line(out + "_p", node.pad(x, d -> (size.get(d) - 1) * dilation.get(d) / 2, d -> (size.get(d) - 1) * dilation.get(
				d) - (size.get(d) - 1) * dilation.get(d) / 2, value));
			return new PaddedInput(out + "_p", node.list(d -> 0));
		}
		// With strides the padding depends on the input's size.
		final StringJoiner numbers = new StringJoiner(", ", "[", "]");
		for (int d = 0; d < n; d++) {
			final String v = out + "_" + "xyz".charAt(d);
			final int s = stride.get(d), reach = (size.get(d) - 1) * dilation.get(d) + 1;
			node.line(v, "torch.size(" + x + ", " + (n + 1 - d) + ")");
			node.line(v + "o", "torch.floordiv(torch.sub(" + v + ", 1), " + s + ")");
			node.line(v + "t", "ops.prim.max(torch.sub(torch.add(torch.mul(" + v + "o, " + s + "), " + reach + "), " + v +
				"), 0)");
			node.line(v + "b", "torch.floordiv(" + v + "t, 2)");
			numbers.add(v + "b").add("torch.sub(" + v + "t, " + v + "b)");
		}
		node.line(out + "_p", "torch.constant_pad_nd(" + x + ", " + numbers + ", " + value + ")");
		return new PaddedInput(out + "_p", node.list(d -> 0));
	}
}
