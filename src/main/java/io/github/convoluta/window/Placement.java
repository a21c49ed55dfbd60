package io.github.convoluta.window;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;

import ij.gui.GUI;

/** Where a window goes so that it leaves another one free. */
public final class Placement {

	private static final int GAP = 8;

	private Placement() {}

	/**
	 * Puts a window beside another one, which makes room where the screen has it. For the event thread, before or after the
	 * window is shown.
	 *
	 * @param other the window to leave free; null to leave all where it is
	 */
	public static void put(final Window window, final Window other) {
		if (other == null) return;
		final Rectangle screen = GUI.getMaxWindowBounds(window), bounds = other.getBounds();
		final int shift = shift(bounds, window.getSize(), screen);
		if (shift > 0) {
			bounds.x -= shift;
			other.setLocation(bounds.x, bounds.y);
		}
		final Point place = beside(bounds, window.getSize(), screen).getLocation();
		window.setLocation(place);
		// Displays without a window manager sometimes put a window into the corner when it appears.
		if (!window.isShowing()) window.addWindowListener(new WindowAdapter() {

			@Override
			public void windowOpened(final WindowEvent event) {
				if (!window.getLocation().equals(place)) window.setLocation(place);
			}
		});
	}

	/** Makes a window that still lies under another one narrower, as far as it is no smaller than half. */
	static void makeRoom(final Window other, final Window window) {
		final Rectangle screen = GUI.getMaxWindowBounds(window), bounds = other.getBounds();
		if (!bounds.intersects(window.getBounds())) return;
		final int room = screen.width - window.getWidth() - GAP;
		if (room < bounds.width / 2) return;
		other.setBounds(screen.x, bounds.y, Math.min(bounds.width, room), bounds.height);
		window.setLocation(beside(other.getBounds(), window.getSize(), screen).getLocation());
	}

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
