package io.github.convoluta.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Finds and loads libtorch; nothing is ever downloaded. The library is unpacked once (440 MB on Linux) into
 * {@code .djl.ai} in the user's home, or the folder that the environment variable {@code ENGINE_CACHE_DIR} names.
 */
public final class TorchLibrary {

	private TorchLibrary() {}

	/** Loaded when it is first asked for. */
	private static final class Loaded {

		static final Engine ENGINE = load();
	}

	/** Version of libtorch. */
	public static String version() {
		return engine().getVersion();
	}

	/** What libtorch was built with and this processor has, such as {@code AVX512}; and the number of its threads. */
	public static String features() {
		engine();
		return String.join(", ", new TreeSet<>(JniUtils.getFeatures())) + "; " + JniUtils.getNumThreads() +
			" threads";
	}

	/**
	 * Devices that networks can run on, the processor first.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static List<Device> devices() {
		final List<Device> devices = new ArrayList<>(List.of(Device.CPU));
		for (int i = 0; i < engine().getGpuCount(); i++)
			devices.add(new Device(Device.Kind.CUDA, i));
		final Device mps = new Device(Device.Kind.MPS, 0);
		if (Ability.of(() -> tryOut(mps)).works()) devices.add(mps);
		return devices;
	}

	private static void tryOut(final Device device) {
		try (NDManager manager = engine().newBaseManager(bindings(device))) {
			manager.create(1f).add(1f).toFloatArray();
		}
	}

	/** Begins the engine's random numbers (dropout) anew. */
	static void seed(final long seed) {
		engine().setRandomSeed(Long.hashCode(seed));
	}

	static NDManager newManager(final Device device) {
		if (device.kind() != Device.Kind.CPU) device.among(devices());
		return engine().newBaseManager(bindings(device));
	}

	/** The device as the binding calls it. */
	private static ai.djl.Device bindings(final Device device) {
		return switch (device.kind()) {
			case CPU -> ai.djl.Device.cpu();
			case CUDA -> ai.djl.Device.gpu(device.index());
			case MPS -> ai.djl.Device.of("mps", device.index());
		};
	}

	private static Engine engine() {
		try {
			return Loaded.ENGINE;
		}
		catch (final ExceptionInInitializerError | NoClassDefFoundError e) {
			final Throwable cause = e.getCause() == null ? e : e.getCause();
			throw new IllegalStateException(missing(System.getProperty("os.name"), System.getProperty("os.arch"), cause), cause);
		}
	}

	/** Why there is no libtorch, and what to do. */
	static String missing(final String system, final String processor, final Throwable cause) {
		final boolean intelMac = system.toLowerCase(Locale.ROOT).startsWith("mac") && !processor.equals("aarch64");
		return "libtorch, which runs networks, can't be used on " + system + " " + processor + (intelMac
			? ": it is no longer made for Macs with Intel processors." : " (" + cause.getMessage() +
				"). Check that the plugin for this system is installed, and that the folder " + cacheFolder() +
				" can be written and has 500 MB of room; the environment variable ENGINE_CACHE_DIR names another one.") +
			" Networks need Linux (x86-64, arm64), macOS (Apple silicon) or Windows (x86-64); filters work without it.";
	}

	/** Folder that libtorch is unpacked in. */
	public static String cacheFolder() {
		final String folder = System.getenv("ENGINE_CACHE_DIR");
		return folder == null || folder.isBlank() ? System.getProperty("user.home") + "/.djl.ai" : folder;
	}

	private static Engine load() {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		// The binding looks for the native library through the thread's loader.
		thread.setContextClassLoader(TorchLibrary.class.getClassLoader());
		try {
			System.setProperty("ai.djl.offline", "true");
			// Without a logging library the binding's warning about it would be the first thing that users see.
			if (System.getProperty("slf4j.internal.verbosity") == null) System.setProperty("slf4j.internal.verbosity", "ERROR");
			Logger.getLogger("ai.djl").setLevel(Level.WARNING);
			MemoryAllocator.keepFreedMemory();
			return Engine.getEngine("PyTorch");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}
}
