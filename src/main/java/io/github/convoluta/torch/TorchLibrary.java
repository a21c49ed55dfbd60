package io.github.convoluta.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.Device;

/**
 * Finds and loads libtorch; nothing is ever downloaded. The library is unpacked once (440 MB on Linux) into
 * {@code .djl.ai} in the user's home, or the folder that the environment variable {@code ENGINE_CACHE_DIR} names; if the
 * home can't be written, into a private folder in the temporary one.
 */
final class TorchLibrary {

	/** Names the folder that libtorch is unpacked in. */
	private static final String CACHE = "ENGINE_CACHE_DIR";
	/** Held, since a logger that nobody holds forgets its level. */
	private static final Logger LOGGER = Logger.getLogger("ai.djl");

	private TorchLibrary() {}

	/**
	 * libtorch in this process.
	 *
	 * @param folder where it was loaded from
	 * @param gate what all that takes long goes through
	 */
	private record Library(Engine engine, Path folder, EngineGate gate) {}

	/** Loaded when it is first asked for. */
	private static final class Loaded {

		static final Library LIBRARY = load();
	}

	/** Version of libtorch. */
	public static String version() {
		return library().engine().getVersion();
	}

	/** What libtorch was built with and this processor has, such as {@code AVX512}; and the number of its threads. */
	public static String features() {
		library();
		return String.join(", ", new TreeSet<>(JniUtils.getFeatures())) + "; " + JniUtils.getNumThreads() + " threads";
	}

	/**
	 * Devices that networks can run on, the processor first.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static List<Device> devices() {
		final List<Device> devices = new ArrayList<>(List.of(Device.CPU));
		for (int i = 0; i < library().engine().getGpuCount(); i++)
			devices.add(new Device(Device.Kind.CUDA, i));
		final Device mps = new Device(Device.Kind.MPS, 0);
		if (Ability.of(() -> tryOut(mps)).works()) devices.add(mps);
		return devices;
	}

	private static void tryOut(final Device device) {
		try (NDManager manager = library().engine().newBaseManager(bindings(device))) {
			manager.create(1f).add(1f).toFloatArray();
		}
	}

	/** Begins the engine's random numbers (dropout) anew. */
	static void seed(final long seed) {
		library().engine().setRandomSeed(Long.hashCode(seed));
	}

	static NDManager newManager(final Device device) {
		if (device.kind() != Device.Kind.CPU) device.among(devices());
		return library().engine().newBaseManager(bindings(device));
	}

	/** The device as the binding calls it. */
	private static ai.djl.Device bindings(final Device device) {
		return switch (device.kind()) {
			case CPU -> ai.djl.Device.cpu();
			case CUDA -> ai.djl.Device.gpu(device.index());
			case MPS -> ai.djl.Device.of("mps", device.index());
		};
	}

	/** What computations of libtorch go through, so that the program doesn't end under them. */
	static EngineGate gate() {
		return library().gate();
	}

	private static Library library() {
		try {
			return Loaded.LIBRARY;
		}
		catch (final ExceptionInInitializerError | NoClassDefFoundError e) {
			final Throwable cause = e.getCause() == null ? e : e.getCause();
			throw new IllegalStateException(missing(SystemRequirements.here(), cause), cause);
		}
	}

	/** Why there is no libtorch, and what to do. */
	static String missing(final SystemRequirements system, final Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && !(root instanceof UncheckedIOException))
			root = root.getCause();
		final String unmet = system.unmet();
		final String reason = unmet != null ? unmet : cause instanceof final UncheckedIOException e ? e.getCause().getMessage()
			: "it could not be loaded: " + (root.getMessage() == null ? root.toString() : root.getMessage()) + ". " + system
				.needs();
		return "libtorch, which runs networks, can't be used on " + system.name() + ": " + reason + ". Networks need Linux " +
			"(x86-64, arm64), macOS (Apple silicon) or Windows (x86-64); filters work without it.";
	}

	/** Folder that libtorch was loaded from. */
	public static String folder() {
		return library().folder().toString();
	}

	private static Library load() {
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		final String cache = System.getProperty(CACHE);
		try (URLClassLoader loader = NativeJars.loader(TorchLibrary.class)) {
			// The binding looks for the native library through the thread's loader.
			thread.setContextClassLoader(loader);
			System.setProperty("ai.djl.offline", "true");
			// Without a logging library the binding's warning about it would be the first thing that users see.
			if (System.getProperty("slf4j.internal.verbosity") == null) System.setProperty("slf4j.internal.verbosity", "ERROR");
			LOGGER.setLevel(Level.WARNING);
			MemoryAllocator.keepFreedMemory();
			// Who names a libtorch of their own answers for it.
			if (setting("PYTORCH_LIBRARY_PATH") == null) unpack(loader);
			final Engine engine = Engine.getEngine("PyTorch");
			return new Library(engine, Path.of(LibUtils.getLibtorchPath()), EngineGate.ofProcess());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		finally {
			thread.setContextClassLoader(before);
			if (cache == null) System.clearProperty(CACHE);
			else System.setProperty(CACHE, cache);
		}
	}

	private static void unpack(final ClassLoader loader) throws IOException {
		final PackedLibrary packed = PackedLibrary.find(loader);
		if (packed == null) throw new IOException("it is not installed; install the zip of the plugin that is made for this " +
			"system, which has it in " + NativeJars.place());
		final String configured = setting(CACHE) != null ? setting(CACHE) : setting("DJL_CACHE_DIR");
		try {
			System.setProperty(CACHE, new LibraryCache(packed).prepare(configured, System.getProperty("user.home"), System
				.getProperty("java.io.tmpdir")).toString());
		}
		catch (final IOException e) {
			throw new IOException("it could not be unpacked (" + new ByteSize(packed.size()) + "); tried " + e.getMessage() +
				". The environment variable " + CACHE + " names another folder" + (configured == null ? "" : ", here " + configured),
				e);
		}
	}

	/** As the binding reads it; null if it isn't set. */
	private static String setting(final String name) {
		final String value = System.getenv(name) != null ? System.getenv(name) : System.getProperty(name);
		return value == null || value.isEmpty() ? null : value;
	}
}
