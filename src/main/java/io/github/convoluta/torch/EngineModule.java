package io.github.convoluta.torch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.github.convoluta.engine.Device;

/** A TorchScript module in libtorch's memory, and calls of its methods. For one thread at a time. */
final class EngineModule implements AutoCloseable {

	private final NDManager manager;
	private final PtSymbolBlock block;
	final DirectBuffers buffers = new DirectBuffers();

	/** Writes an archive. */
	@FunctionalInterface
	interface Archive {

		void write(ByteArrayOutputStream target) throws IOException;
	}

	EngineModule(final Device device, final Archive archive) {
		manager = TorchLibrary.newManager(device);
		try {
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			archive.write(bytes);
			block = TorchLibrary.gate().call(() -> JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(bytes
				.toByteArray()), device.kind() != Device.Kind.CPU, false));
		}
		catch (final IOException e) {
			manager.close();
			throw new UncheckedIOException(e);
		}
		catch (final EngineException e) {
			manager.close();
			throw new IllegalStateException("libtorch can't load the network: " + reason(e), e);
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	void setTraining(final boolean training) {
		// The binding loads modules for prediction, whatever it says of itself.
		if (training) JniUtils.enableTrainingMode(block);
		else JniUtils.enableInferenceMode(block);
	}

	/** Memory of one call: everything made in it is freed when it is closed. */
	NDManager newCall() {
		// This setting belongs to the thread: recompiling for every new shape costs more than it gains.
		JniUtils.setGraphExecutorOptimize(false);
		return manager.newSubManager();
	}

	/** The result of a method; it belongs to the call. */
	NDList invoke(final NDManager call, final String method, final boolean training, final NDArray... arguments) {
		final NDList list = new NDList(arguments);
		if (!method.equals("forward")) {
			// An array with such a name is no argument: it tells the binding which method to call.
			final NDArray name = call.create(0f);
			name.setName("module_method:" + method);
			list.add(name);
		}
		try {
			final NDList result = TorchLibrary.gate().call(() -> block.forward(new ParameterStore(call, false), list, training));
			result.attach(call);
			return result;
		}
		catch (final EngineException e) {
			throw new IllegalStateException(explanation(e), e);
		}
	}

	/** What went wrong, in one line. */
	static String reason(final Throwable e) {
		Throwable cause = e;
		while (!(cause instanceof EngineException) && cause.getCause() != null)
			cause = cause.getCause();
		final String message = cause.getMessage() == null ? cause.toString() : cause.getMessage().strip();
		// While a method runs the interpreter tells where first and what last; while one is loaded it is the other way round.
		return message.startsWith("The following operation failed") ? message.lines().reduce((a, b) -> b).orElse("") : message
			.lines().findFirst().orElse("");
	}

	private static String explanation(final EngineException e) {
		final String message = String.valueOf(e.getMessage());
		final String last = message.strip().lines().reduce((a, b) -> b).orElse("");
		return message.contains("allocate memory") || message.contains("out of memory")
			? "libtorch ran out of memory. Use smaller patches or tiles, fewer samples per batch, or a smaller network. (" + last +
				")" : "libtorch stopped: " + last;
	}

	static float[] floats(final NDArray array) {
		final FloatBuffer buffer = TorchLibrary.gate().call(() -> array.toByteBuffer(true)).asFloatBuffer();
		final float[] values = new float[buffer.remaining()];
		buffer.get(values);
		return values;
	}

	@Override
	public void close() {
		block.close();
		manager.close();
	}
}
