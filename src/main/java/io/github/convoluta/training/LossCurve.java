package io.github.convoluta.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Losses step by step, of which neighbours are averaged when they become many, so that a training of any length has a
 * curve of at most some hundred points. For one thread at a time.
 */
public final class LossCurve {

	/** At most twice as many points are kept. */
	private static final int POINTS = 400;

	/**
	 * @param epoch how many epochs were done by then, with fractions
	 * @param loss mean over the point's steps
	 */
	public record Point(double epoch, double loss) {}

	private final List<Point> points = new ArrayList<>();
	private int width = 1, waiting;
	private double sum;

	/** Adds a point that is never averaged with steps, such as one of an earlier training. */
	void add(final Point point) {
		points.add(point);
	}

	/**
	 * Adds a step.
	 *
	 * @param epoch how many epochs are done with it
	 */
	void step(final double epoch, final double loss) {
		sum += loss;
		if (++waiting < width) return;
		points.add(new Point(epoch, sum / waiting));
		waiting = 0;
		sum = 0;
		if (points.size() >= 2 * POINTS) halve();
	}

	private void halve() {
		for (int i = 0; i < points.size() / 2; i++) {
			final Point a = points.get(2 * i), b = points.get(2 * i + 1);
			points.set(i, new Point(b.epoch(), (a.loss() + b.loss()) / 2));
		}
		points.subList(points.size() / 2, points.size()).clear();
		width *= 2;
	}

	List<Point> points() {
		return List.copyOf(points);
	}
}
