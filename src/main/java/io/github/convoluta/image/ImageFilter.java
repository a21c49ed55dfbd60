package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.Arrays;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
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
 */
public record ImageFilter(SpatialAxes axes, boolean channelsTogether, Output output) {

	/** The type of the result. */
	public enum Output {
		/** 32-bit, from calibrated values. */
		FLOAT,
		/** The source's type, from raw values, rounded and clamped. */
		SOURCE,
		/** 8-bit masks of 0 and 255. */
		MASK
	}

	/**
	 * The filtered image. An area selection limits the filter: outside it a result of the source's size shows the source,
	 * and a result of another size is made from the selection's bounding box alone. The source is not changed.
	 *
	 * @throws IllegalArgumentException if the image lacks the axes, the filter does not fit it, or memory is short
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public ImagePlus apply(final ImagePlus image, final Filter filter, final String title, final Monitor monitor) {
		axes.check(image);
		final Roi roi = image.getRoi() != null && image.getRoi().isArea() ? image.getRoi() : null;
		SourceImage source = new SourceImage(image, output == Output.FLOAT);
		long[] in = source.layout().viewSize(axes, channelsTogether);
		long[] out = filter.outputSize(in);
		final int n = axes.viewDimensions();
		final boolean sameSize = Arrays.equals(in, 0, n, out, 0, n);
		if (roi != null && sameSize && channelsTogether && source.channels() > 1) throw new IllegalArgumentException(
			"A selection can't be kept apart when channels are summed. Remove the selection (Edit>Selection>Select None), or crop the image.");
		if (roi != null && !sameSize) {
			final ImagePlus part = crop(image, roi.getBounds());
			source = new SourceImage(part, output == Output.FLOAT);
			in = source.layout().viewSize(axes, channelsTogether);
			out = filter.outputSize(in);
		}
		final SampleFormat format = switch (output) {
			case FLOAT -> SampleFormat.FLOAT32;
			case SOURCE -> source.format();
			case MASK -> SampleFormat.UINT8;
		};
		final ResultImage result = new ResultImage(source, layout(source.layout(), out), format, filter.workingMemory(in));
		final int views = source.layout().views(axes, channelsTogether);
		for (int i = 0; i < views; i++)
			run(filter, source.view(axes, channelsTogether, i), result.view(axes, channelsTogether, i), monitor.part(i,
				views));
		if (roi != null && sameSize) restoreOutside(roi, source, result);
		final boolean keepsRange = output == Output.SOURCE;
		return result.toImage(title, samplings(filter, in), keepsRange);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static void run(final Filter filter, final RandomAccessibleInterval source,
		final RandomAccessibleInterval target, final Monitor monitor)
	{
		filter.<RealType, RealType> apply(source, target, monitor);
	}

	/** The selection's bounding box, with its place kept in the calibration's origin. */
	private static ImagePlus crop(final ImagePlus image, final Rectangle bounds) {
		final Rectangle inside = bounds.intersection(new Rectangle(image.getWidth(), image.getHeight()));
		final ImagePlus part = image.crop("stack");
		part.deleteRoi();
		part.setTitle(image.getTitle());
		final Calibration c = image.getCalibration().copy();
		c.xOrigin -= inside.x;
		c.yOrigin -= inside.y;
		part.setCalibration(c);
		return part;
	}

	private PlaneLayout layout(final PlaneLayout in, final long[] out) {
		final int depth = out.length > 2 && axes.count() == 3 ? Math.toIntExact(out[2]) : 1;
		return new PlaneLayout(Math.toIntExact(out[0]), Math.toIntExact(out[1]), channelsTogether ? Math.toIntExact(
			out[out.length - 1]) : in.channels(), axes == SpatialAxes.XYZ ? depth : in.slices(), axes == SpatialAxes.XYT ? depth
				: in.frames());
	}

	private Sampling[] samplings(final Filter filter, final long[] in) {
		final Sampling[] s = { filter.sampling(0, in[0]), filter.sampling(1, in[1]), Sampling.SAME, Sampling.SAME };
		if (axes == SpatialAxes.XYZ) s[2] = filter.sampling(2, in[2]);
		if (axes == SpatialAxes.XYT) s[3] = filter.sampling(2, in[2]);
		return s;
	}

	private void restoreOutside(final Roi roi, final SourceImage source, final ResultImage result) {
		final PlaneLayout l = source.layout();
		final Rectangle bounds = roi.getBounds().intersection(new Rectangle(l.width(), l.height()));
		final ImageProcessor mask = roi.getMask();
		for (int plane = 0; plane < l.planes(); plane++) {
			final Object from = source.samples(plane), to = result.samples(plane);
			for (int y = 0; y < l.height(); y++)
				for (int x = 0; x < l.width(); x++) {
					final boolean inside = bounds.contains(x, y) && (mask == null || mask.get(x - roi.getBounds().x, y - roi
						.getBounds().y) != 0);
					if (!inside) copySample(from, to, y * l.width() + x);
				}
		}
	}

	private void copySample(final Object from, final Object to, final int i) {
		if (output == Output.MASK) ((byte[]) to)[i] = 0;
		else if (from.getClass() == to.getClass()) System.arraycopy(from, i, to, i, 1);
		else ((float[]) to)[i] = from instanceof final byte[] b ? b[i] & 0xff : ((short[]) from)[i] & 0xffff;
	}
}
