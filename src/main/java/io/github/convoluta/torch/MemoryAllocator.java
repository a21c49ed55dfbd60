package io.github.convoluta.torch;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Tells the C library's allocator on Linux to keep large blocks that were freed: networks allocate the same sizes step
 * after step, and fetching fresh pages from the system each time takes longer than the arithmetic.
 */
final class MemoryAllocator {

	/** Parameters of glibc's {@code mallopt}. */
	private static final int TRIM_THRESHOLD = -1, MMAP_THRESHOLD = -3;

	private MemoryAllocator() {}

	/** Public, so that its method can be found by name. */
	public interface C extends Library {

		/** Not zero on success. */
		int mallopt(int parameter, int value);
	}

	static void keepFreedMemory() {
		if (!Platform.isLinux()) return;
		try {
			final C c = Native.load("c", C.class);
			c.mallopt(MMAP_THRESHOLD, 1 << 30);
			c.mallopt(TRIM_THRESHOLD, Integer.MAX_VALUE);
		}
		catch (final LinkageError e) {
			System.getLogger(MemoryAllocator.class.getName()).log(System.Logger.Level.DEBUG,
				"The allocator could not be tuned; networks will be slower.", e);
		}
	}
}
