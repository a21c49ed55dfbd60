package io.github.convoluta.window;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.List;

/** Where a window goes so that it leaves another one free. */
public final class Placement {

	private static final int GAP = 8;

	private Placement() {}

	/**
	 * The first place that covers nothing of the other window: to its right, left, below or above it; where none is large
	 * enough, the corner of the screen that covers least.
	 *
	 * @param other the window to leave free, or null
	 * @return null without another window
	 */
	public static Rectangle beside(final Rectangle other, final Dimension size, final Rectangle screen) {
		if (other == null) return null;
		final int right = screen.x + screen.width - size.width, bottom = screen.y + screen.height - size.height;
		final int x = within(other.x, screen.x, right), y = within(other.y, screen.y, bottom);
		final List<Rectangle> places = List.of(at(other.x + other.width + GAP, y, size), at(other.x - size.width - GAP, y, size),
			at(x, other.y + other.height + GAP, size), at(x, other.y - size.height - GAP, size));
		for (final Rectangle place : places)
			if (screen.contains(place)) return place;
		Rectangle best = null;
		for (final int cornerX : new int[] { Math.max(screen.x, right), screen.x })
			for (final int cornerY : new int[] { screen.y, Math.max(screen.y, bottom) }) {
				final Rectangle corner = at(cornerX, cornerY, size);
				if (best == null || covered(corner, other) < covered(best, other)) best = corner;
			}
		return best;
	}

	/**
	 * How far the other window has to go to the left, so that there is a place for a window of this size beside it; 0 if
	 * there is one already, or if the screen is too small for both.
	 */
	public static int shift(final Rectangle other, final Dimension size, final Rectangle screen) {
		final int needed = other.x + other.width + GAP + size.width - screen.x - screen.width;
		final boolean covers = beside(other, size, screen).intersects(other);
		return covers && needed > 0 && needed <= other.x - screen.x ? needed : 0;
	}

	private static Rectangle at(final int x, final int y, final Dimension size) {
		return new Rectangle(x, y, size.width, size.height);
	}

	private static int within(final int value, final int min, final int max) {
		return Math.max(min, Math.min(value, max));
	}

	private static long covered(final Rectangle a, final Rectangle b) {
		final Rectangle both = a.intersection(b);
		return both.isEmpty() ? 0 : (long) both.width * both.height;
	}
}
