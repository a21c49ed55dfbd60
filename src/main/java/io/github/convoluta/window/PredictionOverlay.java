package io.github.convoluta.window;

import java.awt.Color;
import java.util.Map;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.process.ByteProcessor;
import ij.process.LUT;

/**
 * A prediction over the image in the colours of its classes. It lies on the canvas and not in the image's own overlay, so
 * that it is neither saved nor taken for an annotation. For the event thread.
 */
final class PredictionOverlay {

	private final ImagePlus image;
	private AnnotationTrainer.Prediction shown;
	private Map<Integer, Color> colours = Map.of();
	private double opacity;
	private Overlay own;

	/** @param opacity from 0, invisible, to 1 */
	PredictionOverlay(final ImagePlus image, final double opacity) {
		this.image = image;
		this.opacity = opacity;
	}

	/** @param coloursOfClasses by the values of the classes; others are grey */
	void show(final AnnotationTrainer.Prediction prediction, final Map<Integer, Color> coloursOfClasses) {
		shown = prediction;
		colours = Map.copyOf(coloursOfClasses);
		draw();
	}

	/** What is shown; null for nothing. */
	AnnotationTrainer.Prediction shown() {
		return shown;
	}

	/** Draws what is shown anew, if the colours have changed or something else has taken the image's overlay away. */
	void update(final Map<Integer, Color> coloursOfClasses) {
		if (shown == null || colours.equals(coloursOfClasses) && image.getOverlay() != null) return;
		colours = Map.copyOf(coloursOfClasses);
		draw();
	}

	void opacity(final double value) {
		opacity = value;
		draw();
	}

	/** Takes the prediction away. */
	void clear() {
		shown = null;
		draw();
	}

	private void draw() {
		final ImageCanvas canvas = image.getCanvas();
		if (canvas == null) return;
		if (shown != null) {
			// ImageJ saves what lies on the canvas only, if the image has no overlay at all.
			if (image.getOverlay() == null) image.setOverlay(new Overlay());
			own = new Overlay(roi());
			own.selectable(false);
			canvas.setShowAllList(own);
		}
		else if (canvas.getShowAllList() == own) canvas.setShowAllList(null);
		canvas.repaint();
	}

	private ImageRoi roi() {
		final byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		for (int i = 1; i <= shown.values().size(); i++) {
			final Color colour = colours.getOrDefault(shown.values().get(i - 1), Color.GRAY);
			r[i] = (byte) colour.getRed();
			g[i] = (byte) colour.getGreen();
			b[i] = (byte) colour.getBlue();
		}
		final ByteProcessor coloured = (ByteProcessor) shown.classes().duplicate();
		coloured.setLut(new LUT(r, g, b));
		coloured.setMinAndMax(0, 255);
		final ImageRoi roi = new ImageRoi(shown.part().area().x, shown.part().area().y, coloured);
		roi.setOpacity(opacity);
		return roi;
	}
}
