package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.filter.BlockWriter;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.FoundClasses;
import io.github.convoluta.sample.LabelledImage;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;

class LabelImagesTest {

	private static final int WIDTH = 6, HEIGHT = 4;

	/** A stack whose column x has the x-th value; the second slice counts from the right. */
	private static ImagePlus stack(final ImageProcessor type, final int... values) {
		final ImageStack stack = new ImageStack(WIDTH, HEIGHT);
		for (int z = 0; z < 2; z++) {
			final ImageProcessor ip = type.createProcessor(WIDTH, HEIGHT);
			for (int y = 0; y < HEIGHT; y++)
				for (int x = 0; x < WIDTH; x++) {
					final int value = values[(z == 0 ? x : WIDTH - 1 - x) % values.length];
					if (ip instanceof FloatProcessor) ip.setf(x, y, value);
					else ip.set(x, y, value);
				}
			stack.addSlice(ip);
		}
		return new ImagePlus("labels", stack);
	}

	private static NetworkViews views() {
		return NetworkViews.of(new ImagePlus("i", ImageStack.create(WIDTH, HEIGHT, 2, 16)), SpatialAxes.XY);
	}

	private static List<LabelledImage> pairs(final ImagePlus labels) {
		return LabelImages.pair(views(), labels);
	}

	private static double[] row(final RandomAccessibleInterval<?> view) {
		final var access = view.randomAccess();
		return IntStream.range(0, WIDTH).mapToDouble(x -> ((RealType<?>) access.setPositionAndGet(x, 1)).getRealDouble())
			.toArray();
	}

	/** Whatever the values, a network that knows them gives them back. */
	private static void comesBack(final ImagePlus labels, final int bits, final List<String> names, final double... values) {
		final List<LabelledImage> pairs = pairs(labels);
		assertArrayEquals(values, row(pairs.get(0).labels()));
		final ClassValues classes = FoundClasses.of(pairs.stream().map(LabelledImage::labels).toList(), false, LabelImages
			.areColours(labels), Monitor.NONE);
		assertEquals(names, classes.names());
		final float[] found = LabelValues.of(names).toArray();
		final PredictedImages results = new PredictedImages(views(), names, true, false);
		for (int z = 0; z < 2; z++) {
			final float[] row = new float[WIDTH];
			final double[] from = row(pairs.get(z).labels());
			for (int x = 0; x < WIDTH; x++)
				row[x] = found[(int) classes.classOf((float) from[x])];
			for (int y = 0; y < HEIGHT; y++)
				BlockWriter.of(results.labelViews().get(z)).write(new long[] { 0, y }, new int[] { WIDTH, 1 }, row, new int[] {
					WIDTH, 1 }, new int[2], 0);
		}
		final ImagePlus image = results.labelImage("result");
		assertEquals(bits, image.getBitDepth());
		if (LabelImages.areColours(labels)) {
			final ImageProcessor shown = image.getStack().getProcessor(1).convertToRGB(), truth = labels.getStack().getProcessor(
				1);
			for (int x = 0; x < WIDTH; x++)
				assertEquals(truth.get(x, 1) & 0xffffff, image.getLuts()[0].getRGB(image.getStack().getProcessor(1).get(x, 1)) &
					0xffffff);
			assertEquals(WIDTH, shown.getWidth());
			return;
		}
		for (int z = 0; z < 2; z++) {
			final ImageProcessor ip = image.getStack().getProcessor(z + 1);
			ip.setCalibrationTable(image.getCalibration().getCTable());
			final double[] truth = row(pairs.get(z).labels());
			for (int x = 0; x < WIDTH; x++)
				assertEquals(truth[x], ip.getf(x, 2));
			for (int x = 0; x < WIDTH; x++)
				assertEquals(truth[x], ip.getPixelValue(x, 2));
		}
	}

	@Test
	void valuesComeBackAsTheyWentIn() {
		comesBack(stack(new ByteProcessor(1, 1), 0, 255), 8, List.of("0", "255"), 0, 255, 0, 255, 0, 255);
		comesBack(stack(new ShortProcessor(1, 1), 300, 65535), 16, List.of("300", "65535"), 300, 65535, 300, 65535, 300, 65535);
		comesBack(stack(new FloatProcessor(1, 1), -3, 2), 32, List.of("-3", "2"), -3, 2, -3, 2, -3, 2);
		comesBack(stack(new FloatProcessor(1, 1), 1, 70000), 32, List.of("1", "70000"), 1, 70000, 1, 70000, 1, 70000);
		comesBack(stack(new FloatProcessor(1, 1), 0, 1 << 30), 32, List.of("0", "1073741824"), 0, 1 << 30, 0, 1 << 30, 0,
			1 << 30);
	}

