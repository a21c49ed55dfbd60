package io.github.convoluta.image;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.SystemMemory;

/**
 * Where results go: into memory, or into a file where they don't fit into it.
 *
 * @param folder where files are made; null for none, so that what does not fit is refused
 * @param free tells the bytes of memory that are free
 */
record Storage(Path folder, DoubleSupplier free) {

	/** Results in memory only. */
	static final Storage MEMORY = new Storage(null, SystemMemory::freeHeap);

	/**
	 * Results in memory, or in files of the folder that a user's text names; an empty text names none.
	 *
	 * @throws IllegalArgumentException if the text can't be a path
	 */
	static Storage in(final String folder) {
		if (folder.isBlank()) return MEMORY;
		try {
			return new Storage(Path.of(folder.strip()), SystemMemory::freeHeap);
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("folder=[" + folder + "] is no path: " + e.getReason() + ".", e);
		}
	}

	/**
	 * Planes for a result.
	 *
	 * @param workingMemory bytes that computing it takes besides
	 * @param sourceMemory bytes that the source's planes take while they are read; with a file they have what the result
	 *          does not take
	 * @param smaller format that would take less, for the message; null for none
	 * @throws IllegalArgumentException if they fit nowhere; the message has the numbers
	 */
	PlaneStore planes(final PlaneLayout layout, final SampleFormat format, final long workingMemory, final double sourceMemory,
		final SampleFormat smaller)
	{
		final double samples = (double) layout.width() * layout.height() * layout.planes();
		final double besides = workingMemory + sourceMemory, bytes = samples * format.bytes() + besides;
		if (bytes <= free.getAsDouble()) return new MemoryPlanes(layout, format);
		System.gc();
		final double room = free.getAsDouble();
		if (bytes <= room) return new MemoryPlanes(layout, format);
		if (folder != null && workingMemory <= room) return new FilePlanes(folder, layout, format, free);
		final String advice = folder != null ? "" : " Name a folder (folder=...) that the result can be written into" +
			(smaller == null || smaller.bytes() >= format.bytes() ? "." : ", or use output=[input type], which needs " +
				new ByteSize(samples * smaller.bytes() + besides) + ".");
		throw MemoryCheck.refusal("The result", bytes, room, advice);
	}
}
