package io.github.convoluta.torch;

import io.github.convoluta.network.AdditionLayer;

/** Sums. */
record AdditionCode(AdditionLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		String sum = node.x;
		for (final String input : node.inputs.subList(1, node.inputs.size())) {
			node.result("torch.add(" + sum + ", " + input + ")");
			sum = node.out;
		}
	}

	@Override
	public boolean mayBeOverwritten() {
		return true;
	}
}
