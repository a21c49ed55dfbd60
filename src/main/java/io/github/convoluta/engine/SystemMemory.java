package io.github.convoluta.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory there is: outside the Java heap, where networks compute, and in it. */
public final class SystemMemory {

	private SystemMemory() {}

	/** Bytes of memory: in all, and that nothing is in. */
	private record Told(long total, long free) {

		/** A Java that tells nothing of the system is taken at its own limit. */
		static Told bySystem() {
			try {
				final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
				return new Told(system.getTotalMemorySize(), system.getFreeMemorySize());
			}
			catch (final LinkageError | RuntimeException e) {
				return new Told(Runtime.getRuntime().maxMemory(), 0);
			}
		}
	}

	/** Bytes that this machine, or the container that this runs in, has in all. */
	public static long total() {
		return Told.bySystem().total();
	}

	/**
	 * Bytes that could be taken now without pushing other programs out. Systems that count their file cache as used, and
	 * can't tell, are taken at half of all they have.
	 */
	public static long available() {
		final Told told = Told.bySystem();
		return available(told.total(), told.free(), systemsOwn());
	}

	/** Bytes that Java objects can still take before Java's limit is reached; what nothing refers to any more counts as taken. */
	public static long freeHeap() {
		final Runtime runtime = Runtime.getRuntime();
		return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
	}

	/** The lines that Linux tells its memory in; none on other systems. */
	private static List<String> systemsOwn() {
		try {
			final Path file = Path.of("/proc/meminfo");
			return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
		}
		catch (final IOException | RuntimeException e) {
			return List.of();
		}
	}

	/**
	 * @param total bytes of memory
	 * @param free bytes that nothing is in
	 * @param lines such as {@code MemAvailable: 1024 kB}, which counts what can be freed at once
	 */
	static long available(final long total, final long free, final List<String> lines) {
		for (final String line : lines)
			if (line.matches("MemAvailable:\\s*\\d{1,15}\\s*kB\\s*")) return Math.min(total, 1024 * Long.parseLong(line.replaceAll(
				"\\D", "")));
		return Math.max(free, total / 2);
	}
}
