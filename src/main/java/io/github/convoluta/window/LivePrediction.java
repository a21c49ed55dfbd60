package io.github.convoluta.window;

import java.awt.Color;
import java.awt.EventQueue;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ij.ImagePlus;
import io.github.convoluta.image.VisiblePart;

/**
 * Keeps a prediction of what is seen over the image: a new one whenever something was learnt, or another part is seen. For
 * the event thread; predicts on one of its own.
 */
final class LivePrediction {

	private final ImagePlus image;
	private final AnnotationTrainer trainer;
	private final Supplier<Map<Integer, Color>> colours;
	private final Consumer<String> problems;
	private final PredictionOverlay overlay;
	private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "prediction");
		thread.setDaemon(true);
		return thread;
	});
	private boolean isOn = true, isBusy;
	private long learnt;
	private VisiblePart asked;

	/**
	 * @param colours of the classes by their values, asked whenever something is drawn
	 * @param problems hears why there is no prediction
	 */
	LivePrediction(final ImagePlus image, final AnnotationTrainer trainer, final Supplier<Map<Integer, Color>> colours,
		final double opacity, final Consumer<String> problems)
	{
		this.image = image;
		this.trainer = trainer;
		this.colours = colours;
		this.problems = problems;
		overlay = new PredictionOverlay(image, opacity);
	}

	/** Looks whether there is something new to be shown; called several times a second. */
	void refresh() {
		if (!isOn || trainer.learnt() == 0) {
			if (overlay.shown() != null) overlay.clear();
			asked = null;
			return;
		}
		final VisiblePart part = VisiblePart.of(image);
		final AnnotationTrainer.Prediction shown = overlay.shown();
		if (shown != null && (shown.part().slice() != part.slice() || shown.part().frame() != part.frame())) overlay.clear();
		overlay.update(colours.get());
		if (isBusy || part.equals(asked) && trainer.learnt() == learnt) return;
		asked = part;
		learnt = trainer.learnt();
		isBusy = true;
		worker.execute(() -> predict(part));
	}

	private void predict(final VisiblePart part) {
		try {
			final AnnotationTrainer.Prediction done = trainer.predict(part);
			EventQueue.invokeLater(() -> {
				isBusy = false;
				if (isOn) overlay.show(done, colours.get());
				refresh();
			});
		}
		catch (final CancellationException e) {
			EventQueue.invokeLater(() -> isBusy = false);
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			EventQueue.invokeLater(() -> {
				isBusy = false;
				problems.accept("No prediction is shown: " + e.getMessage());
			});
		}
	}

	boolean isOn() {
		return isOn;
	}

	void on(final boolean value) {
		isOn = value;
		refresh();
	}

	void opacity(final double value) {
		overlay.opacity(value);
	}

	/** Takes the prediction away for good. */
	void close() {
		isOn = false;
		overlay.clear();
		worker.shutdown();
	}
}
