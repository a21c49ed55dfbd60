package io.github.convoluta.command;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import ij.ImagePlus;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.image.ImageFilter;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.image.SpatialAxes;
import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Previewable;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/**
 * What all filters have in common: the active image comes in and stays as it is, a new image goes out. Subclasses
 * say which filter their parameters mean.
 */
abstract class FilterCommand extends UserCommand implements Previewable {

	@Parameter(persist = false)
	protected ImagePlus image;

	@Parameter
	private StatusService status;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus filtered;

	@Parameter(label = "Output", choices = { "32-bit", "input type" },
		description = "32-bit keeps negative and fractional results; input type rounds and clamps, and keeps a calibration function; masks are always 8-bit")
	private String output = "32-bit";

	@Parameter(label = "Folder for large results", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "where a result is written, as a TIFF file, that does not fit into memory; empty: it is refused")
	private String folder = "";

	@Parameter(label = "Preview", persist = false, required = false,
		description = "show the result on the current slice while this dialog is open")
	protected boolean preview;

	private final PreviewOverlay overlay = new PreviewOverlay();

	/** What the parameters mean. */
	record Filtering(ImageFilter images, Filter filter) {

		/** The same with results of another type. */
		Filtering with(final Output output) {
			return new Filtering(new ImageFilter(images.axes(), images.channelsTogether(), output, images.folder()), filter);
		}
	}

	/**
	 * The filter for the present parameters.
	 *
	 * @throws IllegalArgumentException naming key, value and what is allowed
	 */
	abstract Filtering plan();

	/** A filter of each channel by itself, with the output that the user wants. */
	final Filtering plan(final SpatialAxes along, final Filter filter) {
		return plan(along, false, filter);
	}

	/** @param channelsTogether whether channels are a last axis of what the filter gets */
	final Filtering plan(final SpatialAxes along, final boolean channelsTogether, final Filter filter) {
		return new Filtering(new ImageFilter(along, channelsTogether, output(), folder), filter);
	}

	private Output output() {
		return switch (output.strip().toLowerCase(Locale.ROOT)) {
			case "32-bit" -> Output.FLOAT;
			case "input type" -> Output.SOURCE;
			default -> throw new IllegalArgumentException("output=[" + output +
				"] is not known; allowed are [32-bit] and [input type].");
		};
	}

	/** Appended to the input's title. */
	abstract String suffix();

	@Override
	void execute() {
		overlay.remove();
		final CommandMonitor monitor = new CommandMonitor(status, suffix());
		try {
			Keys.requireImage(image);
			final Filtering plan = plan();
			filtered = plan.images().apply(image, plan.filter(), ResultTitle.of(image, suffix()), monitor);
		}
		catch (final CancellationException e) {
			cancel(e.getMessage());
		}
		finally {
			monitor.done();
		}
	}

	@Override
	public boolean isPreviewable() {
		return true;
	}

	@Override
	public void preview() {
		if (!preview || image == null) overlay.remove();
		else overlay.show(image, this::plan);
	}

	@Override
	public void cancel() {
		overlay.remove();
	}
}
