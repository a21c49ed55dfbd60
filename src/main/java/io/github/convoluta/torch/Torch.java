package io.github.convoluta.torch;

import java.util.Arrays;

import ai.djl.ndarray.NDManager;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;

/**
 * A network in libtorch's memory for prediction: batch normalisation is folded into convolutions, activations are
 * computed with them. For one thread at a time; {@link #close} frees the memory.
 */
public final class Torch implements AutoCloseable {

	private final EngineModule module;

	private Torch(final EngineModule module) {
		this.module = module;
	}

	/** Loads a network for prediction with 32 bits on the processor. */
	public static Torch load(final Network network, final Weights weights) {
		return load(network, weights, Precision.FP32, Device.CPU);
	}

	/**
	 * Loads a network for prediction.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Torch load(final Network network, final Weights weights, final Precision precision,
		final Device device)
	{
		return load(network, weights, precision, device, Processor.operators());
	}

	/** Loads a network for prediction with these operators. */
	static Torch load(final Network network, final Weights weights, final Precision precision, final Device device,
		final Operators operators)
	{
		final FoldedNetwork folded = FoldedNetwork.of(network, weights);
		final ForwardStyle style = ForwardStyle.prediction(network.dimensions(), precision, device, operators);
		return new Torch(new EngineModule(device, target -> TorchArchive.write(folded.network(), folded.weights(), style, "",
			null, target)));
	}

	/** Loads a network just as it is written to files: slower, with nothing but what every libtorch has. */
	public static Torch loadPortable(final Network network, final Weights weights) {
		return new Torch(new EngineModule(Device.CPU, target -> TorchArchive.write(network, weights, target)));
	}

	/**
	 * The network's result.
	 *
	 * @param input values in C order
	 * @param shape {@code [sample, channel, (z,) (y,) x]}
	 * @return values in C order
	 * @throws IllegalStateException if libtorch fails, for example for lack of memory
	 */
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
