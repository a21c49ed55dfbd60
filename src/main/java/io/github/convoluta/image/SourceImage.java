package io.github.convoluta.image;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import net.imglib2.RandomAccessibleInterval;

/**
 * An image as views along spatial axes, read without changing or copying it. Planes of virtual stacks are read when a
 * filter needs them, and a few are kept. RGB images (and indexed colour) appear as three 8-bit channels. With
 * {@code calibrated} values, 8- and 16-bit images with a calibration function (such as signed CT numbers) appear as the
 * 32-bit values that the function gives. Views may be read from several threads.
 */
public final class SourceImage {

	private final ImagePlus image;
	private final ImageStack stack;
	private final PlaneLayout layout;
	private final SampleFormat format;
	private final boolean colour;
	private final boolean codes;
	private final float[] calibration;
	/** Given up when memory is short, before anything else fails. */
	private final Map<Integer, SoftReference<Object>> kept;

	/**
	 * @param image the image to read
	 * @param calibrated whether values are those of the calibration function, if there is one
	 */
	public SourceImage(final ImagePlus image, final boolean calibrated) {
		this(image, calibrated, false);
	}

	private SourceImage(final ImagePlus image, final boolean calibrated, final boolean labels) {
		this.image = image;
		stack = image.getStack();
		colour = isColour(image) && !labels;
		codes = isColour(image) && labels;
		layout = new PlaneLayout(image.getWidth(), image.getHeight(), colour ? 3 * image.getNChannels() : image.getNChannels(),
			image.getNSlices(), image.getNFrames());
		calibration = calibrated && !colour && !codes && image.getCalibration().calibrated() && image.getBitDepth() <= 16 ? image
			.getCalibration().getCTable() : null;
		format = calibration != null ? SampleFormat.FLOAT32 : codes && image.getType() == ImagePlus.COLOR_RGB
			? SampleFormat.FLOAT32 : SampleFormat.of(image);
		final long planeBytes = Math.max(1, (long) layout.width() * layout.height() * format.bytes());
		final int capacity = (int) Math.max(8, Math.min(1024, Runtime.getRuntime().maxMemory() / 8 / planeBytes));
		kept = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(final Map.Entry<Integer, SoftReference<Object>> eldest) {
				return size() > capacity;
			}
		};
	}

	/**
	 * A label image, always of one sample per pixel: its calibrated values; or the indices of indexed colours; or RGB colours
	 * as numbers 0xRRGGBB.
	 */
	static SourceImage ofLabels(final ImagePlus image) {
		return new SourceImage(image, true, true);
	}

	/** Whether an image's planes hold three channels each. */
	static boolean isColour(final ImagePlus image) {
		return image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256;
	}

	/** Sizes, with colours as channels. */
	PlaneLayout layout() {
		return layout;
	}

	/** Number of channels, with colours as channels. */
	public int channels() {
		return layout.channels();
	}

	/** Format of the samples in the views. */
	SampleFormat format() {
		return format;
	}

	/** Whether values are those of a calibration function. */
	boolean isCalibrated() {
		return calibration != null;
	}

	/** View {@code i} along the given axes. */
	RandomAccessibleInterval<?> view(final SpatialAxes axes, final boolean channelsTogether, final int i) {
		final int[] planes = layout.viewPlanes(axes, channelsTogether, i);
		return PlaneViews.view(format, layout.viewSize(axes, channelsTogether), k -> samples(planes[k]));
	}

	private boolean isDirect() {
		return !colour && !codes && calibration == null && !stack.isVirtual();
	}

	/** Bytes that planes take at least while several threads read them; 0 if they are the image's own arrays. */
	double loadingMemory() {
		if (isDirect()) return 0;
		final double plane = (double) layout.width() * layout.height() * format.bytes();
		return plane * Math.min(layout.planes(), Runtime.getRuntime().availableProcessors() + 1);
	}

	/** The samples of one plane: the image's own array where there is one. */
	Object samples(final int plane) {
		if (isDirect()) return stack.getPixels(plane + 1);
		// One lock for all: virtual stacks read files and are not made for several threads.
		synchronized (kept) {
			final SoftReference<Object> before = kept.get(plane);
			final Object known = before == null ? null : before.get();
			if (known != null) return known;
			final Object loaded = load(plane);
			kept.put(plane, new SoftReference<>(loaded));
			return loaded;
		}
	}

	/** The samples of one plane as they are stored, without the calibration function. */
	Object storedSamples(final int plane) {
		return calibration == null ? samples(plane) : storedPixels(plane);
	}

	private Object load(final int plane) {
		if (!colour) {
			final Object pixels = storedPixels(plane);
			return codes ? code(pixels) : calibration == null ? pixels : calibrate(pixels);
		}
		final ImageProcessor ip = stack.getProcessor(plane / 3 + 1);
		final ColorProcessor rgb = ip instanceof final ColorProcessor c ? c : (ColorProcessor) ip.convertToRGB();
		return rgb.getChannel(plane % 3 + 1);
	}

	private static Object code(final Object pixels) {
		if (!(pixels instanceof final int[] colours)) return pixels;
		final float[] codes = new float[colours.length];
		for (int i = 0; i < codes.length; i++)
			codes[i] = colours[i] & 0xffffff;
		return codes;
	}

	private Object storedPixels(final int plane) {
		return stack.getProcessor(plane + 1).getPixels();
	}

	private float[] calibrate(final Object pixels) {
		final int n = layout.width() * layout.height();
		final float[] values = new float[n];
		if (pixels instanceof final byte[] bytes) for (int i = 0; i < n; i++)
			values[i] = calibration[bytes[i] & 0xff];
		else for (int i = 0; i < n; i++)
			values[i] = calibration[((short[]) pixels)[i] & 0xffff];
		return values;
	}

	/** The label of a plane, or null. */
	String label(final int plane) {
		return stack.getSliceLabel((colour ? plane / 3 : plane) + 1);
	}

	/** The image itself. */
	ImagePlus image() {
		return image;
	}
}
