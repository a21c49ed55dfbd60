package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A network's layers with their output shapes and parameters for an input size, and the totals, as Keras prints them.
 *
 * @param network the network
 * @param input shape of one input
 * @param rows one row per layer
 */
public record NetworkSummary(Network network, Shape input, List<Row> rows) {

	/**
	 * @param name name of the layer
	 * @param type Keras' name of its type
	 * @param output shape of its result
	 * @param trainable parameters that training changes
	 * @param nonTrainable stored numbers that it does not
	 * @param multiplyAdds operations for one sample
	 * @param unfolded numbers that one sample's input is unfolded to, where the engine does that
	 */
	public record Row(String name, String type, Shape output, long trainable, long nonTrainable, long multiplyAdds,
		long unfolded)
	{

		/** {@return all parameters, as Keras counts them} */
		public long parameters() {
			return trainable + nonTrainable;
		}
	}

	/**
	 * @param network any
	 * @param extents spatial extents of the input, x first
	 * @return the network's layers for that input
	 * @throws IllegalArgumentException if the network does not fit the input
	 */
	public static NetworkSummary of(final Network network, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		final Shape input = new Shape(Arrays.stream(extents).boxed().toList(), network.channels());
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < shapes.size(); i++) {
			final Network.Node node = network.nodes().get(i);
			final Shape in = Network.inputs(node, input, shapes).get(0), out = shapes.get(i);
			rows.add(new Row(node.name(), node.layer().kerasName(in.dimensions() == 0 ? network.dimensions() : in.dimensions()),
				out, count(node.layer(), in, true), count(node.layer(), in, false), node.layer().multiplyAdds(in, out), node.layer()
					.unfolded(in, out)));
		}
		return new NetworkSummary(network, input, rows);
	}

	private static long count(final Layer layer, final Shape input, final boolean trainable) {
		return Parameter.count(layer.parameters(input).stream().filter(p -> p.role().isTrainable() == trainable));
	}

	/** {@return the number of parameters that training changes} */
	public long trainable() {
		return rows.stream().mapToLong(Row::trainable).sum();
	}

	/** {@return the number of stored numbers that training does not change} */
	public long nonTrainable() {
		return rows.stream().mapToLong(Row::nonTrainable).sum();
	}

	/** {@return the trainable and other parameters together} */
	public long parameters() {
		return trainable() + nonTrainable();
	}

	/** {@return multiply-add operations for one sample} */
	public long multiplyAdds() {
		return rows.stream().mapToLong(Row::multiplyAdds).sum();
	}

	/**
	 * {@return bytes that a training step takes: every layer's result and its gradient for each sample, and four float
	 * numbers per parameter (weight, gradient and two of the optimiser)}
	 *
	 * @param batch samples at once
	 * @param unfolds whether the engine unfolds the inputs of convolutions, one layer at a time
	 */
	public long trainingMemory(final int batch, final boolean unfolds) {
		final long values = input.count() + rows.stream().mapToLong(r -> 2 * r.output().count()).sum() + (unfolds ? rows.stream()
			.mapToLong(Row::unfolded).max().orElse(0) : 0);
		return 4 * (values * batch + 4 * parameters());
	}

	/**
	 * {@return bytes that a prediction takes at most at one time: weights, and all results that a later layer still
	 * reads}
	 *
	 * @param batch samples at once
	 * @param unfolds whether the engine unfolds the inputs of convolutions
	 */
	public long predictionMemory(final int batch, final boolean unfolds) {
		final int[] last = new int[rows.size()];
		int inputLast = 0;
		for (int i = 0; i < rows.size(); i++)
			for (final int in : network.nodes().get(i).inputs())
				if (in == Network.INPUT) inputLast = i;
				else last[in] = i;
		long most = 0;
		for (int i = 0; i < rows.size(); i++) {
			long live = (i <= inputLast ? input.count() : 0) + (unfolds ? rows.get(i).unfolded() : 0);
			for (int k = 0; k <= i; k++)
				if (k == i || last[k] >= i) live += rows.get(k).output().count();
			most = Math.max(most, live);
		}
		return 4 * (most * batch + parameters());
	}

	/** {@return the table as text, with totals} */
	public String toText() {
		final StringBuilder s = new StringBuilder();
		s.append(String.format(Locale.ROOT, "%-14s %-24s %-20s %14s%n", "layer", "type", "output", "parameters"));
		for (final Row row : rows)
			s.append(String.format(Locale.ROOT, "%-14s %-24s %-20s %,14d%n", row.name(), row.type(), row.output(), row
				.parameters()));
		final String field = Arrays.stream(network.receptiveField(input.spatial().stream().mapToInt(extent -> extent).toArray()))
			.mapToObj(f -> f < 0 ? "all" : String.valueOf(f)).collect(Collectors.joining("x"));
		s.append(String.format(Locale.ROOT,
			"parameters %,d, trainable %,d, non-trainable %,d%nmultiply-adds %,d, receptive field %s%n", parameters(), trainable(),
			nonTrainable(), multiplyAdds(), field));
		return s.toString();
	}
}
