package io.github.convoluta.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import io.github.convoluta.filter.Sampling;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/** Collects results in planes and makes an image of them that keeps what its source knows of itself. */
final class ResultImage {

	private final SourceImage source;
	private final PlaneLayout layout;
	private final SampleFormat format;
	private final RawValues raw;
	private final PlaneStore planes;

	/**
	 * A result in memory, whose values mean something else than the source's.
	 *
	 * @param workingMemory bytes that computing it takes besides
	 * @throws IllegalArgumentException if the planes would not fit into the free memory; the message has the numbers
	 */
	ResultImage(final SourceImage source, final PlaneLayout layout, final SampleFormat format, final long workingMemory) {
		this(source, layout, format, null, Storage.MEMORY.planes(layout, format, workingMemory, source.loadingMemory(), null));
	}

	/**
	 * @param raw how calibrated values are stored, for a result that keeps the source's calibration function; otherwise null
	 * @param planes where the samples go
	 */
	ResultImage(final SourceImage source, final PlaneLayout layout, final SampleFormat format, final RawValues raw,
		final PlaneStore planes)
	{
		this.source = source;
		this.layout = layout;
		this.format = format;
		this.raw = raw;
		this.planes = planes;
	}

	RandomAccessibleInterval<?> view(final SpatialAxes axes, final boolean channelsTogether, final int i) {
		final int[] index = layout.viewPlanes(axes, channelsTogether, i);
		final long[] size = layout.viewSize(axes, channelsTogether);
		if (raw == null && planes instanceof final MemoryPlanes memory) return PlaneViews.view(format, size, k -> memory.plane(
			index[k]));
		return rows(size, index, raw == null ? format.pixel() : new FloatType());
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private RandomAccessibleInterval<?> rows(final long[] size, final int[] index, final NativeType pixel) {
		return new PlaneRows(planes, size, index, (RealType) pixel, raw);
	}

	/** Where the samples are, as they are stored. */
	PlaneStore planes() {
		return planes;
	}

	/** Gives up a result that won't be completed. */
	void discard() {
		planes.discard();
	}

	/**
	 * The image: calibration, labels, channel colours and notes of the source, in the source's own type where the format
	 * is the source's.
	 *
	 * @param samplings where the result's x, y, z and t lie in the source
	 * @param rangeOfSource whether to keep the source's display range
	 * @throws UnshownResultException if the result is in a file, but too large to be shown
	 */
	ImagePlus toImage(final String title, final Sampling[] samplings, final boolean rangeOfSource) {
		final boolean rgb = SourceImage.isColour(source.image()) && format == SampleFormat.UINT8 && layout.channels() == source
			.layout().channels();
		final int channels = rgb ? layout.channels() / 3 : layout.channels();
		final Calibration calibration = calibration(samplings, rgb);
		final ImageStack stack = planes.toStack(title, rgb, calibration);
		for (int t = 0; t < layout.frames(); t++)
			for (int z = 0; z < layout.slices(); z++)
				for (int c = 0; c < channels; c++)
					stack.setSliceLabel(label(c, z, t, rgb, samplings), c + channels * (z + layout.slices() * t) + 1);
		ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(channels, layout.slices(), layout.frames());
		if (stack.size() > 1) image.setOpenAsHyperStack(source.image().isHyperStack() || channels > 1 || layout.frames() > 1 &&
			layout.slices() > 1);
		image.setCalibration(calibration);
		copyNotes(image);
		if (!rgb) image = coloured(image, rangeOfSource);
		return image;
	}

	private String label(final int c, final int z, final int t, final boolean rgb, final Sampling[] samplings) {
		final PlaneLayout from = source.layout();
		final int sz = at(z, samplings[2]), st = at(t, samplings[3]);
		if (sz < 0 || sz >= from.slices() || st < 0 || st >= from.frames()) return null;
		return source.label(from.plane(Math.min(rgb ? 3 * c : c, from.channels() - 1), sz, st));
	}

	/** The source's sample under the middle of the result's sample {@code i}. */
	private static int at(final int i, final Sampling s) {
		return (int) Math.floor((i + 0.5) * s.step() + s.shift());
	}

	private Calibration calibration(final Sampling[] s, final boolean rgb) {
		final Calibration c = source.image().getCalibration().copy();
		c.pixelWidth *= s[0].step();
		c.pixelHeight *= s[1].step();
		c.pixelDepth *= s[2].step();
		c.frameInterval *= s[3].step();
		c.xOrigin = (c.xOrigin - s[0].shift()) / s[0].step();
		c.yOrigin = (c.yOrigin - s[1].shift()) / s[1].step();
		c.zOrigin = (c.zOrigin - s[2].shift()) / s[2].step();
		// A calibration function belongs to stored whole numbers; a 32-bit image has none, but may have a unit.
		final boolean unitOnly = format == SampleFormat.FLOAT32 && SampleFormat.of(source.image()) == SampleFormat.FLOAT32;
		if (raw == null && !unitOnly) c.disableDensityCalibration();
		return c;
	}

	private void copyNotes(final ImagePlus image) {
		final Object info = source.image().getProperty("Info");
		if (info != null) image.setProperty("Info", info);
	}

	private ImagePlus coloured(final ImagePlus image, final boolean rangeOfSource) {
		final ImagePlus from = source.image();
		final int channels = layout.channels();
		if (channels > 1) {
			final boolean same = from.isComposite() && from.getNChannels() == channels;
			final CompositeImage composite = new CompositeImage(image, same ? from.getDisplayMode() == 0 ? CompositeImage.COLOR
				: ((CompositeImage) from).getMode() : CompositeImage.COMPOSITE);
			if (same) composite.setLuts(((CompositeImage) from).getLuts());
			if (!rangeOfSource || !same) for (int c = channels; c >= 1; c--) {
				composite.setPositionWithoutUpdate(c, composite.getSlice(), composite.getFrame());
				composite.resetDisplayRange();
			}
			return composite;
		}
		final LUT[] luts = from.getLuts();
		final boolean sameFormat = format == SampleFormat.of(from) && !SourceImage.isColour(from);
		if (sameFormat && luts.length == 1) image.setLut(luts[0]);
		if (rangeOfSource && sameFormat) image.setDisplayRange(from.getDisplayRangeMin(), from.getDisplayRangeMax());
		else if (format == SampleFormat.UINT8) image.setDisplayRange(0, 255);
		else showMiddle(image);
		return image;
	}

	private static void showMiddle(final ImagePlus image) {
		if (image.getStackSize() > 1 && image.getNFrames() == 1) image.setSliceWithoutUpdate(image.getStackSize() / 2 + 1);
		image.resetDisplayRange();
		if (image.getStackSize() > 1 && image.getNFrames() == 1) {
			final double min = image.getDisplayRangeMin(), max = image.getDisplayRangeMax();
			image.setSliceWithoutUpdate(1);
			image.setDisplayRange(min, max);
		}
	}
}
