package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Locale;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Sampling;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Applies a filter to every view of an image along spatial axes and makes an image of the results.
 *
 * @param axes the axes the filter works along
 * @param channelsTogether whether channels are a last axis of the views, of which the filter leaves one
 * @param output whether results are 32-bit or of the source's type
 * @param folder path of a folder for results that don't fit into memory; they become virtual stacks there. Empty: such
 *          results are refused
 */
public record ImageFilter(SpatialAxes axes, boolean channelsTogether, Output output, String folder) {

	/** Most elements of an array. */
	private static final int LARGEST = Integer.MAX_VALUE - 8;

	/** Results in memory only. */
	public ImageFilter(final SpatialAxes axes, final boolean channelsTogether, final Output output) {
		this(axes, channelsTogether, output, "");
	}

	/** The type of the result. */
	public enum Output {
		/** 32-bit. */
		FLOAT,
		/** The source's type and calibration function: converted back through it, rounded and clamped. */
		SOURCE,
		/** 8-bit masks of 0 and 255, without a calibration function. */
		MASK
	}

	/** The same, but what does not fit into memory is refused. */
	public ImageFilter inMemory() {
		return new ImageFilter(axes, channelsTogether, output);
	}

	/**
	 * The filtered image. Filters see calibrated values, if the image has a calibration function. An area selection limits
	 * the filter: outside it a result of the source's size shows the source, and a result of another size is made from the
	 * selection's bounding box alone. The source is not changed.
	 *
	 * @throws UnshownResultException if the result is in a file, but memory is too short to show it
	 * @throws IllegalArgumentException if the image lacks the axes, the filter does not fit it, or memory is short
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public ImagePlus apply(final ImagePlus image, final Filter filter, final String title, final Monitor monitor) {
		return apply(image, filter, title, monitor, Storage.in(folder));
	}

	ImagePlus apply(final ImagePlus image, final Filter filter, final String title, final Monitor monitor,
		final Storage storage)
	{
		axes.check(image);
		final Selection selection = Selection.of(image);
		SourceImage source = new SourceImage(image, true);
		long[] in = source.layout().viewSize(axes, channelsTogether);
		final int n = axes.viewDimensions();
		final boolean sameSize = selection == null || Arrays.equals(in, 0, n, filter.outputSize(in), 0, n);
		if (selection != null && sameSize && channelsTogether && source.channels() > 1) throw new IllegalArgumentException(
			"A selection can't be kept apart when channels are summed. Remove the selection (Edit>Selection>Select None), or crop the image.");
		if (!sameSize) {
			source = new SourceImage(crop(image, selection.bounds()), true);
			in = source.layout().viewSize(axes, channelsTogether);
		}
		final ResultImage result = result(source, layout(source.layout(), filter.outputSize(in)), filter.workingMemory(in),
			storage);
		try {
			final int views = source.layout().views(axes, channelsTogether);
			for (int i = 0; i < views; i++)
				run(filter, source.view(axes, channelsTogether, i), result.view(axes, channelsTogether, i), monitor.part(i, views));
			if (selection != null && sameSize) restoreOutside(selection, source, result.planes());
			return result.toImage(title, samplings(filter, in), output == Output.SOURCE);
		}
		catch (final RuntimeException | Error e) {
			result.discard();
			throw e;
		}
	}

	private ResultImage result(final SourceImage source, final PlaneLayout layout, final long workingMemory,
		final Storage storage)
	{
		final SampleFormat own = SampleFormat.of(source.image());
		final RawValues raw = output == Output.SOURCE && source.isCalibrated() ? new RawValues(source.image()) : null;
		final SampleFormat format = switch (output) {
			case FLOAT -> SampleFormat.FLOAT32;
			case SOURCE -> own;
			case MASK -> SampleFormat.UINT8;
		};
		return new ResultImage(source, layout, format, raw, storage.planes(layout, format, workingMemory, source.loadingMemory(),
			own));
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static void run(final Filter filter, final RandomAccessibleInterval source, final RandomAccessibleInterval target,
		final Monitor monitor)
	{
		filter.<RealType, RealType> apply(source, target, monitor);
	}

	/** A part of the image, with its place kept in the calibration's origin. */
	private static ImagePlus crop(final ImagePlus image, final Rectangle bounds) {
		final ImagePlus part = image.crop("stack");
		part.deleteRoi();
		part.setTitle(image.getTitle());
		final Calibration c = image.getCalibration().copy();
		c.xOrigin -= bounds.x;
		c.yOrigin -= bounds.y;
		part.setCalibration(c);
		return part;
	}

	private PlaneLayout layout(final PlaneLayout in, final long[] out) {
		final long depth = out.length > 2 && axes.count() == 3 ? out[2] : 1;
		final long channels = channelsTogether ? out[out.length - 1] : in.channels();
		final long slices = axes == SpatialAxes.XYZ ? depth : in.slices(), frames = axes == SpatialAxes.XYT ? depth : in
			.frames();
		final double plane = (double) out[0] * out[1], planes = (double) channels * slices * frames;
		if (Math.max(plane, planes) > LARGEST) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"The result would have %.0f planes of %d x %d pixels; ImageJ's images have at most %d planes, and as many pixels in a plane.",
			planes, out[0], out[1], LARGEST));
		return new PlaneLayout((int) out[0], (int) out[1], (int) channels, (int) slices, (int) frames);
	}

	private Sampling[] samplings(final Filter filter, final long[] in) {
		final Sampling[] s = { filter.sampling(0, in[0]), filter.sampling(1, in[1]), Sampling.SAME, Sampling.SAME };
		if (axes == SpatialAxes.XYZ) s[2] = filter.sampling(2, in[2]);
		if (axes == SpatialAxes.XYT) s[3] = filter.sampling(2, in[2]);
		return s;
	}

	private void restoreOutside(final Selection selection, final SourceImage source, final PlaneStore result) {
		final PlaneLayout l = source.layout();
		final int w = l.width();
		for (int plane = 0; plane < l.planes(); plane++) {
			final Object from = output == Output.SOURCE ? source.storedSamples(plane) : source.samples(plane);
			for (int y = 0; y < l.height(); y++) {
				final Object row = result.read(plane, y * w, w);
				for (int x = 0; x < w; x++)
					if (!selection.contains(x, y)) copySample(from, y * w + x, row, x);
				result.write(plane, y * w, row, w);
			}
		}
	}

	private void copySample(final Object from, final int i, final Object to, final int x) {
		if (output == Output.MASK) ((byte[]) to)[x] = 0;
		else if (from.getClass() == to.getClass()) System.arraycopy(from, i, to, x, 1);
		else((float[]) to)[x] = from instanceof final byte[] b ? b[i] & 0xff : ((short[]) from)[i] & 0xffff;
	}
}
