package io.github.convoluta.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.Random;

import org.junit.jupiter.api.Test;

class PlacementTest {

	private static final Rectangle SCREEN = new Rectangle(0, 25, 1280, 740);

	@Test
	void theOtherWindowIsLeftFreeWhereverThereIsRoom() {
		final Random random = new Random(1);
		for (int i = 0; i < 2000; i++) {
			final Dimension size = new Dimension(100 + random.nextInt(500), 100 + random.nextInt(640));
			final Rectangle other = new Rectangle(random.nextInt(900), 25 + random.nextInt(400), 50 + random.nextInt(380), 50 +
				random.nextInt(340));
			final Rectangle place = Placement.beside(other, size, SCREEN);
			assertTrue(SCREEN.contains(place), place.toString());
			final boolean room = SCREEN.width - other.x - other.width >= size.width + 8 || other.x >= size.width + 8 || SCREEN.y +
				SCREEN.height - other.y - other.height >= size.height + 8 || other.y - SCREEN.y >= size.height + 8;
			if (room) assertFalse(place.intersects(other), place + " and " + other);
		}
	}

	@Test
	void theOtherWindowMakesRoomWhereTheScreenHasIt() {
		final Rectangle centred = new Rectangle(380, 200, 520, 560);
		final Dimension size = new Dimension(455, 640);
		final int shift = Placement.shift(centred, size, SCREEN);
		assertEquals(380 + 520 + 8 + 455 - 1280, shift);
		final Rectangle moved = new Rectangle(380 - shift, 200, 520, 560);
		assertFalse(Placement.beside(moved, size, SCREEN).intersects(moved));
		assertEquals(0, Placement.shift(moved, size, SCREEN));
		assertEquals(0, Placement.shift(new Rectangle(100, 30, 1000, 700), size, SCREEN), "there is no room for both");
	}

	@Test
	void withoutRoomTheCornerThatCoversLeast() {
		final Rectangle place = Placement.beside(new Rectangle(0, 25, 1200, 740), new Dimension(300, 300), SCREEN);
		assertEquals(980, place.x);
		assertNull(Placement.beside(null, new Dimension(300, 300), SCREEN));
		// A window that is higher than the screen starts at its top.
		assertEquals(25, Placement.beside(new Rectangle(0, 25, 1200, 740), new Dimension(300, 900), SCREEN).y);
	}
}
