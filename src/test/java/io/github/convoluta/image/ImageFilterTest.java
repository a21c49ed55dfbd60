package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Padding;
import io.github.convoluta.filter.Pooling;
import io.github.convoluta.filter.Upsampling;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.kernel.Kernel;
import io.github.convoluta.kernel.KernelCatalogue;
import org.junit.jupiter.api.Test;

class ImageFilterTest {

	private static final Filter BOX = Convolution.with(KernelCatalogue.create("box 3", 2)).border(Border.REPLICATE);

	private static ImagePlus apply(final ImagePlus image, final SpatialAxes axes, final Output output, final Filter filter) {
		return new ImageFilter(axes, false, output).apply(image, filter, "result", Monitor.NONE);
	}

	private static float value(final ImagePlus image, final int x, final int y, final int c, final int z, final int t) {
		return image.getStack().getProcessor(image.getStackIndex(c, z, t)).getf(x, y);
	}

	@Test
	void theInputIsNotChanged() {
		final ImagePlus image = TestImages.cells();
		final byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
		image.setRoi(20, 20, 50, 40);
		apply(image, SpatialAxes.XY, Output.SOURCE, BOX);
		assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
		assertEquals(new java.awt.Rectangle(20, 20, 50, 40), image.getRoi().getBounds());
	}

	@Test
	void calibrationLabelsAndChannelColoursSurvive() {
		final CompositeImage image = (CompositeImage) TestImages.timeSeries();
		image.setProperty("Info", "from the microscope");
		final ImagePlus result = apply(image, SpatialAxes.XY, Output.SOURCE, BOX);
		assertArrayEquals(image.getDimensions(), result.getDimensions());
		assertEquals(image.getCalibration().toString(), result.getCalibration().toString());
		assertEquals(0.5, result.getCalibration().frameInterval);
		assertEquals("ring t=3", result.getStack().getSliceLabel(result.getStackIndex(2, 1, 4)));
		assertEquals("from the microscope", result.getProperty("Info"));
		assertTrue(result.isComposite());
		assertEquals(CompositeImage.COMPOSITE, ((CompositeImage) result).getMode());
		assertArrayEquals(image.getLuts()[1].getBytes(), result.getLuts()[1].getBytes());
	}

	@Test
	void samplingScalesTheCalibration() {
		final ImagePlus image = TestImages.ct();
		image.getCalibration().xOrigin = 40;
		image.getCalibration().zOrigin = 10;
		final ImagePlus half = apply(image, SpatialAxes.XYZ, Output.FLOAT, Pooling.of(Pooling.Operation.AVERAGE, 2, 2, 3));
		assertArrayEquals(new int[] { 40, 36, 1, 12, 1 }, half.getDimensions());
		assertEquals(3, half.getCalibration().pixelWidth);
		assertEquals(7.5, half.getCalibration().pixelDepth);
		assertEquals(20, half.getCalibration().xOrigin);
		assertEquals(10 / 3.0, half.getCalibration().zOrigin, 1e-9);
		assertEquals("z = 2.5 mm", half.getStack().getSliceLabel(1), "the label of the slice in the middle of the window");
		final ImagePlus back = apply(half, SpatialAxes.XYZ, Output.FLOAT, new Upsampling(Upsampling.Method.NEAREST, 2, 2, 3));
		assertEquals(1.5, back.getCalibration().pixelWidth, 1e-12);
		assertEquals(40, back.getCalibration().xOrigin, 1e-9);
		// Without padding the result begins one pixel further in.
		final ImagePlus valid = apply(image, SpatialAxes.XY, Output.FLOAT, Convolution.with(KernelCatalogue.create("box 3", 2))
			.padding(Padding.VALID));
		assertEquals(39, valid.getCalibration().xOrigin, 1e-9);
		assertEquals(10, valid.getCalibration().zOrigin, 1e-9);
	}

