package io.github.convoluta.torch;

import io.github.convoluta.network.GlobalPoolingLayer;

/** Pooling over all positions. */
record GlobalPoolingCode(GlobalPoolingLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		final String axes = "[" + node.spatial(d -> d + 2) + "]";
		node.result(layer.max() ? "torch.amax(" + node.x + ", " + axes + ", False)" : "torch.mean(" + node.x + ", " + axes +
			", False, dtype=None)");
	}
}
