package io.github.convoluta.torch;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.Layer;

/** Convolutions, for predictions together with their activation where there is such an operator. */
record ConvolutionCode(ConvolutionLayer layer) implements LayerCode {

	@Override
	public void write(final NodeCode node) {
		node.weights(layer.bias(), layer.weightDropout());
		final PaddedInput input = PaddedInput.of(node, node.x, layer.padding(), layer.size(), layer.stride(), layer.dilation(),
			"0");
		final String first = input.source() + ", " + node.name + "_w, " + node.bias(layer.bias()) + ", ", stride = node.list(
			layer.stride()), dilation = node.list(layer.dilation());
		final boolean rectifies = layer.activation().equals(Activation.RELU);
		if (node.style.fuses(node.n) && (rectifies || layer.activation().equals(Activation.LINEAR))) {
			node.result("ops.mkldnn._convolution_pointwise(" + first + input.numbers() + ", " + stride + ", " + dilation + ", " +
				layer.groups() + ", \"" + (rectifies ? "relu" : "none") + "\", annotate(List[Optional[number]], []), \"\")");
			return;
		}
		if (node.style.splits(node.n) && layer.stride().stream().allMatch(d -> d == 1)) node.result("self." +
			HalvedConvolution.NAME + "(" + first + input.numbers() + ", " + dilation + ", " + layer.groups() + ", )");
		else node.result("torch.conv" + node.n + "d(" + first + stride + ", " + input.numbers() + ", " + dilation + ", " + layer
			.groups() + ")");
		node.activate(layer.activation());
	}

	@Override
	public boolean mayBeOverwritten() {
		return true;
	}

	@Override
	public boolean gainsLittleWithOneChannel() {
		return true;
	}

	@Override
	public int filterAxis() {
		return 0;
	}

	@Override
	public Layer withBias() {
		return layer.with(true, layer.activation());
	}
}