	@Test
	void a32BitResultHasCalibratedValuesAndTheInputTypeKeepsRawOnes() {
		final ImagePlus image = TestImages.ct();
		final Filter identity = Convolution.with(KernelCatalogue.create("identity", 2));
		final ImagePlus hounsfield = apply(image, SpatialAxes.XY, Output.FLOAT, identity);
		final int raw = image.getStack().getProcessor(18).get(40, 36);
		assertEquals(raw - 1000, value(hounsfield, 40, 36, 1, 18, 1));
		assertEquals(false, hounsfield.getCalibration().calibrated());
		final ImagePlus same = apply(image, SpatialAxes.XY, Output.SOURCE, identity);
		assertEquals(raw, same.getStack().getProcessor(18).get(40, 36));
		assertEquals(raw - 1000, same.getCalibration().getCValue(raw));
	}

	@Test
	void zAndTimeAreNotConfused() {
		final ImagePlus image = TestImages.timeSeries();
		final Filter next = Convolution.with(Kernel.of(new int[] { 1, 1, 3 }, 0, 0, 1)).border(Border.REPLICATE);
		final ImagePlus shifted = apply(image, SpatialAxes.XYT, Output.SOURCE, next);
		for (int c = 1; c <= 2; c++)
			for (int t = 1; t <= 10; t++)
				assertEquals(value(image, 50, 41, c, 1, Math.min(10, t + 1)), value(shifted, 50, 41, c, 1, t));
		final String message = assertThrows(IllegalArgumentException.class, () -> apply(image, SpatialAxes.XYZ, Output.SOURCE,
			next)).getMessage();
		assertTrue(message.contains("one slice and 10 frames") && message.contains("axes=XYT"), message);
	}

	@Test
	void everyVolumeOfAHyperstackIsFilteredByItself() {
		final ij.ImageStack stack = new ij.ImageStack(8, 6);
		for (int i = 0; i < 2 * 4 * 3; i++)
			stack.addSlice(new ij.process.FloatProcessor(8, 6, new double[48]));
		for (int i = 0; i < 24; i++)
			stack.getProcessor(i + 1).setf(3, 3, i + 1);
		final ImagePlus image = new ImagePlus("h", stack);
		image.setDimensions(2, 4, 3);
		final Filter sum = Convolution.with(Kernel.of(new int[] { 1, 1, 4 }, 1, 1, 1, 1)).padding(Padding.SAME, Padding.SAME,
			Padding.VALID);
		final ImagePlus result = apply(image, SpatialAxes.XYZ, Output.FLOAT, sum);
		assertArrayEquals(new int[] { 8, 6, 2, 1, 3 }, result.getDimensions());
		for (int c = 1; c <= 2; c++)
			for (int t = 1; t <= 3; t++) {
				float expected = 0;
				for (int z = 1; z <= 4; z++)
					expected += value(image, 3, 3, c, z, t);
				assertEquals(expected, value(result, 3, 3, c, 1, t));
			}
	}

	@Test
	void virtualStacksAreReadPlaneByPlaneAndNeverAllAtOnce() {
		final int planes = 40;
		final AtomicInteger reads = new AtomicInteger();
		final VirtualStack virtual = new VirtualStack(64, 48, null, "") {

			@Override
			public ImageProcessor getProcessor(final int n) {
				reads.incrementAndGet();
				final ByteProcessor ip = new ByteProcessor(64, 48);
				ip.setColor(n);
				ip.fill();
				return ip;
			}

			@Override
			public int getSize() {
				return planes;
			}

			@Override
			public String getSliceLabel(final int n) {
				return "plane " + n;
			}
		};
		virtual.setBitDepth(8);
		final ImagePlus image = new ImagePlus("virtual", virtual);
		reads.set(0);
		final ImagePlus mean = apply(image, SpatialAxes.XYZ, Output.FLOAT, Convolution.with(KernelCatalogue.create("box 3", 3))
			.border(Border.REPLICATE));
		assertTrue(reads.get() <= planes + 2, reads + " reads of " + planes + " planes");
		for (int z = 2; z < planes; z++)
			assertEquals(z, value(mean, 30, 20, 1, z, 1), 1e-4);
		assertEquals("plane 7", mean.getStack().getSliceLabel(7));
	}

