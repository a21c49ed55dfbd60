package io.github.convoluta.torch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory outside the Java heap, where networks compute. */
public final class SystemMemory {

	private SystemMemory() {}

	/**
	 * Bytes that could be taken now without pushing other programs out. Systems that count their file cache as used, and
	 * can't tell, are taken at half of all they have.
	 */
	public static long available() {
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final long total = system.getTotalMemorySize(), free = system.getFreeMemorySize();
		final Path file = Path.of("/proc/meminfo");
		if (Files.isReadable(file)) try {
			for (final String line : Files.readAllLines(file))
				if (line.startsWith("MemAvailable:")) return Math.min(total, 1024 * Long.parseLong(line.replaceAll("\\D", "")));
		}
		catch (final IOException | NumberFormatException e) {
			return Math.max(free, total / 2);
		}
		return Math.max(free, total / 2);
	}
}
