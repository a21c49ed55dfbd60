package io.github.convoluta.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import io.github.convoluta.kernel.Kernel;

/** Kernels as images and images as kernels. */
public final class KernelImages {

	private KernelImages() {}

	/** A 32-bit image of a kernel of up to three axes, one slice per z, shown symmetrically about zero. */
	public static ImagePlus toImage(final Kernel kernel, final String title) {
		final Kernel k = kernel.squeezedTo(3);
		final ImageStack stack = new ImageStack(k.size(0), k.size(1));
		final int plane = k.size(0) * k.size(1);
		double largest = 0;
		for (int z = 0; z < k.size(2); z++) {
			final float[] pixels = new float[plane];
			for (int i = 0; i < plane; i++) {
				pixels[i] = (float) k.valueAt(z * plane + i);
				largest = Math.max(largest, Math.abs(pixels[i]));
			}
			stack.addSlice(null, pixels);
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDisplayRange(-largest, largest);
		return image;
	}

	/** The kernel of an image's calibrated values: 1-D for one row, 2-D for one slice, 3-D for a stack. */
	public static Kernel toKernel(final ImagePlus image) {
		final int w = image.getWidth(), h = image.getHeight(), d = image.getStackSize();
		if ((long) w * h * d > 1 << 24) throw new IllegalArgumentException("The kernel image \"" + image.getTitle() + "\" has " +
			(long) w * h * d + " pixels; at most 16777216 are allowed. Crop it to the kernel.");
		if (SourceImage.isColour(image)) throw new IllegalArgumentException("The kernel image \"" + image.getTitle() +
			"\" is a colour image; convert it to 8-bit or 32-bit.");
		final double[] values = new double[w * h * d];
		for (int z = 0, i = 0; z < d; z++) {
			final ImageProcessor slice = image.getStack().getProcessor(z + 1);
			slice.setCalibrationTable(image.getCalibration().getCTable());
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++)
					values[i++] = slice.getPixelValue(x, y);
		}
		return Kernel.of(new int[] { w, h, d }, values).squeezedTo(d > 1 ? 3 : h > 1 ? 2 : 1);
	}
}
