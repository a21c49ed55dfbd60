package io.github.convoluta.torch;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.AdditionLayer;
import io.github.convoluta.network.ConcatenationLayer;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.CroppingLayer;
import io.github.convoluta.network.DenseLayer;
import io.github.convoluta.network.DropoutLayer;
import io.github.convoluta.network.FlattenLayer;
import io.github.convoluta.network.GlobalPoolingLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.PoolingLayer;
import io.github.convoluta.network.TransposedConvolutionLayer;
import io.github.convoluta.network.UpsamplingLayer;
import io.github.convoluta.network.ZeroPaddingLayer;

/**
 * The body of a network's forward method in TorchScript's serialised form; in the portable style with operators that
 * exist since PyTorch 1.13. The input is {@code x}, of shape {@code [sample, channel, (z,) (y,) x]}; layer {@code i}
 * leaves its result in the variable {@code v<i>}, and the network's result is {@code p}.
 */
final class ForwardCode {

	private static final String EPSILON = "1.0000000000000001e-05";

	/** Numbers of libtorch's types. */
	private static final int FLOAT = 6, BFLOAT16 = 15;

	private final Network network;
	private final ForwardStyle style;
	private final int n;
	private final int[] readers;
	private final StringBuilder code = new StringBuilder();

	private ForwardCode(final Network network, final ForwardStyle style) {
		this.network = network;
		this.style = style;
		n = network.dimensions();
		readers = network.readers();
	}

	/** Lines indented for a method of the class {@code Net}, without the return. */
	static String of(final Network network, final ForwardStyle style) {
		final ForwardCode writer = new ForwardCode(network, style);
		writer.input();
		for (int i = 0; i < network.nodes().size(); i++)
			writer.node(i);
		final String last = "v" + (network.nodes().size() - 1);
		writer.line("p", style.isBfloat16() ? writer.to(last, FLOAT) : last);
		return writer.code.toString();
	}

	private String to(final String x, final int type) {
		return "torch.to(" + x + ", " + type + ")";
	}

	/** Brings the input into the style's type and layout. */
	private void input() {
		if (style.isBfloat16() && !staysPrecise(0)) line("x", to("x", BFLOAT16));
		if (!style.channelsLast()) return;
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
		final String order = sizes.toString();
		line("x", "torch.as_strided(torch.contiguous(x), " + order + ", " + strides + ")");
	}

	private void line(final String variable, final String expression) {
		code.append("    ").append(variable).append(" = ").append(expression).append('\n');
	}

	private void node(final int i) {
		final Network.Node node = network.nodes().get(i);
		final List<String> in = node.inputs().stream().map(j -> j == Network.INPUT ? "x" : "v" + j).toList();
		final String out = "v" + i, x = in.get(0), name = node.name();
		final Layer layer = node.layer();
		if (layer instanceof final ConvolutionLayer l) {
			if (!convolution(i, x, l)) activate(i, l.activation());
		}
		else if (layer instanceof final TransposedConvolutionLayer l) {
			transposed(i, x, l);
			activate(i, l.activation());
		}
		else if (layer instanceof final PoolingLayer l) {
			pooling(out, x, l);
			if (isPooledFirst(node.inputs().get(0))) line(out, "torch.relu_(" + out + ")");
			if (staysPrecise(node.inputs().get(0))) line(out, to(out, BFLOAT16));
		}
		else if (layer instanceof final GlobalPoolingLayer l) line(out, l.max() ? "torch.amax(" + x + ", " + axes() + ", False)"
			: "torch.mean(" + x + ", " + axes() + ", False, dtype=None)");
		else if (layer instanceof final ActivationLayer l) {
			if (overwrites(i)) line(out, "torch.relu_(" + x + ")");
			else line(out, isPooledFirst(i) ? x : ActivationCode.of(l.activation(), x));
		}
		else if (layer instanceof final NormalizationLayer l) normalization(out, x, name, l);
		else if (layer instanceof final DropoutLayer l) line(out, (l.spatial() ? "torch.feature_dropout(" : "torch.dropout(") +
			x + ", " + number(l.rate()) + ", self.training)");
		else if (layer instanceof FlattenLayer) line(out, "torch.flatten(" + x + ", 1, -1)");
		else if (layer instanceof final DenseLayer l) {
			weights(i, l.bias(), l.weightDropout());
			line(out, "torch.linear(" + x + ", " + name + "_w, " + bias(name, l.bias()) + ")");
			activate(i, l.activation());
		}
		else if (layer instanceof final UpsamplingLayer l) upsampling(out, x, l);
		else if (layer instanceof ConcatenationLayer) line(out, "torch.cat([" + String.join(", ", in) + "], 1)");
		else if (layer instanceof AdditionLayer) {
			line(out, "torch.add(" + x + ", " + in.get(1) + ")");
			for (int j = 2; j < in.size(); j++)
				line(out, "torch.add(" + out + ", " + in.get(j) + ")");
		}
		else if (layer instanceof final CroppingLayer l) line(out, pad(x, d -> -l.before().get(d), d -> -l.after().get(d),
			"0"));
		else if (layer instanceof final ZeroPaddingLayer l) line(out, pad(x, l.before()::get, l.after()::get, "0"));
	}

