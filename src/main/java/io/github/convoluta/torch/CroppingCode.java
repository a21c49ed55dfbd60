package io.github.convoluta.torch;

import io.github.convoluta.network.CroppingLayer;

/** Cropping, which is padding by less than nothing. */
record CroppingCode(CroppingLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.result(node.pad(node.x, d -> -layer.before().get(d), d -> -layer.after().get(d), "0"));
	}
}
