package io.github.convoluta.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Differentiator;
import io.github.convoluta.engine.Gradients;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Tensor;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;

/** A network in libtorch's memory whose layers can be asked for their results and for gradients. */
final class TorchDifferentiator implements Differentiator {

	private final Network network;
	private final EngineModule module;

	private TorchDifferentiator(final Network network, final EngineModule module) {
		this.network = network;
		this.module = module;
	}

	/** Loads a network with these operators. */
	static TorchDifferentiator load(final Network network, final Weights weights, final Device device,
		final Operators operators)
	{
		final ForwardStyle style = ForwardStyle.differentiation(network.dimensions(), device, operators);
		return new TorchDifferentiator(network, new EngineModule(device, target -> TorchArchive.write(network, weights, style,
			DifferentiationCode.methods(network, style), null, target)));
	}

	@Override
	public Network network() {
		return network;
	}

	@Override
	public Map<String, Tensor> activations(final float[] input, final long[] shape, final List<String> layers) {
		check(input, shape);
		final LongStream picks = picks(layers);
		if (layers.isEmpty()) return Map.of();
		module.setTraining(false);
		try (NDManager call = module.newCall()) {
			return named(layers, module.invoke(call, "activations", true, module.buffers.input(call, input, shape), call.create(
				picks.toArray())));
		}
	}

	@Override
	public Gradients gradients(final float[] input, final long[] shape, final float[] resultWeights,
		final List<String> layers)
	{
		check(input, shape);
		final long[] result = resultShape(shape);
		final long count = count(result);
		if (count != resultWeights.length) throw new IllegalArgumentException(resultWeights.length +
			" weights were given, but the result has " + count + " values, of the shape " + Arrays.toString(result) + ".");
		final LongStream picks = LongStream.concat(LongStream.of(0), picks(layers));
		module.setTraining(false);
		try (NDManager call = module.newCall()) {
			final NDArray weights = module.buffers.target(call, new Target.Values(resultWeights, result));
			final NDList found = module.invoke(call, "gradients", true, module.buffers.input(call, input, shape), weights, call
				.create(picks.toArray()));
			return new Gradients(found.get(0).toFloatArray(), tensor(found.get(1)), named(layers, found.subNDList(2)));
		}
	}

	private void check(final float[] input, final long[] shape) {
		resultShape(shape);
		if (count(shape) != input.length) throw new IllegalArgumentException("The input has " + input.length +
			" values, but the shape " + Arrays.toString(shape) + " needs " + count(shape) + ".");
	}

	private static long count(final long[] shape) {
		return Arrays.stream(shape).reduce(1, Math::multiplyExact);
	}

	private LongStream picks(final List<String> layers) {
		return layers.stream().mapToLong(layer -> network.position(layer) + 1);
	}

	private static Map<String, Tensor> named(final List<String> layers, final NDList arrays) {
		final Map<String, Tensor> named = new LinkedHashMap<>();
		for (int i = 0; i < layers.size(); i++)
			named.put(layers.get(i), tensor(arrays.get(i)));
		return named;
	}

	private static Tensor tensor(final NDArray array) {
		return new Tensor(EngineModule.floats(array), array.getShape().getShape());
	}

	@Override
	public void close() {
		module.close();
	}
}
