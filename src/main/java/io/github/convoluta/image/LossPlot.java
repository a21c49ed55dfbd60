package io.github.convoluta.image;

import java.awt.Color;
import java.awt.EventQueue;
import java.util.ArrayList;
import java.util.List;

import ij.gui.Plot;
import ij.gui.PlotWindow;
import io.github.convoluta.training.History;

/**
 * The loss while training, in a window that follows it: every step, and the validation after every epoch. May be called
 * from any thread; draws at most twice a second.
 */
public final class LossPlot {

	private static final long INTERVAL = 500_000_000;
	/** More steps are averaged to as many points. */
	private static final int POINTS = 400;

	private final String title;
	private final List<Double> losses = new ArrayList<>();
	private final List<History.Epoch> epochs = new ArrayList<>();
	private PlotWindow window;
	private long drawn;

	public LossPlot(final String title) {
		this.title = title;
	}

	/** A step's loss. */
	public synchronized void step(final double loss) {
		losses.add(loss);
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
		final Plot plot = plot();
		EventQueue.invokeLater(() -> {
			if (window == null) window = plot.show();
			else if (window.isVisible()) window.drawPlot(plot);
		});
	}

	/** The plot as it is now. */
	public synchronized Plot plot() {
		final Plot plot = new Plot(title, "Step", "Loss");
		final int width = Math.max(1, (losses.size() + POINTS - 1) / POINTS), n = losses.size() / width;
		final double[] x = new double[n], y = new double[n];
		for (int i = 0; i < n; i++) {
			x[i] = (i + 0.5) * width;
			for (int k = 0; k < width; k++)
				y[i] += losses.get(i * width + k) / width;
		}
		plot.setColor(new Color(0x3070c0));
		plot.addPoints(x, y, Plot.LINE);
		String legend = "training";
		final boolean validated = epochs.stream().anyMatch(e -> !Double.isNaN(e.validationLoss()));
		if (validated) {
			final double steps = (double) losses.size() / Math.max(1, epochs.get(epochs.size() - 1).number());
			plot.setColor(new Color(0xd05020), new Color(0xd05020));
			plot.setLineWidth(2);
			plot.addPoints(epochs.stream().mapToDouble(e -> e.number() * steps).toArray(), epochs.stream().mapToDouble(
				History.Epoch::validationLoss).toArray(), Plot.CONNECTED_CIRCLES);
			plot.setLineWidth(1);
			legend += "\nvalidation";
		}
		plot.setColor(Color.black);
		plot.addLegend(legend);
		plot.setLimitsToFit(false);
		return plot;
	}
}
