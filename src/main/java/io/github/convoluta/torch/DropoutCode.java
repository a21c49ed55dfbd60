package io.github.convoluta.torch;

import io.github.convoluta.network.DropoutLayer;

/** Dropout, which does nothing but in training. */
record DropoutCode(DropoutLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.result((layer.spatial() ? "torch.feature_dropout(" : "torch.dropout(") + node.x + ", " + NodeCode.number(layer
			.rate()) + ", self.training)");
	}
}