	private void weights(final int i, final boolean bias, final double weightDropout) {
		final String name = network.nodes().get(i).name();
		final boolean converts = style.convertsWeights() && !staysPrecise(i);
		line(name + "_m", "self." + name);
		line(name + "_w", name + "_m.weight");
		if (converts) line(name + "_w", to(name + "_w", BFLOAT16));
		if (weightDropout > 0) line(name + "_w", "torch.dropout(" + name + "_w, " + number(weightDropout) +
			", self.training)");
		if (!bias) return;
		line(name + "_b", name + "_m.bias");
		if (converts) line(name + "_b", to(name + "_b", BFLOAT16));
	}

	private static String bias(final String name, final boolean bias) {
		return bias ? name + "_b" : "None";
	}

	/** Whether the largest value is taken before the activation, which then has less to do: both orders give the same. */
	private boolean isPooledFirst(final int i) {
		if (!style.isForTraining() || i == Network.INPUT || readers[i] != 1) return false;
		final Layer layer = network.nodes().get(i).layer();
		final boolean rectifies = layer instanceof final ConvolutionLayer c && c.activation().equals(Activation.RELU) ||
			layer instanceof final ActivationLayer a && a.activation().equals(Activation.RELU);
		return rectifies && network.nodes().stream().anyMatch(node -> node.inputs().contains(i) && node
			.layer() instanceof final PoolingLayer p && p.kind() == PoolingLayer.Kind.MAX);
	}

	/**
	 * Whether a layer computes with 32 bits although others don't: with one input channel convolutions have little to gain, and
	 * the pooling that follows is faster so.
	 */
	private boolean staysPrecise(final int i) {
		return style.isBfloat16() && i == 0 && network.channels() == 1 && isPooledFirst(0) && network.nodes().get(0)
			.layer() instanceof ConvolutionLayer && network.nodes().stream().filter(node -> node.inputs().contains(Network.INPUT))
			.count() == 1;
	}

	/** Whether an activation may write over its input: nothing else reads it, and its own gradient does not need it. */
	private boolean overwrites(final int i) {
		final int before = network.nodes().get(i).inputs().get(0);
		if (!style.isForTraining() || isPooledFirst(i) || before == Network.INPUT || readers[before] != 1) return false;
		final Layer layer = network.nodes().get(before).layer();
		return network.nodes().get(i).layer().equals(new ActivationLayer(Activation.RELU)) && (layer instanceof AdditionLayer ||
			layer instanceof final NormalizationLayer l && l.kind() != NormalizationLayer.Kind.INSTANCE ||
			layer instanceof final ConvolutionLayer l && l.activation().equals(Activation.LINEAR));
	}

	/** The activation that a layer has built in. */
	private void activate(final int i, final Activation activation) {
		final String out = "v" + i;
		if (style.isForTraining() && activation.equals(Activation.RELU)) {
			if (!isPooledFirst(i)) line(out, "torch.relu_(" + out + ")");
		}
		else line(out, ActivationCode.of(activation, out));
	}

	/** Whether the activation is computed as well. */
	private boolean convolution(final int i, final String x, final ConvolutionLayer l) {
		final String out = "v" + i, name = network.nodes().get(i).name();
		weights(i, l.bias(), l.weightDropout());
		final Pads pads = pads(x, out, l.padding(), l.size(), l.stride(), l.dilation(), "0");
		if (style.fuses(n) && (l.activation().equals(Activation.RELU) || l.activation().equals(Activation.LINEAR))) {
			line(out, "ops.mkldnn._convolution_pointwise(" + pads.source() + ", " + name + "_w, " + bias(name, l.bias()) + ", " +
				pads.numbers() + ", " + list(l.stride()) + ", " + list(l.dilation()) + ", " + l.groups() + ", \"" + (l.activation()
					.equals(Activation.RELU) ? "relu" : "none") + "\", annotate(List[Optional[number]], []), \"\")");
			return true;
		}
		if (style.splits(n) && l.stride().stream().allMatch(d -> d == 1)) line(out, "self." + HalvedConvolution.NAME + "(" + pads
			.source() + ", " + name + "_w, " + bias(name, l.bias()) + ", " + pads.numbers() + ", " + list(l.dilation()) + ", " + l
				.groups() + ", )");
		else line(out, "torch.conv" + n + "d(" + pads.source() + ", " + name + "_w, " + bias(name, l.bias()) + ", " + list(l
			.stride()) + ", " + pads.numbers() + ", " + list(l.dilation()) + ", " + l.groups() + ")");
		return false;
	}

