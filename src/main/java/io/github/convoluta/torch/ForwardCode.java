package io.github.convoluta.torch;

import java.util.StringJoiner;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.Network;

/**
 * The body of a network's forward method in TorchScript's serialised form; in the portable style with operators that
 * exist since PyTorch 1.13. The input is {@code x}, of shape {@code [sample, channel, (z,) (y,) x]}; layer {@code i}
 * leaves its result in the variable {@code v<i>}, and the network's result is {@code p}.
 */
final class ForwardCode {

	private final Network network;
	private final ForwardStyle style;
	private final int[] readers;
	private final StringBuilder code = new StringBuilder();

	private ForwardCode(final Network network, final ForwardStyle style) {
		this.network = network;
		this.style = style;
		readers = network.readers();
	}

	/** Lines indented for a method of the class {@code Net}, without the return. */
	static String of(final Network network, final ForwardStyle style) {
		final ForwardCode writer = new ForwardCode(network, style);
		writer.input();
		for (int i = 0; i < network.nodes().size(); i++) {
			LayerCode.of(writer.layer(i)).write(new NodeCode(writer, style, network, i));
			// Layers that do nothing give back their input, whose gradient can be another if it is read elsewhere too.
			if (style.isForDifferentiation()) writer.line("v" + i, "torch.alias(v" + i + ")");
		}
		final String last = "v" + (network.nodes().size() - 1);
		writer.line("p", style.isBfloat16() ? "torch.to(" + last + ", 6)" : last);
		return writer.code.toString();
	}

	/** A variable's numbers in 16 bits, by libtorch's number of that type. */
	static String bfloat16(final String x) {
		return "torch.to(" + x + ", 15)";
	}

	/** Brings the input into the style's type and layout. */
	private void input() {
		if (style.isBfloat16() && !staysPrecise(0)) line("x", bfloat16("x"));
		if (!style.channelsLast()) return;
		final int n = network.dimensions();
		if (network.channels() > 1) {
			line("x", "torch.contiguous(x, memory_format=" + n + ")");
			return;
		}
		// With one channel both layouts are the same numbers, and only the strides tell convolutions which one is meant.
		final StringJoiner sizes = new StringJoiner(", ", "[", "]"), strides = new StringJoiner(", ", "[", "]");
		for (int d = 0; d < n + 2; d++) {
			line("x_" + d, "torch.size(x, " + d + ")");
			sizes.add("x_" + d);
			String stride = "1";
			for (int e = Math.max(2, d + 1); e < n + 2 && d != 1; e++)
				stride = "torch.mul(" + stride + ", x_" + e + ")";
			strides.add(d == 1 ? "1" : stride);
		}
		line("x", "torch.as_strided(torch.contiguous(x), " + sizes + ", " + strides + ")");
	}

	void line(final String variable, final String expression) {
		code.append("    ").append(variable).append(" = ").append(expression).append('\n');
	}

	private Layer layer(final int i) {
		return network.nodes().get(i).layer();
	}

	/** Place of the first layer that layer {@code i} reads. */
	int before(final int i) {
		return network.nodes().get(i).inputs().get(0);
	}

	/** Whether the largest value is taken before the activation, which then has less to do: both orders give the same. */
	boolean isPooledFirst(final int i) {
		return style.isForTraining() && i != Network.INPUT && readers[i] == 1 && layer(i).activation().equals(Activation.RELU) &&
			network.nodes().stream().anyMatch(node -> node.inputs().contains(i) && LayerCode.of(node.layer()).takesLargest());
	}

	/**
	 * Whether a layer computes with 32 bits although others don't: with one input channel convolutions have little to gain, and
	 * the pooling that follows is faster so.
	 */
	boolean staysPrecise(final int i) {
		return style.isBfloat16() && i == 0 && network.channels() == 1 && isPooledFirst(0) && LayerCode.of(layer(0))
			.gainsLittleWithOneChannel() && network.nodes().stream().filter(node -> node.inputs().contains(Network.INPUT))
				.count() == 1;
	}

	/** Whether a ReLU may write over its input: nothing else reads it, and its own gradient does not need it. */
	boolean overwrites(final int i) {
		final int before = before(i);
		return style.isForTraining() && !isPooledFirst(i) && before != Network.INPUT && readers[before] == 1 && layer(i)
			.activation().equals(Activation.RELU) && layer(before).activation().equals(Activation.LINEAR) && LayerCode.of(layer(
				before)).mayBeOverwritten();
	}
}
