package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.ImageStatistics;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Edges;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Pooling;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.kernel.KernelCatalogue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters on real microscopy; skipped where the images are not there. */
class RealImagesTest {

	private static ImagePlus open(final String name) {
		final Path file = Path.of(System.getProperty("convoluta.data", "../shared/data"), name);
		Assumptions.assumeTrue(Files.exists(file), "skipped: there is no image " + file);
		return IJ.openImage(file.toString());
	}

	private static ImagePlus apply(final ImagePlus image, final SpatialAxes axes, final Output output, final Filter filter) {
		return new ImageFilter(axes, false, output).apply(image, filter, "result", Monitor.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "membranes/image/00.png", "membranes/image/13.png" })
	void findEdgesOfElectronMicroscopy(final String name) {
		final ImagePlus image = open(name);
		if (image.getType() != ImagePlus.GRAY8) new ij.process.ImageConverter(image).convertToGray8();
		final ImageProcessor expected = image.getProcessor().duplicate();
		expected.filter(ImageProcessor.FIND_EDGES);
		final ImagePlus actual = apply(image, SpatialAxes.XY, Output.SOURCE, new Edges(Edges.Operator.SOBEL,
			Edges.Result.MAGNITUDE, new double[] { 1, 1 }, 0, 0, Border.REPLICATE));
		assertArrayEquals((byte[]) expected.getPixels(), (byte[]) actual.getProcessor().getPixels());
	}

	@Test
	void methodsAgreeOnMembranesAndNuclei() {
		final ImagePlus membranes = open("membranes/image/05.png"), nuclei = open("nuclei3d/img3d.tif");
		for (final String kernel : new String[] { "gaussian 3", "log 2", "gabor 3 8 30", "motion 15 20" })
			agree(membranes, SpatialAxes.XY, Convolution.with(KernelCatalogue.create(kernel, 2)), 255 * 1e-5f);
		for (final String kernel : new String[] { "gaussian 1.5", "log 1.5", "laplacian 26" })
			agree(nuclei, SpatialAxes.XYZ, Convolution.with(KernelCatalogue.create(kernel, 3)), 65535 * 1e-5f);
	}

	private static void agree(final ImagePlus image, final SpatialAxes axes, final Convolution convolution,
		final float tolerance)
	{
		final Convolution c = convolution.border(Border.REFLECT);
		final ImagePlus direct = apply(image, axes, Output.FLOAT, c.method(Convolution.Method.DIRECT));
		for (final Convolution.Method method : Convolution.Method.values()) {
			final ImagePlus other = apply(image, axes, Output.FLOAT, c.method(method));
			for (int i = 1; i <= direct.getStackSize(); i++)
				assertArrayEquals((float[]) direct.getStack().getPixels(i), (float[]) other.getStack().getPixels(i), tolerance,
					method.name());
		}
	}

	@Test
	void nucleiKeepTheirPlaceAndTheirMean() {
		final ImagePlus image = open("nuclei3d/img3d.tif");
		final ImagePlus half = apply(image, SpatialAxes.XYZ, Output.FLOAT, Pooling.of(Pooling.Operation.AVERAGE, 2, 2, 2)
			.keepPartial(true));
		assertArrayEquals(new int[] { (image.getWidth() + 1) / 2, (image.getHeight() + 1) / 2, 1, (image.getNSlices() + 1) / 2,
			1 }, half.getDimensions());
		assertEquals(2 * image.getCalibration().pixelWidth, half.getCalibration().pixelWidth, 1e-9);
		final ImagePlus blurred = apply(image, SpatialAxes.XYZ, Output.FLOAT, Convolution.with(KernelCatalogue.create(
			"gaussian 1", 3)).border(Border.MIRROR));
		// Mirrored borders keep the sum exactly.
		assertEquals(mean(image), mean(blurred), mean(image) * 1e-5);
	}

	@Test
	void cannySurfacesOfNucleiLieOnTheirMasks() {
		final ImagePlus image = open("nuclei3d/img3d.tif"), mask = open("nuclei3d/mask3d.tif");
		final double range = new ij.process.StackStatistics(image).max;
		final ImagePlus edges = apply(image, SpatialAxes.XYZ, Output.MASK, new Edges(Edges.Operator.CANNY, Edges.Result.EDGES,
			new double[] { 1, 1, 1 }, range * 0.02, range * 0.05, Border.REPLICATE));
		int near = 0, all = 0;
		for (int z = 2; z < image.getNSlices() - 2; z++)
			for (int y = 2; y < image.getHeight() - 2; y++)
				for (int x = 2; x < image.getWidth() - 2; x++)
					if (edges.getStack().getVoxel(x, y, z) > 0) {
						all++;
						near += touchesBoundary(mask, x, y, z) ? 1 : 0;
					}
		assertTrue(all > 500, all + " edge voxels");
		assertTrue(near > 0.6 * all, near + " of " + all + " edge voxels lie within 2 voxels of a nucleus' boundary");
	}

	private static boolean touchesBoundary(final ImagePlus mask, final int x, final int y, final int z) {
		final double centre = mask.getStack().getVoxel(x, y, z);
		for (int dz = -2; dz <= 2; dz++)
			for (int dy = -2; dy <= 2; dy++)
				for (int dx = -2; dx <= 2; dx++)
					if (mask.getStack().getVoxel(x + dx, y + dy, z + dz) != centre) return true;
		return false;
	}

	private static double mean(final ImagePlus image) {
		final ImageStatistics s = new ij.process.StackStatistics(image);
		return s.mean;
	}
}