	private void transposed(final int i, final String x, final TransposedConvolutionLayer l) {
		final String out = "v" + i, name = network.nodes().get(i).name();
		weights(i, l.bias(), 0);
		if (style.shuffles(n) && l.size().equals(l.stride())) {
			shuffled(out, x, name, l);
			return;
		}
		line(out, "torch.conv_transpose" + n + "d(" + x + ", " + name + "_w, " + bias(name, l.bias()) + ", " + list(l.stride()) +
			", " + list(d -> 0) + ", " + list(d -> 0) + ", 1, " + list(d -> 1) + ")");
		// "Same" keeps the middle of what a valid transposed convolution gives.
		if (l.padding().kind() == LayerPadding.Kind.SAME) line(out, pad(out, d -> -l.cut(d), d -> -(l.size().get(d) - l
			.stride().get(d) - l.cut(d)), "0"));
	}

	/**
	 * A transposed convolution whose windows don't overlap: a 1-wide convolution gives all pixels of a window as channels,
	 * which are then moved to their places. Libtorch's gradient of this takes half as long with 16 bits.
	 */
	private void shuffled(final String out, final String x, final String name, final TransposedConvolutionLayer l) {
		final int window = l.size().stream().reduce(1, (a, b) -> a * b);
		line(name + "_w", "torch.reshape(torch.permute(" + name + "_w, [" + spatial(d -> d + 2) + ", 1, 0]), [" + window * l.filters() +
			", -1, " + spatial(d -> 1) + "])");
		if (l.bias()) line(name + "_b", "torch.repeat(" + name + "_b, [" + window + "])");
		line(out, "torch.conv" + n + "d(" + x + ", torch.contiguous(" + name + "_w, memory_format=" + n + "), " + bias(name, l.bias()) +
			", " + list(d -> 1) + ", " + list(d -> 0) + ", " + list(d -> 1) + ")");
		line(out, "torch.permute(" + out + ", [0, " + spatial(d -> d + 2) + ", 1])");
		line(out, "torch.reshape(" + out + ", [-1, " + spatial(d -> "torch.size(" + x + ", " + (d + 2) + ")") + ", " + spatial(d -> l.size()
			.get(n - 1 - d)) + ", " + l.filters() + "])");
		line(out, "torch.permute(" + out + ", [0, " + spatial(d -> d + 1 + ", " + (d + 1 + n)) + ", " + (2 * n + 1) + "])");
		line(out, "torch.reshape(" + out + ", [-1, " + spatial(d -> "torch.mul(torch.size(" + x + ", " + (d + 2) + "), " + l.size().get(n -
			1 - d) + ")") + ", " + l.filters() + "])");
		line(out, "torch.permute(" + out + ", [0, " + (n + 1) + ", " + spatial(d -> d + 1) + "])");
	}

	private void pooling(final String out, final String x, final PoolingLayer l) {
		final boolean average = l.kind() == PoolingLayer.Kind.AVERAGE;
		final String source = l.kind() == PoolingLayer.Kind.MIN ? "torch.neg(" + x + ")" : x;
		line(out, source);
		final Pads pads = pads(out, out, l.padding(), l.size(), l.stride(), Collections.nCopies(n, 1), average ? "0"
			: "-3.4028234663852886e+38");
		if (average && !pads.source().equals(out)) {
			// Padded samples count for nothing: the mean over all of a window is divided by the share of real ones.
			line(out + "_s", averages(pads, l));
			line(out, "torch.ones_like(" + out + ")");
			line(out, averages(pads(out, out, l.padding(), l.size(), l.stride(), Collections.nCopies(n, 1), "0"), l));
			line(out, "torch.div(" + out + "_s, " + out + ")");
			return;
		}
		line(out, average ? averages(pads, l) : "torch.max_pool" + n + "d(" + pads.source() + ", " + list(l
				.size()) + ", " + list(l.stride()) + ", " + pads.numbers() + ", " + list(d -> 1) + ", " + flag(l.partial()) + ")");
		if (l.kind() == PoolingLayer.Kind.MIN) line(out, "torch.neg(" + out + ")");
	}

	private String averages(final Pads pads, final PoolingLayer l) {
		return "torch.avg_pool" + n + "d(" + pads.source() + ", " + list(l.size()) + ", " + list(l.stride()) + ", " + pads.numbers() +
			", " + flag(l.partial()) + ", False)";
	}

	/** What an operator reads, and its own symmetric padding. */
	private record Pads(String source, String numbers) {}

