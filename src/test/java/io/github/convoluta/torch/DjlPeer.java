package io.github.convoluta.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import io.github.convoluta.network.ActivationLayer;
import io.github.convoluta.network.ConcatenationLayer;
import io.github.convoluta.network.ConvolutionLayer;
import io.github.convoluta.network.DenseLayer;
import io.github.convoluta.network.Layer;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NormalizationLayer;
import io.github.convoluta.network.PoolingLayer;
import io.github.convoluta.network.TransposedConvolutionLayer;

/** The same network made of DJL's own blocks, to compare speeds with. */
final class DjlPeer implements AutoCloseable {

	private final Model model = Model.newInstance("peer", "PyTorch");
	private final Trainer trainer;
	private final NDManager manager;

	DjlPeer(final Network network, final long... shape) {
		TorchLibrary.version();
		model.setBlock(new Graph(network.logits()));
		trainer = model.newTrainer(new DefaultTrainingConfig(new SoftmaxCrossEntropyLoss("loss", 1, 1, true, true)).optOptimizer(
			Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build()).optInitializer(new XavierInitializer(),
				ai.djl.nn.Parameter.Type.WEIGHT));
		trainer.initialize(new Shape(shape));
		manager = model.getNDManager();
	}

	float step(final float[] x, final long[] shape, final long[] y, final long[] labels) {
		try (NDManager step = manager.newSubManager()) {
			final NDList data = new NDList(step.create(x, new Shape(shape))), target = new NDList(step.create(y, new Shape(labels))
				.expandDims(1));
			final float value;
			try (GradientCollector collector = trainer.newGradientCollector()) {
				final NDList prediction = trainer.forward(data);
				final Loss loss = trainer.getLoss();
				final NDArray l = loss.evaluate(target, prediction);
				collector.backward(l);
				value = l.getFloat();
				prediction.close();
				l.close();
			}
			trainer.step();
			return value;
		}
	}

	float[] predict(final float[] x, final long[] shape) {
		try (NDManager step = manager.newSubManager()) {
			final NDList result = trainer.evaluate(new NDList(step.create(x, new Shape(shape))));
			result.attach(step);
			return result.singletonOrThrow().softmax(1).toFloatArray();
		}
	}

	@Override
	public void close() {
		trainer.close();
		model.close();
	}

	/** Layers as DJL has them, called in the order of the network. */
	private static final class Graph extends AbstractBlock {

		private final Network network;
		private final Map<Integer, Block> blocks = new HashMap<>();

		Graph(final Network network) {
			this.network = network;
			for (int i = 0; i < network.nodes().size(); i++) {
				final Block block = block(network.nodes().get(i).layer());
				if (block != null) blocks.put(i, addChildBlock("n" + i, block));
			}
		}

		private Block block(final Layer layer) {
			final int n = network.dimensions();
			if (layer instanceof final ConvolutionLayer c) {
				final boolean same = c.padding().kind() == LayerPadding.Kind.SAME;
				final Shape kernel = shape(c.size()), pad = new Shape(c.size().stream().mapToLong(s -> same ? s / 2 : 0).toArray());
				return n == 2 ? Conv2d.builder().setKernelShape(kernel).setFilters(c.filters()).optPadding(pad).optBias(c.bias())
					.build() : Conv3d.builder().setKernelShape(kernel).setFilters(c.filters()).optPadding(pad).optBias(c.bias())
						.build();
			}
			if (layer instanceof NormalizationLayer) return BatchNorm.builder().optEpsilon(1e-5f).build();
			if (layer instanceof final DenseLayer d) return Linear.builder().setUnits(d.units()).build();
			// DJL's blocks for PyTorch have no transposed convolution: the same convolution, written by hand.
			if (layer instanceof final TransposedConvolutionLayer t) return new Enlarging(t.filters(), n);
			return null;
		}

		private static Shape shape(final List<Integer> values) {
			return new Shape(values.stream().mapToLong(v -> v).toArray());
		}

