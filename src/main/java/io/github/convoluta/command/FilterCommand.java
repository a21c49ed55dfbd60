package io.github.convoluta.command;

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

	@Parameter(label = "Preview", persist = false, required = false,
		description = "show the result on the current slice while this dialog is open")
	protected boolean preview;

	private final PreviewOverlay overlay = new PreviewOverlay();

	/** What the parameters mean. */
	record Plan(ImageFilter images, Filter filter) {

		Plan(final SpatialAxes axes, final Output output, final String folder, final Filter filter) {
			this(new ImageFilter(axes, false, output, folder), filter);
		}
	}

	/**
	 * The filter for the present parameters.
	 *
	 * @throws IllegalArgumentException naming key, value and what is allowed
	 */
	abstract Plan plan();

	/** Appended to the input's title. */
	abstract String suffix();

	@Override
	void execute() {
		overlay.remove();
		final CommandMonitor monitor = new CommandMonitor(status, suffix());
		try {
			if (image == null || image.getWidth() == 0) throw new IllegalArgumentException(
				"There is no image open. Open an image first.");
			final Plan plan = plan();
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
