package io.github.convoluta.image;

import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ColorProcessor;

/** Planes in memory. */
final class MemoryPlanes implements PlaneStore {

	private final PlaneLayout layout;
	private final SampleFormat format;
	private final Object[] planes;

	MemoryPlanes(final PlaneLayout layout, final SampleFormat format) {
		this.layout = layout;
		this.format = format;
		planes = new Object[layout.planes()];
		for (int i = 0; i < planes.length; i++)
			planes[i] = format.createArray(Math.multiplyExact(layout.width(), layout.height()));
	}

	@Override
	public void write(final int plane, final int offset, final Object samples, final int n) {
		System.arraycopy(samples, 0, planes[plane], offset, n);
	}

	@Override
	public Object read(final int plane, final int offset, final int n) {
		final Object samples = format.createArray(n);
		System.arraycopy(planes[plane], offset, samples, 0, n);
		return samples;
	}

	/** All samples of a plane, for direct access. */
	Object plane(final int plane) {
		return planes[plane];
	}

	@Override
	public ImageStack toStack(final String title, final boolean rgb, final Calibration calibration) {
		final ImageStack stack = new ImageStack(layout.width(), layout.height());
		for (int i = 0; i < planes.length; i += rgb ? 3 : 1)
			stack.addSlice(null, rgb ? merged(i) : planes[i]);
		return stack;
	}

	private Object merged(final int first) {
		final ColorProcessor rgb = new ColorProcessor(layout.width(), layout.height());
		rgb.setRGB((byte[]) planes[first], (byte[]) planes[first + 1], (byte[]) planes[first + 2]);
		planes[first] = planes[first + 1] = planes[first + 2] = null;
		return rgb.getPixels();
	}

	@Override
	public void discard() {
		// Memory is given back by itself.
	}
}
