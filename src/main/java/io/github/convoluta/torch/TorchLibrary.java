package io.github.convoluta.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;

/** Finds and loads libtorch; nothing is ever downloaded. */
public final class TorchLibrary {

	private TorchLibrary() {}

	/** Version of libtorch, once it is loaded. */
	public static String version() {
		return engine().getVersion();
	}

	/** Begins the engine's random numbers (dropout) anew. */
	static void seed(final long seed) {
		engine().setRandomSeed(Long.hashCode(seed));
	}

	/** Loads an archive; the block belongs to the manager. */
	static PtSymbolBlock load(final byte[] archive, final NDManager manager) throws IOException {
		return JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
	}

	static NDManager newManager() {
		return engine().newBaseManager();
	}

	private static Engine engine() {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		// The binding looks for the native library through the thread's loader.
		thread.setContextClassLoader(TorchLibrary.class.getClassLoader());
		try {
			System.setProperty("ai.djl.offline", "true");
			return Engine.getEngine("PyTorch");
		}
		catch (final RuntimeException | LinkageError e) {
			throw new IllegalStateException("libtorch could not be loaded on " + System.getProperty("os.name") + " " + System
				.getProperty("os.arch") + ": " + e.getMessage() + ". Networks need Linux (x86-64, arm64), macOS (Apple silicon) or " +
				"Windows (x86-64); filters work without it.", e);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}
}
