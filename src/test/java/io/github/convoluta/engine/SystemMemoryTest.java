package io.github.convoluta.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class SystemMemoryTest {

	@Test
	void memoryIsToldWhateverTheSystemSays() {
		assertEquals(3_000 * 1024L, SystemMemory.available(1L << 40, 0, List.of("MemTotal: 9 kB", "MemAvailable:    3000 kB")));
		assertEquals(1_000, SystemMemory.available(1_000, 0, List.of("MemAvailable: 3000 kB")));
		assertEquals(500, SystemMemory.available(1_000, 100, List.of()));
		assertEquals(700, SystemMemory.available(1_000, 700, List.of("MemAvailable: much", "")));
		assertTrue(SystemMemory.available() > 0);
	}
}