		@Override
		protected NDList forwardInternal(final ParameterStore store, final NDList inputs, final boolean training,
			final PairList<String, Object> parameters)
		{
			final List<NDArray> results = new ArrayList<>();
			for (int i = 0; i < network.nodes().size(); i++) {
				final Network.Node node = network.nodes().get(i);
				final List<NDArray> in = node.inputs().stream().map(k -> k == Network.INPUT ? inputs.get(0) : results.get(k))
					.toList();
				NDArray out = in.get(0);
				if (blocks.containsKey(i)) out = blocks.get(i).forward(store, new NDList(out), training).get(0);
				else if (node.layer() instanceof PoolingLayer) {
					final Shape two = new Shape(LongStream.generate(() -> 2).limit(network.dimensions()).toArray());
					final Shape none = new Shape(new long[network.dimensions()]);
					out = network.dimensions() == 2 ? Pool.maxPool2d(out, two, two, none, false) : Pool.maxPool3d(out, two, two, none,
						false);
				}
				else if (node.layer() instanceof ConcatenationLayer) out = in.get(0).concat(in.get(1), 1);
				else if (node.layer() instanceof io.github.convoluta.network.FlattenLayer) out = Blocks.batchFlatten(out);
				final io.github.convoluta.network.Activation a = node.layer() instanceof final ActivationLayer l ? l.activation()
					: node.layer() instanceof final ConvolutionLayer c ? c.activation() : node.layer() instanceof final DenseLayer d
						? d.activation() : io.github.convoluta.network.Activation.LINEAR;
				if (a.equals(io.github.convoluta.network.Activation.RELU)) out = Activation.relu(out);
				results.add(out);
			}
			return new NDList(results.get(results.size() - 1));
		}

		@Override
		protected void initializeChildBlocks(final NDManager manager, final DataType type, final Shape... inputs) {
			final int n = network.dimensions();
			final int[] extents = new int[n];
			for (int d = 0; d < n; d++)
				extents[d] = (int) inputs[0].get(n + 1 - d);
			final List<io.github.convoluta.network.Shape> shapes = network.shapes(extents);
			for (final Map.Entry<Integer, Block> e : blocks.entrySet()) {
				final int in = network.nodes().get(e.getKey()).inputs().get(0);
				final io.github.convoluta.network.Shape s = in == Network.INPUT ? new io.github.convoluta.network.Shape(Arrays
					.stream(extents).boxed().toList(), network.channels()) : shapes.get(in);
				final long[] shape = new long[s.dimensions() + 2];
				shape[0] = inputs[0].get(0);
				shape[1] = s.channels();
				for (int d = 0; d < s.dimensions(); d++)
					shape[shape.length - 1 - d] = s.spatial().get(d);
				e.getValue().initialize(manager, type, new Shape(shape));
			}
		}

		@Override
		public Shape[] getOutputShapes(final Shape[] inputs) {
			throw new UnsupportedOperationException();
		}
	}

	/** Doubles all extents: one 1-wide convolution for all places of a result, sorted into them. */
	private static final class Enlarging extends AbstractBlock {

		private final int filters, n;
		private final Block convolution;

		Enlarging(final int filters, final int n) {
			this.filters = filters;
			this.n = n;
			convolution = addChildBlock("c", n == 2 ? Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(4 * filters)
				.build() : Conv3d.builder().setKernelShape(new Shape(1, 1, 1)).setFilters(8 * filters).build());
		}

		@Override
		protected NDList forwardInternal(final ParameterStore store, final NDList inputs, final boolean training,
			final PairList<String, Object> parameters)
		{
			final NDArray all = convolution.forward(store, inputs, training).get(0);
			final Shape s = all.getShape();
			return new NDList(n == 2 ? all.reshape(s.get(0), filters, 2, 2, s.get(2), s.get(3)).transpose(0, 1, 4, 2, 5, 3)
				.reshape(s.get(0), filters, 2 * s.get(2), 2 * s.get(3)) : all.reshape(s.get(0), filters, 2, 2, 2, s.get(2), s.get(3),
					s.get(4)).transpose(0, 1, 5, 2, 6, 3, 7, 4).reshape(s.get(0), filters, 2 * s.get(2), 2 * s.get(3), 2 * s.get(4)));
		}

		@Override
		protected void initializeChildBlocks(final NDManager manager, final DataType type, final Shape... inputs) {
			convolution.initialize(manager, type, inputs);
		}

		@Override
		public Shape[] getOutputShapes(final Shape[] inputs) {
			throw new UnsupportedOperationException();
		}
	}
}
