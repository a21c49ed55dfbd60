package io.github.convoluta.torch;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Network;

/** Where a layer's lines are written, with what they say again and again. */
final class NodeCode {

	/** Number of spatial axes. */
	final int n;
	final ForwardStyle style;
	/** The layer's name, with which names of its own variables begin. */
	final String name;
	/** The variable for the result. */
	final String out;
	/** The variables of the inputs; and the first, for layers that have one. */
	final List<String> inputs;
	final String x;

	private final ForwardCode forward;
	private final int place;

	NodeCode(final ForwardCode forward, final ForwardStyle style, final Network network, final int place) {
		this.forward = forward;
		this.style = style;
		this.place = place;
		n = network.dimensions();
		final Network.Node node = network.nodes().get(place);
		name = node.name();
		out = "v" + place;
		inputs = node.inputs().stream().map(j -> j == Network.INPUT ? "x" : "v" + j).toList();
		x = inputs.get(0);
	}

	void line(final String variable, final String expression) {
		forward.line(variable, expression);
	}

	/** Makes the result. */
	void result(final String expression) {
		line(out, expression);
	}

	/** The layer's weight {@code <name>_w} and bias {@code <name>_b}, in the numbers that it computes in. */
	void weights(final boolean bias, final double weightDropout) {
		final boolean converts = style.convertsWeights() && !forward.staysPrecise(place);
		line(name + "_m", "self." + name);
		line(name + "_w", name + "_m.weight");
		if (converts) line(name + "_w", ForwardCode.bfloat16(name + "_w"));
		if (weightDropout > 0) line(name + "_w", "torch.dropout(" + name + "_w, " + number(weightDropout) + ", self.training)");
		if (!bias) return;
		line(name + "_b", name + "_m.bias");
		if (converts) line(name + "_b", ForwardCode.bfloat16(name + "_b"));
	}

	/** The bias that {@link #weights} has found. */
	String bias(final boolean bias) {
		return bias ? name + "_b" : "None";
	}

	/** The activation that a layer has built in. */
	void activate(final Activation activation) {
		if (!style.isForTraining() || !activation.equals(Activation.RELU)) result(ActivationCode.of(activation, out));
		else if (!isPooledFirst()) result("torch.relu_(" + out + ")");
	}

	/** Whether this layer's ReLU is left to the pooling that follows. */
	boolean isPooledFirst() {
		return forward.isPooledFirst(place);
	}

	/** Whether the ReLU of the layer before is left to this one. */
	boolean rectifies() {
		return forward.isPooledFirst(forward.before(place));
	}

	/** Whether the layer before has computed with 32 bits although others don't. */
	boolean isReadPrecisely() {
		return forward.staysPrecise(forward.before(place));
	}

	/** Whether the result may be written over the input. */
	boolean overwrites() {
		return forward.overwrites(place);
	}

	/** The input padded at both ends of each axis; negative numbers crop. */
	String pad(final String source, final IntFunction<Integer> before, final IntFunction<Integer> after, final String value) {
		final StringJoiner numbers = new StringJoiner(", ", "[", "]");
		for (int d = 0; d < n; d++)
			numbers.add(before.apply(d).toString()).add(after.apply(d).toString());
		return "torch.constant_pad_nd(" + source + ", " + numbers + ", " + value + ")";
	}

	/** Something for every spatial axis, as libtorch counts them: from 0 for the slowest, x last. */
	String spatial(final IntFunction<Object> each) {
		return IntStream.range(0, n).mapToObj(each).map(Object::toString).collect(Collectors.joining(", "));
	}

	/** Numbers given x first, written x last. */
	String list(final List<Integer> sizes) {
		return list(sizes::get);
	}

	/** Numbers given x first, written x last. */
	String list(final IntFunction<Integer> sizes) {
		return "[" + spatial(d -> sizes.apply(n - 1 - d)) + "]";
	}

	/** A floating point literal: with a point, so that it is no integer. */
	static String number(final double value) {
		return String.format(Locale.ROOT, "%s", value);
	}

	static String flag(final boolean value) {
		return value ? "True" : "False";
	}
}
