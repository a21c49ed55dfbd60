package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convoluta.engine.Capabilities;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

	private final Network network = Architectures.create("unet depth=2 width=16", 3, 1, 2);

	@Test
	void unfoldedInputsLeaveRoomForFewerSamples() {
		final int plain = BatchSize.automatic(network, 1000, false, 4_000_000_000L, 32, 32, 32);
		final int unfolded = BatchSize.automatic(network, 1000, true, 4_000_000_000L, 32, 32, 32);
		assertEquals(8, plain);
		assertTrue(unfolded < plain && unfolded >= 1, "" + unfolded);
	}

	@Test
	void whatDoesNotFitIsRefusedWithTheNumbers() {
		final String message = assertThrows(IllegalArgumentException.class, () -> BatchSize.automatic(network, 1000, true,
			100_000_000L, 64, 64, 64)).getMessage();
		assertTrue(message.contains("only 100 MB are free"), message);
	}

	/** The batch decides what is learnt, so it may not depend on what else runs. */
	@Test
	void theAutomaticSizeIsTheMachinesNotTheMoments() {
		final int size = BatchSize.automatic(new Capabilities(false, Long.MAX_VALUE), network, 1000, 16, 16, 16);
		final byte[][] taken = new byte[8][1 << 24];
		assertEquals(size, BatchSize.automatic(new Capabilities(false, Long.MAX_VALUE), network, 1000, 16, 16, 16),
			taken.length + " blocks are held");
		assertTrue(BatchSize.automatic(Architectures.create("resnet18 width=2", 2, 1, 2), 10, false, Long.MAX_VALUE, 32,
			32) >= 2);
	}
}
