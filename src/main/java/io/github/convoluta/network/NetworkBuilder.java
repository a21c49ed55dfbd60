package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.convoluta.network.Network.Node;

/**
 * Writes networks layer by layer. Each layer reads the one before; {@link #here} remembers a place, {@link #from} goes
 * back to it, and {@link #concatenate} and {@link #add} join remembered places. A single size holds for all axes.
 */
public final class NetworkBuilder {

	private final String name;
	private final int dimensions;
	private final int channels;
	private final List<Node> nodes = new ArrayList<>();
	private final Map<String, Integer> counts = new HashMap<>();
	private int current = Network.INPUT;

	private NetworkBuilder(final String name, final int dimensions, final int channels) {
		this.name = name;
		this.dimensions = dimensions;
		this.channels = channels;
	}

	/**
	 * Begins a network for input with {@code dimensions} spatial axes and {@code channels} channels.
	 *
	 * @param name for people
	 * @param dimensions number of spatial axes, 1 to 3
	 * @param channels number of channels of the input
	 * @return a builder without layers
	 */
	public static NetworkBuilder network(final String name, final int dimensions, final int channels) {
		return new NetworkBuilder(name, dimensions, channels);
	}

	/**
	 * Any layer, reading the current place.
	 *
	 * @param layer any
	 * @return this builder
	 */
	public NetworkBuilder layer(final Layer layer) {
		return join(layer, List.of(current));
	}

	private NetworkBuilder join(final Layer layer, final List<Integer> inputs) {
		final int number = counts.merge(layer.prefix(), 1, Integer::sum);
		nodes.add(new Node(layer.prefix() + number, layer, inputs));
		current = nodes.size() - 1;
		return this;
	}

	List<Integer> all(final int size) {
		return Collections.nCopies(dimensions, size);
	}

	/**
	 * A convolution with stride 1.
	 *
	 * @param filters number of channels of the result
	 * @param size extent of a window along every axis
	 * @param padding what lies beyond the input
	 * @param activation computed on the sums
	 * @return this builder
	 */
	public NetworkBuilder convolution(final int filters, final int size, final LayerPadding padding,
		final Activation activation)
	{
		return convolution(filters, size, 1, padding, true, activation);
	}

	/**
	 * A convolution.
	 *
	 * @param filters number of channels of the result
	 * @param size extent of a window along every axis
	 * @param stride samples from window to window
	 * @param padding what lies beyond the input
	 * @param bias whether a bias is added
	 * @param activation computed on the sums
	 * @return this builder
	 */
	public NetworkBuilder convolution(final int filters, final int size, final int stride, final LayerPadding padding,
		final boolean bias, final Activation activation)
	{
		return layer(new ConvolutionLayer(filters, all(size), all(stride), padding, all(1), 1, bias, 0, activation));
	}

	/**
	 * A transposed convolution whose size is its stride.
	 *
	 * @param filters number of channels of the result
	 * @param factor enlargement of every axis
	 * @return this builder
	 */
	public NetworkBuilder transposedConvolution(final int filters, final int factor) {
		return layer(new TransposedConvolutionLayer(filters, all(factor), all(factor), LayerPadding.VALID, true,
			Activation.LINEAR));
	}

	/**
	 * Maximum over windows side by side, partial ones dropped.
	 *
	 * @param size extent of a window along every axis
	 * @return this builder
	 */
	public NetworkBuilder maxPooling(final int size) {
		return pooling(PoolingLayer.Kind.MAX, size, size, LayerPadding.VALID);
	}

	/**
	 * Pooling without partial windows.
	 *
	 * @param kind what is computed over a window
	 * @param size extent of a window along every axis
	 * @param stride samples from window to window
	 * @param padding what lies beyond the input
	 * @return this builder
	 */
	public NetworkBuilder pooling(final PoolingLayer.Kind kind, final int size, final int stride, final LayerPadding padding) {
		return layer(new PoolingLayer(kind, all(size), all(stride), padding, false));
	}

	/**
	 * Mean over all positions.
	 *
	 * @return this builder
	 */
	public NetworkBuilder globalAveragePooling() {
		return layer(new GlobalPoolingLayer(false));
	}

	/**
	 * Batch normalisation.
	 *
	 * @return this builder
	 */
	public NetworkBuilder batchNormalization() {
		return layer(new NormalizationLayer(NormalizationLayer.Kind.BATCH, 1));
	}

	/**
	 * An activation as a layer of its own.
	 *
	 * @param activation computed on the sums
	 * @return this builder
	 */
	public NetworkBuilder activation(final Activation activation) {
		return layer(new ActivationLayer(activation));
	}

	/**
	 * Dropout of single values.
	 *
	 * @param rate share of values that become 0 in training, from 0 to below 1
	 * @return this builder
	 */
	public NetworkBuilder dropout(final double rate) {
		return layer(new DropoutLayer(rate, false));
	}

	/**
	 * All values as one vector.
	 *
	 * @return this builder
	 */
	public NetworkBuilder flatten() {
		return layer(new FlattenLayer());
	}

	/**
	 * A dense layer.
	 *
	 * @param units number of results
	 * @param activation computed on the sums
	 * @return this builder
	 */
	public NetworkBuilder dense(final int units, final Activation activation) {
		return layer(new DenseLayer(units, true, 0, activation));
	}

	/** {@return the current place} */
	public int here() {
		return current;
	}

	/**
	 * Goes on from a remembered place.
	 *
	 * @param place as {@link #here} gave it, or {@link Network#INPUT}
	 * @return this builder
	 */
	public NetworkBuilder from(final int place) {
		if (place < Network.INPUT || place >= nodes.size()) throw new IllegalArgumentException("There is no place " + place +
			".");
		current = place;
		return this;
	}

	/**
	 * Concatenates the current place with remembered ones.
	 *
	 * @param places as {@link #here} gave them
	 * @return this builder
	 */
	public NetworkBuilder concatenate(final int... places) {
		return join(new ConcatenationLayer(), withCurrent(places));
	}

	/**
	 * Adds remembered places to the current one.
	 *
	 * @param places as {@link #here} gave them
	 * @return this builder
	 */
	public NetworkBuilder add(final int... places) {
		return join(new AdditionLayer(), withCurrent(places));
	}

	private List<Integer> withCurrent(final int... places) {
		final List<Integer> inputs = new ArrayList<>(List.of(current));
		Arrays.stream(places).forEach(inputs::add);
		return inputs;
	}

	/** {@return the network; its result is the current place, which must be the last layer} */
	public Network build() {
		return new Network(name, dimensions, channels, nodes);
	}
}
