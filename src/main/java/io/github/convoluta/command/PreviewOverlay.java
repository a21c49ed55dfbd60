package io.github.convoluta.command;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/**
 * Shows a filter's result for the current slice as an overlay, so that the image itself is not touched. Computes on a
 * thread of its own; a newer request cancels an older one.
 */
final class PreviewOverlay {

	private static final String NAME = "Convoluta preview";

	private final AtomicLong newest = new AtomicLong();
	private ImagePlus shownOn;

	/** Starts to compute the preview; parameters that can't be used yet show in the status bar. */
	void show(final ImagePlus image, final Supplier<FilterCommand.Filtering> plans) {
		final long request = newest.incrementAndGet();
		final FilterCommand.Filtering plan;
		try {
			plan = plans.get();
		}
		catch (final IllegalArgumentException e) {
			remove();
			IJ.showStatus(e.getMessage());
			return;
		}
		final PreviewPart part = PreviewPart.of(image, plan.images());
		final Thread thread = new Thread(() -> {
			try {
				final ImagePlus result = plan.images().inMemory().apply(part.image(), plan.filter(), "preview", f -> {
					if (newest.get() != request) throw new CancellationException("newer preview");
				});
				if (newest.get() == request) put(image, result, part.indexIn(result));
			}
			catch (final CancellationException e) {
				IJ.showStatus("");
			}
			catch (final IllegalArgumentException e) {
				IJ.showStatus("No preview: " + e.getMessage());
			}
		}, "Convoluta preview");
		thread.setDaemon(true);
		thread.start();
	}

	private synchronized void put(final ImagePlus image, final ImagePlus result, final int index) {
		if (result.getWidth() != image.getWidth() || result.getHeight() != image.getHeight()) {
			IJ.showStatus("No preview: the result is " + result.getWidth() + "x" + result.getHeight() + " pixels.");
			return;
		}
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		overlay.remove(NAME);
		final ImageRoi roi = new ImageRoi(0, 0, shown(result, index));
		roi.setName(NAME);
		overlay.add(roi);
		image.setOverlay(overlay);
		shownOn = image;
	}

	/** One plane of the result with its range of values from black to white, as it would be shown. */
	private static ImageProcessor shown(final ImagePlus result, final int index) {
		final ImageProcessor plane = result.getStack().getProcessor(index);
		if (!(plane instanceof ColorProcessor)) {
			plane.setColorModel(result.getProcessor().getColorModel());
			plane.setMinAndMax(result.getDisplayRangeMin(), result.getDisplayRangeMax());
		}
		return plane.convertToRGB();
	}

	/** Takes the preview away. */
	synchronized void remove() {
		newest.incrementAndGet();
		if (shownOn == null) return;
		final Overlay overlay = shownOn.getOverlay();
		if (overlay != null) {
			overlay.remove(NAME);
			shownOn.setOverlay(overlay.size() == 0 ? null : overlay);
		}
		shownOn = null;
	}
}
