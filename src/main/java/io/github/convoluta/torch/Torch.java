package io.github.convoluta.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.training.ParameterStore;
import io.github.convoluta.network.Network;

/**
 * A network in libtorch's memory. For one thread at a time; {@link #close} frees the memory.
 */
public final class Torch implements AutoCloseable {

	private final NDManager manager;
	private final PtSymbolBlock block;

	private Torch(final NDManager manager, final PtSymbolBlock block) {
		this.manager = manager;
		this.block = block;
	}

	/**
	 * Loads a network for prediction.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Torch load(final Network network, final Weights weights) {
		final ByteArrayOutputStream archive = new ByteArrayOutputStream();
		try {
			TorchArchive.write(network, weights, archive);
			final NDManager manager = TorchLibrary.newManager();
			final PtSymbolBlock block = TorchLibrary.load(archive.toByteArray(), manager);
			return new Torch(manager, block);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * The network's result.
	 *
	 * @param input values in C order
	 * @param shape {@code [sample, channel, (z,) (y,) x]}
	 * @return values in C order
	 */
	public float[] predict(final float[] input, final long... shape) {
		final long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
		if (count != input.length) throw new IllegalArgumentException("The input has " + input.length +
			" values, but the shape " + Arrays.toString(shape) + " needs " + count + ".");
		try (NDManager step = manager.newSubManager()) {
			final ByteBuffer buffer = ByteBuffer.allocateDirect(4 * input.length).order(ByteOrder.nativeOrder());
			buffer.asFloatBuffer().put(input);
			final NDArray x = step.create(buffer, new Shape(shape), DataType.FLOAT32);
			final NDList result = block.forward(new ParameterStore(step, false), new NDList(x), false);
			return result.singletonOrThrow().toFloatArray();
		}
	}

	@Override
	public void close() {
		block.close();
		manager.close();
	}
}
