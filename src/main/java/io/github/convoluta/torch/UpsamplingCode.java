package io.github.convoluta.torch;

import io.github.convoluta.network.UpsamplingLayer;

/** Repetition or linear interpolation. */
record UpsamplingCode(UpsamplingLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		final String factors = "[" + node.spatial(d -> NodeCode.number(layer.factor().get(node.n - 1 - d))) + "]";
		final String[] linear = { "linear1d", "bilinear2d", "trilinear3d" };
		node.result(layer.linear() ? "torch.upsample_" + linear[node.n - 1] + "(" + node.x + ", None, False, " + factors + ")"
			: "torch.upsample_nearest" + node.n + "d(" + node.x + ", None, " + factors + ")");
	}
}
