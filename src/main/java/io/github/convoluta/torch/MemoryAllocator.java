package io.github.convoluta.torch;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Makes memory cheap on Linux. Networks allocate the same sizes step after step, and fetching fresh pages from the system
 * each time takes longer than the arithmetic. So the C library is told to keep what was freed; and because it never does
 * so beyond 64 MB in threads other than a program's first, libtorch is told to take large pages.
 */
final class MemoryAllocator {

	/** Parameters of glibc's {@code mallopt}. */
	private static final int TRIM_THRESHOLD = -1, MMAP_THRESHOLD = -3;

	private MemoryAllocator() {}

	/** Public, so that its method can be found by name. */
	public interface C extends Library {

		/** Not zero on success. */
		int mallopt(int parameter, int value);

		/** Zero on success. */
		int setenv(String name, String value, int overwrite);
	}

	static void keepFreedMemory() {
		try {
			if (!Platform.isLinux()) return;
			final C c = Native.load("c", C.class);
			// Before glibc 2.35 half of a heap is the most; what is refused would leave a threshold far smaller than tensors.
			if (c.mallopt(MMAP_THRESHOLD, 1 << 30) == 0) c.mallopt(MMAP_THRESHOLD, 1 << 25);
			c.mallopt(TRIM_THRESHOLD, Integer.MAX_VALUE);
			// libtorch reads this once, when it allocates for the first time; who has set it otherwise is left alone.
			c.setenv("THP_MEM_ALLOC_ENABLE", "1", 0);
		}
		catch (final LinkageError | RuntimeException e) {
			System.getLogger(MemoryAllocator.class.getName()).log(System.Logger.Level.DEBUG,
				"The allocator could not be tuned; networks will be slower.", e);
		}
	}
}
