package io.github.convoluta.torch;

import io.github.convoluta.network.ConcatenationLayer;

/** Channels one after the other. */
record ConcatenationCode(ConcatenationLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.result("torch.cat([" + String.join(", ", node.inputs) + "], 1)");
	}
}
