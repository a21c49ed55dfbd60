package io.github.convoluta.torch;

import java.util.Arrays;

import ai.djl.ndarray.NDManager;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;

/**
 * A network in libtorch's memory for prediction: batch normalisation is folded into convolutions, activations are
 * computed with them.
 */
final class TorchInference implements Inference {

	private final EngineModule module;

	private TorchInference(final EngineModule module) {
		this.module = module;
	}

	/** Loads a network for prediction with these operators. */
	static TorchInference load(final Network network, final Weights weights, final Precision precision, final Device device,
		final Operators operators)
	{
		final FoldedNetwork folded = FoldedNetwork.of(network, weights);
		final ForwardStyle style = ForwardStyle.prediction(network.dimensions(), precision, device, operators);
		return new TorchInference(new EngineModule(device, target -> TorchArchive.write(folded.network(), folded.weights(),
			style, "", null, target)));
	}

	/** Loads a network just as it is written to files: slower, with nothing but what every libtorch has. */
	static TorchInference loadPortable(final Network network, final Weights weights) {
		return new TorchInference(new EngineModule(Device.CPU, target -> TorchArchive.write(network, weights, target)));
	}

	@Override
	public float[] predict(final float[] input, final long... shape) {
		final long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
		if (count != input.length) throw new IllegalArgumentException("The input has " + input.length +
			" values, but the shape " + Arrays.toString(shape) + " needs " + count + ".");
		try (NDManager call = module.newCall()) {
			return EngineModule.floats(module.invoke(call, "forward", false, module.buffers.input(call, input, shape))
				.singletonOrThrow());
		}
	}

	@Override
	public void close() {
		module.close();
	}
}
