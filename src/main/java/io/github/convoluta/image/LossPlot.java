package io.github.convoluta.image;

import java.awt.Color;
import java.awt.EventQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import ij.gui.Plot;
import ij.gui.PlotWindow;
import io.github.convoluta.training.History;

/**
 * The loss while training, in a window that follows it: every step, and the validation after every epoch, over the epochs.
 * May be called from any thread; draws at most twice a second.
 */
public final class LossPlot {

	private static final long INTERVAL = 500_000_000;
	/** More steps are averaged to as many points. */
	private static final int POINTS = 400;
	/** Part of an axis that is left free beyond the points. */
	private static final double MARGIN = 0.04;

	/** @param epoch how many epochs were done by then, with fractions */
	private record Step(double epoch, double loss) {}

	private final String title;
	private final List<Step> steps = new ArrayList<>();
	private final List<History.Epoch> epochs = new ArrayList<>();
	private int earlier;
	private final Consumer<Plot> display;
	private long drawn;

	public LossPlot(final String title) {
		this(title, new Window());
	}

	/** @param display gets a new plot now and then */
	LossPlot(final String title, final Consumer<Plot> display) {
		this.title = title;
		this.display = display;
	}

	/** A window that is opened with the first plot and stays closed once it was closed. */
	private static final class Window implements Consumer<Plot> {

		private PlotWindow window;

		@Override
		public void accept(final Plot plot) {
			EventQueue.invokeLater(() -> {
				if (window == null) window = plot.show();
				else if (window.isVisible()) window.drawPlot(plot);
			});
		}
	}

	/** What was learnt before; its epochs have a point each. */
	public synchronized void resumed(final History history) {
		for (final History.Epoch e : history.epochs())
			steps.add(new Step(e.number() - 0.5, e.trainingLoss()));
		earlier = steps.size();
		epochs.addAll(history.epochs());
		draw();
	}

	/**
	 * A step's loss.
	 *
	 * @param epoch how many epochs are done with it, with fractions
	 */
	public synchronized void step(final double epoch, final double loss) {
		steps.add(new Step(epoch, loss));
		if (System.nanoTime() - drawn < INTERVAL) return;
		draw();
	}

	/** A finished epoch. */
	public synchronized void epoch(final History.Epoch epoch) {
		epochs.add(epoch);
		draw();
	}

	private void draw() {
		drawn = System.nanoTime();
		display.accept(plot());
	}

	/** The plot as it is now. */
	public synchronized Plot plot() {
		final Plot plot = new Plot(title, "Epoch", "Loss");
		final List<Step> curve = new ArrayList<>(steps.subList(0, earlier));
		final int width = Math.max(1, (steps.size() - earlier + POINTS - 1) / POINTS);
		for (int i = earlier; i < steps.size(); i += width)
			curve.add(mean(steps.subList(i, Math.min(steps.size(), i + width))));
		final List<Step> checks = epochs.stream().filter(e -> !Double.isNaN(e.validationLoss())).map(e -> new Step(e.number(), e
			.validationLoss())).toList();
		plot.setColor(new Color(0x3070c0));
		plot.addPoints(epochs(curve), losses(curve), Plot.LINE);
		String legend = "training";
		if (!checks.isEmpty()) {
			plot.setColor(new Color(0xd05020), new Color(0xd05020));
			plot.setLineWidth(2);
			plot.addPoints(epochs(checks), losses(checks), Plot.CONNECTED_CIRCLES);
			plot.setLineWidth(1);
			legend += "\nvalidation";
		}
		plot.setColor(Color.black);
		final List<Step> all = new ArrayList<>(curve);
		all.addAll(checks);
		final double last = Arrays.stream(epochs(all)).max().orElse(1), least = Arrays.stream(losses(all)).min().orElse(0),
				most = Arrays.stream(losses(all)).max().orElse(1), free = MARGIN * Math.max(most - least, 1e-9 + 1e-3 * Math.abs(
					most));
		plot.setLimits(0, last * (1 + MARGIN), least - free, most + free);
		plot.addLegend(legend);
		return plot;
	}

	/** The last of some steps with the mean of their losses. */
	private static Step mean(final List<Step> some) {
		return new Step(some.get(some.size() - 1).epoch(), some.stream().mapToDouble(Step::loss).average().orElse(Double.NaN));
	}

	private static double[] epochs(final List<Step> points) {
		return points.stream().mapToDouble(Step::epoch).toArray();
	}

	private static double[] losses(final List<Step> points) {
		return points.stream().mapToDouble(Step::loss).toArray();
	}
}