	private Pads pads(final String x, final String out, final LayerPadding padding, final List<Integer> size,
		final List<Integer> stride, final List<Integer> dilation, final String value)
	{
		if (padding.kind() != LayerPadding.Kind.SAME) return new Pads(x, list(d -> (int) padding.along(d, 1, 1, 1).before()));
		if (stride.stream().allMatch(s -> s == 1)) {
			final boolean symmetric = IntStream.range(0, n).allMatch(d -> (size.get(d) - 1) * dilation.get(d) %
				2 == 0);
			final boolean fits = value.equals("0") || IntStream.range(0, n).allMatch(d -> (size.get(d) - 1) *
				dilation.get(d) / 2 <= size.get(d) / 2);
			if (symmetric && fits) return new Pads(x, list(d -> (size.get(d) - 1) * dilation.get(d) / 2));
			line(out + "_p", pad(x, d -> (size.get(d) - 1) * dilation.get(d) / 2, d -> (size.get(d) - 1) * dilation.get(d) -
				(size.get(d) - 1) * dilation.get(d) / 2, value));
			return new Pads(out + "_p", list(d -> 0));
		}
		// With strides the padding depends on the input's size.
		final StringJoiner numbers = new StringJoiner(", ", "[", "]");
		for (int d = 0; d < n; d++) {
			final String v = out + "_" + "xyz".charAt(d);
			final int s = stride.get(d), reach = (size.get(d) - 1) * dilation.get(d) + 1;
			line(v, "torch.size(" + x + ", " + (n + 1 - d) + ")");
			line(v + "o", "torch.floordiv(torch.sub(" + v + ", 1), " + s + ")");
			line(v + "t", "ops.prim.max(torch.sub(torch.add(torch.mul(" + v + "o, " + s + "), " + reach + "), " + v + "), 0)");
			line(v + "b", "torch.floordiv(" + v + "t, 2)");
			numbers.add(v + "b").add("torch.sub(" + v + "t, " + v + "b)");
		}
		line(out + "_p", "torch.constant_pad_nd(" + x + ", " + numbers + ", " + value + ")");
		return new Pads(out + "_p", list(d -> 0));
	}

	/** Padding, x first, as libtorch wants it; negative numbers crop. */
	private String pad(final String x, final IntFunction<Integer> before, final IntFunction<Integer> after,
		final String value)
	{
		final StringJoiner numbers = new StringJoiner(", ", "[", "]");
		for (int d = 0; d < n; d++)
			numbers.add(before.apply(d).toString()).add(after.apply(d).toString());
		return "torch.constant_pad_nd(" + x + ", " + numbers + ", " + value + ")";
	}

	private void normalization(final String out, final String x, final String name, final NormalizationLayer l) {
		line(name + "_m", "self." + name);
		line(name + "_w", name + "_m.weight");
		line(name + "_b", name + "_m.bias");
		final String scaled = name + "_w, " + name + "_b, ";
		switch (l.kind()) {
			case BATCH -> {
				line(name + "_mean", name + "_m.running_mean");
				line(name + "_var", name + "_m.running_var");
				line(out, "torch.batch_norm(" + x + ", " + scaled + name + "_mean, " + name + "_var, self.training, " +
					"0.10000000000000001, " + EPSILON + ", True)");
			}
			case GROUP -> line(out, "torch.group_norm(" + x + ", " + l.groups() + ", " + scaled + EPSILON + ", True)");
			case INSTANCE -> line(out, "torch.instance_norm(" + x + ", " + scaled + "None, None, True, 0.10000000000000001, " +
				EPSILON + ", True)");
		}
	}

	private void upsampling(final String out, final String x, final UpsamplingLayer l) {
		final String factors = "[" + spatial(d -> number(l.factor().get(n - 1 - d))) + "]";
		final String[] linear = { "linear1d", "bilinear2d", "trilinear3d" };
		line(out, l.linear() ? "torch.upsample_" + linear[n - 1] + "(" + x + ", None, False, " + factors + ")"
			: "torch.upsample_nearest" + n + "d(" + x + ", None, " + factors + ")");
	}

	private String axes() {
		return "[" + spatial(d -> d + 2) + "]";
	}

	/** Something for every spatial axis, as libtorch counts them: from 0 for the slowest, x last. */
	private String spatial(final IntFunction<Object> each) {
		return IntStream.range(0, n).mapToObj(each).map(Object::toString).collect(Collectors.joining(", "));
	}

	private String list(final List<Integer> sizes) {
		return list(sizes::get);
	}

	/** Numbers given x first, written x last. */
	private String list(final IntFunction<Integer> sizes) {
		return "[" + spatial(d -> sizes.apply(n - 1 - d)) + "]";
	}

	private static String flag(final boolean value) {
		return value ? "True" : "False";
	}

	/** A floating point literal: with a point, so that it is no integer. */
	static String number(final double value) {
		return String.format(Locale.ROOT, "%s", value);
	}
}