	@Test
	void signedValuesAreThoseThatImageJShows() {
		final ImagePlus signed = stack(new ShortProcessor(1, 1), 32768 - 7, 32768 + 2);
		signed.getCalibration().setSigned16BitCalibration();
		comesBack(signed, 32, List.of("-7", "2"), -7, 2, -7, 2, -7, 2);
	}

	@Test
	void labelsOfSignedImagesAreNotSigned() {
		final ImagePlus image = new ImagePlus("ct", new ShortProcessor(WIDTH, HEIGHT));
		image.getCalibration().setSigned16BitCalibration();
		final PredictedImages results = new PredictedImages(NetworkViews.of(image, SpatialAxes.XY), List.of("0", "400"), true,
			false);
		BlockWriter.of(results.labelViews().get(0)).write(new long[2], new int[] { 1, 1 }, new float[] { 400 }, new int[] { 1,
			1 }, new int[2], 0);
		final ImagePlus labels = results.labelImage("labels");
		assertNull(labels.getCalibration().getCTable());
		assertEquals(400, labels.getProcessor().getf(0, 0));
	}

	@Test
	void indexedColoursAreTheirIndicesInEverySlice() {
		final ImageStack slices = stack(new ByteProcessor(1, 1), 0, 3, 200).getStack();
		slices.setColorModel(LabelImages.colours());
		final ImagePlus labels = new ImagePlus("indexed", slices);
		labels.setTypeToColor256();
		assertEquals(ImagePlus.COLOR_256, labels.getType());
		comesBack(labels, 8, List.of("0", "3", "200"), 0, 3, 200, 0, 3, 200);
		assertArrayEquals(new double[] { 200, 3, 0, 200, 3, 0 }, row(pairs(labels).get(1).labels()));
	}

	@Test
	void coloursAreClasses() {
		final ImagePlus labels = stack(new ColorProcessor(1, 1), 0xff0000ff, 0xffff0000, 0xff000000);
		comesBack(labels, 8, List.of("#000000", "#0000ff", "#ff0000"), 255, 0xff0000, 0, 255, 0xff0000, 0);
	}

	@Test
	void namesThatNoImageCanHoldAreCounted() {
		for (final List<String> names : List.of(List.of("a", "b"), List.of("01", "2"), List.of("1", "16777217"), List.of("-0",
			"1"), List.of("1", "99999999999")))
			assertArrayEquals(new float[] { 1, 2 }, LabelValues.of(names).toArray(), names.toString());
	}

	@Test
	void titlesOfSeveralImagesAndOfTheImageItselfAreRefused() {
		final ImagePlus image = new ImagePlus("cells", new ByteProcessor(2, 2)), one = new ImagePlus("truth", new ByteProcessor(
			2, 2)), other = new ImagePlus("truth", new ByteProcessor(2, 2));
		final boolean before = Interpreter.batchMode;
		Interpreter.batchMode = true;
		try {
			Interpreter.addBatchModeImage(image);
			Interpreter.addBatchModeImage(one);
			assertSame(one, OpenImages.partner("labels", " truth ", "label image", image));
			assertTrue(refusal("cells", image).contains("labels=[cells] is the image that is to be learnt from itself"));
			assertTrue(refusal("nothing", image).contains("Open images: cells, truth."));
			Interpreter.addBatchModeImage(other);
			assertTrue(refusal("truth", image).contains("labels=[truth] is the title of 2 open images"));
			assertTrue(refusal("truth", one).contains("labels=[truth] is the title of 2 open images"));
		}
		finally {
			Interpreter.removeBatchModeImage(image);
			Interpreter.removeBatchModeImage(one);
			Interpreter.removeBatchModeImage(other);
			Interpreter.batchMode = before;
		}
	}

	private static String refusal(final String title, final ImagePlus labelled) {
		return assertThrows(IllegalArgumentException.class, () -> OpenImages.partner("labels", title, "label image", labelled))
			.getMessage();
	}
}
