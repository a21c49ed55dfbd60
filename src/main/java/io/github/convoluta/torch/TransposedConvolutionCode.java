package io.github.convoluta.torch;

import io.github.convoluta.network.Layer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.TransposedConvolutionLayer;

/** Transposed convolutions, for training as others where that is faster. */
record TransposedConvolutionCode(TransposedConvolutionLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.weights(layer.bias(), 0);
		if (node.style.shuffles(node.n) && layer.size().equals(layer.stride())) shuffled(node);
		else {
			node.result("torch.conv_transpose" + node.n + "d(" + node.x + ", " + node.name + "_w, " + node.bias(layer.bias()) +
				", " + node.list(layer.stride()) + ", " + node.list(d -> 0) + ", " + node.list(d -> 0) + ", 1, " + node.list(
					d -> 1) + ")");
			// "Same" keeps the middle of what a valid transposed convolution gives.
			if (layer.padding().kind() == LayerPadding.Kind.SAME) node.result(node.pad(node.out, d -> -layer.cut(d), d -> -(layer
				.size().get(d) - layer.stride().get(d) - layer.cut(d)), "0"));
		}
		node.activate(layer.activation());
	}

	/**
	 * A transposed convolution whose windows don't overlap: a 1-wide convolution gives all pixels of a window as channels,
	 * which are then moved to their places. Libtorch's gradient of this takes half as long with 16 bits.
	 */
	private void shuffled(final NodeCode node) {
		final int n = node.n, window = layer.size().stream().reduce(1, (a, b) -> a * b);
		final String x = node.x, out = node.out, name = node.name;
		node.line(name + "_w", "torch.reshape(torch.permute(" + name + "_w, [" + node.spatial(d -> d + 2) + ", 1, 0]), [" +
			window * layer.filters() + ", -1, " + node.spatial(d -> 1) + "])");
		if (layer.bias()) node.line(name + "_b", "torch.repeat(" + name + "_b, [" + window + "])");
		node.result("torch.conv" + n + "d(" + x + ", torch.contiguous(" + name + "_w, memory_format=" + n + "), " + node.bias(
			layer.bias()) + ", " + node.list(d -> 1) + ", " + node.list(d -> 0) + ", " + node.list(d -> 1) + ")");
		node.result("torch.permute(" + out + ", [0, " + node.spatial(d -> d + 2) + ", 1])");
		node.result("torch.reshape(" + out + ", [-1, " + node.spatial(d -> "torch.size(" + x + ", " + (d + 2) + ")") + ", " +
			node.spatial(d -> layer.size().get(n - 1 - d)) + ", " + layer.filters() + "])");
		node.result("torch.permute(" + out + ", [0, " + node.spatial(d -> d + 1 + ", " + (d + 1 + n)) + ", " + (2 * n + 1) +
			"])");
		node.result("torch.reshape(" + out + ", [-1, " + node.spatial(d -> "torch.mul(torch.size(" + x + ", " + (d + 2) + "), " +
			layer.size().get(n - 1 - d) + ")") + ", " + layer.filters() + "])");
		node.result("torch.permute(" + out + ", [0, " + (n + 1) + ", " + node.spatial(d -> d + 1) + "])");
	}

	@Override
	public int filterAxis() {
		return 1;
	}

	@Override
	public Layer withBias() {
		return layer.with(true, layer.activation());
	}
}
