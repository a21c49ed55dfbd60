package io.github.convoluta.torch;

import io.github.convoluta.network.PoolingLayer;

/** Pooling over windows. */
record PoolingCode(PoolingLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		switch (layer.kind()) {
			case MAX -> {
				node.result(node.x);
				largest(node);
			}
			case MIN -> {
				node.result("torch.neg(" + node.x + ")");
				largest(node);
				node.result("torch.neg(" + node.out + ")");
			}
			case AVERAGE -> average(node);
		}
		if (node.rectifies()) node.result("torch.relu_(" + node.out + ")");
		if (node.isReadPrecisely()) node.result(ForwardCode.bfloat16(node.out));
	}

	private PaddedInput padded(final NodeCode node, final String value) {
		return PaddedInput.of(node, node.out, layer.padding(), layer.size(), layer.stride(), value);
	}

	private void largest(final NodeCode node) {
		final PaddedInput input = padded(node, "-3.4028234663852886e+38");
		node.result("torch.max_pool" + node.n + "d(" + input.source() + ", " + node.list(layer.size()) + ", " + node.list(layer
			.stride()) + ", " + input.numbers() + ", " + node.list(d -> 1) + ", " + NodeCode.flag(layer.partial()) + ")");
	}

	private void average(final NodeCode node) {
		node.result(node.x);
		final PaddedInput input = padded(node, "0");
		if (input.source().equals(node.out)) {
			node.result(means(node, input));
			return;
		}
		// Padded samples count for nothing: the mean over all of a window is divided by the share of real ones.
		node.line(node.out + "_s", means(node, input));
		node.result("torch.ones_like(" + node.out + ")");
		node.result(means(node, padded(node, "0")));
		node.result("torch.div(" + node.out + "_s, " + node.out + ")");
	}

	private String means(final NodeCode node, final PaddedInput input) {
		return "torch.avg_pool" + node.n + "d(" + input.source() + ", " + node.list(layer.size()) + ", " + node.list(layer
			.stride()) + ", " + input.numbers() + ", " + NodeCode.flag(layer.partial()) + ", False)";
	}

	@Override
	public boolean takesLargest() {
		return layer.kind() == PoolingLayer.Kind.MAX;
	}
}
