package io.github.convoluta.torch;

import io.github.convoluta.network.ZeroPaddingLayer;

/** Zeros at both ends. */
record ZeroPaddingCode(ZeroPaddingLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.result(node.pad(node.x, layer.before()::get, layer.after()::get, "0"));
	}
}
