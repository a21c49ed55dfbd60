package io.github.convoluta.image;

import java.util.Locale;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.SystemMemory;

/** Compares what a computation will take with what is free, before anything is taken. */
public final class MemoryCheck {

	private MemoryCheck() {}

	/**
	 * @param what what needs the memory, for the message
	 * @param bytes how much it needs
	 * @throws IllegalArgumentException if less is free
	 */
	public static void require(final String what, final double bytes) {
		final double free = SystemMemory.freeHeap();
		if (bytes > free) {
			System.gc();
			if (bytes > SystemMemory.freeHeap()) throw refusal(what, bytes, SystemMemory.freeHeap(), "");
		}
	}

	/**
	 * What is told where memory is short.
	 *
	 * @param advice what else can be done, beginning with a space; may be empty
	 */
	static IllegalArgumentException refusal(final String what, final double bytes, final double free, final String advice) {
		return new IllegalArgumentException(String.format(Locale.ROOT,
			"%s needs %s of memory, but only %s are free.%s Close images, raise the limit in " +
				"Edit>Options>Memory & Threads, or work on a part of the image.", what, new ByteSize(bytes), new ByteSize(free),
			advice));
	}
}
