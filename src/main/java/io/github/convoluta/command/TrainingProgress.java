package io.github.convoluta.command;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import ij.IJ;
import io.github.convoluta.image.LossPlot;
import io.github.convoluta.training.History;
import io.github.convoluta.training.TrainingLoop;

/** Shows a training in the status bar and in a plot, and ends it with Escape. */
final class TrainingProgress implements TrainingLoop.Listener {

	private final CommandMonitor monitor;
	private final LossPlot plot;
	private final int epochs;
	private volatile int epoch = 1;

	/**
	 * @param plot null for none
	 * @param epochs of the whole training
	 */
	TrainingProgress(final CommandMonitor monitor, final LossPlot plot, final int epochs) {
		this.monitor = monitor;
		this.plot = plot;
		this.epochs = epochs;
	}

	@Override
	public void preparing(final String stage, final double fraction) {
		monitor.begin(stage);
		monitor.progress(fraction);
	}

	@Override
	public void remark(final String text) {
		IJ.log(text);
	}

	@Override
	public void resumed(final History earlier) {
		epoch = earlier.epochs().size() + 1;
		monitor.begin("resuming", (double) earlier.epochs().size() / epochs);
		if (plot != null) plot.resumed(earlier);
	}

	@Override
	public boolean step(final double progress, final double loss) {
		if (plot != null) plot.step(progress * epochs, loss);
		monitor.stage(stage(loss));
		try {
			monitor.progress(progress);
			return true;
		}
		catch (final CancellationException e) {
			return false;
		}
	}

	/** What is done at the moment. */
	String stage(final double loss) {
		return String.format(Locale.ROOT, "epoch %d of %d, loss %.4f,", Math.min(epoch, epochs), epochs, loss);
	}

	@Override
	public boolean goesOn() {
		return !IJ.escapePressed();
	}

	@Override
	public void epoch(final History.Epoch done) {
		epoch = done.number() + 1;
		if (plot != null) plot.epoch(done);
	}
}
