package io.github.convoluta.torch;

import io.github.convoluta.network.FlattenLayer;

/** All values as one vector. */
record FlattenCode(FlattenLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.result("torch.flatten(" + node.x + ", 1, -1)");
	}
}