	@Test
	void colourIsThreeChannels() {
		final ImagePlus image = TestImages.tissue();
		final ImagePlus same = apply(image, SpatialAxes.XY, Output.SOURCE, Convolution.with(KernelCatalogue.create("identity",
			2)));
		assertEquals(ImagePlus.COLOR_RGB, same.getType());
		assertArrayEquals((int[]) image.getProcessor().getPixels(), (int[]) same.getProcessor().getPixels());
		final ImagePlus floats = apply(image, SpatialAxes.XY, Output.FLOAT, BOX);
		assertArrayEquals(new int[] { 192, 144, 3, 1, 1 }, floats.getDimensions());
		final ByteProcessor green = ((ColorProcessor) image.getProcessor()).getChannel(2, null);
		assertEquals(value(apply(new ImagePlus("g", green), SpatialAxes.XY, Output.FLOAT, BOX), 50, 50, 1, 1, 1), value(floats,
			50, 50, 2, 1, 1));
	}

	@Test
	void aSelectionLimitsTheFilter() {
		final ImagePlus image = TestImages.membranes();
		final ImagePlus everywhere = apply(image, SpatialAxes.XY, Output.SOURCE, BOX);
		final OvalRoi roi = new OvalRoi(100, 90, 61, 37);
		image.setRoi(roi);
		final ImagePlus part = apply(image, SpatialAxes.XY, Output.SOURCE, BOX);
		int differing = 0;
		for (int y = 0; y < 256; y++)
			for (int x = 0; x < 256; x++) {
				final ImagePlus expected = roi.contains(x, y) ? everywhere : image;
				assertEquals(expected.getProcessor().get(x, y), part.getProcessor().get(x, y), x + "," + y);
				if (everywhere.getProcessor().get(x, y) != image.getProcessor().get(x, y)) differing++;
			}
		assertTrue(differing > 10000);
		// Where sizes change there is no outside: the bounding box is the image.
		final ImagePlus pooled = apply(image, SpatialAxes.XY, Output.SOURCE, Pooling.of(Pooling.Operation.MAX, 2, 2));
		assertEquals(30, pooled.getWidth());
		assertEquals(18, pooled.getHeight());
		assertEquals(-50, pooled.getCalibration().xOrigin);
		assertEquals(-45, pooled.getCalibration().yOrigin);
		image.setRoi(new ij.gui.Line(3, 3, 90, 90));
		assertArrayEquals((byte[]) everywhere.getProcessor().getPixels(), (byte[]) apply(image, SpatialAxes.XY, Output.SOURCE,
			BOX).getProcessor().getPixels());
	}

	@Test
	void masksShowBlackAndWhite() {
		final ImagePlus image = TestImages.chest();
		final ImagePlus mask = apply(image, SpatialAxes.XY, Output.MASK, Convolution.with(KernelCatalogue.create("identity",
			2)));
		assertEquals(8, mask.getBitDepth());
		assertEquals(0, mask.getDisplayRangeMin());
		assertEquals(255, mask.getDisplayRangeMax());
	}

	@Test
	void resultsThatDoNotFitAreRefusedWithTheNumbers() {
		final ImagePlus image = TestImages.chest();
		final String message = assertThrows(IllegalArgumentException.class, () -> apply(image, SpatialAxes.XY, Output.FLOAT,
			new Upsampling(Upsampling.Method.NEAREST, 200, 200))).getMessage();
		assertTrue(message.matches("The result needs 5.90 GB of memory, but only [\\d.]+ [GM]B are free.*"), message);
	}

	@Test
	void kernelsAndImagesAreExchanged() {
		final Kernel kernel = KernelCatalogue.create("gabor", 2);
		final ImagePlus image = KernelImages.toImage(kernel, "k");
		final Kernel back = KernelImages.toKernel(image);
		for (int i = 0; i < kernel.count(); i++)
			assertEquals((float) kernel.valueAt(i), (float) back.valueAt(i));
		assertEquals(-image.getDisplayRangeMin(), image.getDisplayRangeMax());
		assertNull(image.getStack().getSliceLabel(1));
		assertThrows(IllegalArgumentException.class, () -> KernelImages.toKernel(TestImages.tissue()));
	}
}
