package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.Padding;
import io.github.convoluta.image.ImageFilter;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.kernel.KernelSource;
import org.junit.jupiter.api.Test;

/** A preview is the plane that the whole result would have there. */
class PreviewPartTest {

	private static ImagePlus noise(final int channels, final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("noise", 12, 9, channels, slices, frames, 32);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor ip = image.getStack().getProcessor(i);
			for (int p = 0; p < ip.getPixelCount(); p++)
				ip.setf(p, (p * 31 + i * 17) % 23);
		}
		return image;
	}

	private static void check(final ImagePlus image, final SpatialAxes axes, final String kernel, final int c, final int z,
		final int t)
	{
		final int n = axes.count();
		final Padding[] pads = n == 3 ? new Padding[] { Padding.SAME, Padding.SAME, Padding.SAME, Padding.VALID }
			: new Padding[] { Padding.SAME, Padding.SAME, Padding.VALID };
		final Filter filter = Convolution.with(KernelSource.resolve(kernel, n)).padding(pads);
		final ImageFilter images = new ImageFilter(axes, false, Output.FLOAT);
		final ImagePlus whole = images.apply(image, filter, "whole", f -> {});
		image.setPositionWithoutUpdate(c, z, t);
		final PreviewPart part = PreviewPart.of(image, images);
		final ImagePlus shown = images.apply(part.image(), filter, "part", f -> {});
		final ImageProcessor expected = whole.getStack().getProcessor(image.getStackIndex(c, z, t));
		assertArrayEquals((float[]) expected.getPixels(), (float[]) shown.getStack().getProcessor(part.indexIn(shown))
			.getPixels(), 1e-5f);
	}

	@Test
	void ofStacksAndSeries() {
		final ImagePlus image = noise(2, 40, 3);
		for (final int z : new int[] { 1, 2, 20, 39, 40 }) {
			check(image, SpatialAxes.XYZ, "box 3", 2, z, 3);
			check(image, SpatialAxes.XY, "box 3", 1, z, 2);
		}
		check(noise(1, 1, 50), SpatialAxes.XYT, "box 5", 1, 1, 30);
		check(noise(1, 40, 1), SpatialAxes.XYZ, "box 5", 1, 40, 1);
	}

	@Test
	void theImageStaysAsItIs() {
		final ImagePlus image = noise(1, 5, 1);
		final ImagePlus before = image.duplicate();
		check(image, SpatialAxes.XYZ, "gaussian 1", 1, 3, 1);
		for (int i = 1; i <= 5; i++)
			assertArrayEquals((float[]) before.getStack().getPixels(i), (float[]) image.getStack().getPixels(i));
		assertEquals(3, PreviewPart.of(image, new ImageFilter(SpatialAxes.XYZ, false, Output.FLOAT)).slice());
	}
}
