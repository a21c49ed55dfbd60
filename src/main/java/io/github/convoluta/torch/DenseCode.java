package io.github.convoluta.torch;

import io.github.convoluta.network.DenseLayer;

/** Dense layers. */
record DenseCode(DenseLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.weights(layer.bias(), layer.weightDropout());
		node.result("torch.linear(" + node.x + ", " + node.name + "_w, " + node.bias(layer.bias()) + ")");
		node.activate(layer.activation());
	}
}
