package io.github.convoluta.engine;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.Shape;

/**
 * Another engine, in plain Java, for {@linkplain PlainNetwork a few networks}: whatever it runs needs no libtorch. Weights
 * are written as plain numbers.
 */
public class FakeEngine implements Engine {

	private static final WeightsArchive ARCHIVE = new WeightsArchive() {

		@Override
		public void write(final Network network, final Weights weights, final OutputStream target) throws IOException {
			final DataOutputStream out = new DataOutputStream(target);
			for (final float[] array : weights.arrays())
				for (final float v : array)
					out.writeFloat(v);
			out.flush();
		}

		@Override
		public Weights read(final List<Parameter> parameters, final byte[] archive) throws IOException {
			final DataInputStream in = new DataInputStream(new ByteArrayInputStream(archive));
			final List<float[]> arrays = new ArrayList<>();
			for (final Parameter p : parameters) {
				final float[] array = new float[p.count()];
				for (int i = 0; i < array.length; i++)
					array[i] = in.readFloat();
				arrays.add(array);
			}
			return new Weights(parameters, arrays);
		}
	};

	@Override
	public String name() {
		return "fake";
	}

	@Override
	public List<String> information() {
		return List.of("a fake");
	}

	@Override
	public List<Device> devices() {
		return List.of(Device.CPU);
	}

	@Override
	public Precision precision(final PrecisionChoice choice, final Purpose purpose, final Device device) {
		if (choice == PrecisionChoice.BF16) throw new IllegalArgumentException("The fake engine has 32 bits.");
		return Precision.FP32;
	}

	@Override
	public Capabilities capabilities() {
		return new Capabilities(false, Long.MAX_VALUE);
	}

	@Override
	public Inference load(final Network network, final Weights weights, final Precision precision, final Device device) {
		device.among(devices());
		final PlainNetwork plain = new PlainNetwork(network, weights);
		return new Inference() {

			@Override
			public float[] predict(final float[] input, final long... shape) {
				return last(plain.run(input, shape)).results();
			}

			@Override
			public void close() {}
		};
	}

	@Override
	public Inference loadAsWritten(final Network network, final Weights weights) {
		return load(network, weights);
	}

	@Override
	public Trainer train(final Network network, final Weights weights, final OptimizerState state,
		final TrainingMethod method)
	{
		return new FakeTrainer(network, weights, state, method);
	}

	@Override
	public WeightsArchive archive() {
		return ARCHIVE;
	}

	@Override
	public Differentiator differentiate(final Network network, final Weights weights, final Device device) {
		return new PlainDifferentiator(network, weights);
	}

	private static PlainNetwork.Stage last(final List<PlainNetwork.Stage> stages) {
		return stages.get(stages.size() - 1);
	}

	private record PlainDifferentiator(Network network, Weights weights) implements Differentiator {

		@Override
		public Map<String, Tensor> activations(final float[] input, final long[] shape, final List<String> layers) {
			final List<PlainNetwork.Stage> stages = new PlainNetwork(network, weights).run(input, shape);
			return named(layers, shape, stages.stream().map(PlainNetwork.Stage::results).toList());
		}

		@Override
		public Gradients gradients(final float[] input, final long[] shape, final float[] resultWeights,
			final List<String> layers)
		{
			final int samples = (int) shape[0];
			final PlainNetwork plain = new PlainNetwork(network.logits(), weights);
			final List<PlainNetwork.Stage> stages = plain.run(input, shape);
			final float[] results = last(stages).results(), sums = new float[samples];
			for (int i = 0; i < results.length; i++)
				sums[i / (results.length / samples)] += results[i] * resultWeights[i];
			final List<float[]> slopes = plain.slopes(stages, resultWeights, samples).stages();
			return new Gradients(sums, new Tensor(slopes.get(0), shape.clone()), named(layers, shape, slopes));
		}

		private Map<String, Tensor> named(final List<String> layers, final long[] shape, final List<float[]> stages) {
			final int[] extents = new int[network.dimensions()];
			for (int d = 0; d < extents.length; d++)
				extents[d] = (int) shape[shape.length - 1 - d];
			final List<Shape> shapes = network.shapes(extents);
			final Map<String, Tensor> named = new LinkedHashMap<>();
			for (final String layer : layers) {
				final int i = network.position(layer);
				final List<Integer> spatial = shapes.get(i).spatial();
				final long[] all = new long[spatial.size() + 2];
				all[0] = shape[0];
				all[1] = shapes.get(i).channels();
				for (int d = 0; d < spatial.size(); d++)
					all[all.length - 1 - d] = spatial.get(d);
				named.put(layer, new Tensor(stages.get(i + 1), all));
			}
			return named;
		}

		@Override
		public void close() {}
	}
}
