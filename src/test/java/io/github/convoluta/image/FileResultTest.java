package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Convolution;
import io.github.convoluta.filter.Edges;
import io.github.convoluta.filter.Filter;
import io.github.convoluta.filter.GlobalPooling;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Pooling;
import io.github.convoluta.filter.Recurrence;
import io.github.convoluta.filter.Upsampling;
import io.github.convoluta.image.ImageFilter.Output;
import io.github.convoluta.kernel.KernelCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that don't fit into memory become files, which hold the same. */
class FileResultTest {

	private static final Filter BOX = Convolution.with(KernelCatalogue.create("box 3", 2)).border(Border.REPLICATE);

	@TempDir
	private Path folder;

	private ImagePlus inFile(final ImageFilter images, final ImagePlus image, final Filter filter) {
		return images.apply(image, filter, "result: a/b", Monitor.NONE, new Storage(folder, () -> 1 << 20));
	}

	private List<String> files() {
		try (Stream<Path> all = Files.list(folder)) {
			return all.map(p -> p.getFileName().toString()).sorted().toList();
		}
		catch (final IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	private void assertSame(final ImageFilter images, final ImagePlus image, final Filter filter) {
		final ImagePlus expected = images.apply(image, filter, "result: a/b", Monitor.NONE);
		final List<String> before = files();
		// At first nothing fits; then there is room to look at it.
		final AtomicInteger asked = new AtomicInteger();
		final ImagePlus actual = images.apply(image, filter, "result: a/b", Monitor.NONE, new Storage(folder, () -> asked
			.getAndIncrement() < 2 ? 1e3 : 1e9));
		assertEquals(expected.getType(), actual.getType());
		assertArrayEquals(expected.getDimensions(), actual.getDimensions());
		assertEquals(expected.getCalibration().toString(), actual.getCalibration().toString());
		assertTrue(actual.getStackSize() == 1 || actual.getStack().isVirtual());
		final String file = files().stream().filter(f -> !before.contains(f)).findFirst().orElseThrow();
		final ImagePlus opened = IJ.openImage(folder.resolve(file).toString());
		assertArrayEquals(expected.getDimensions(), opened.getDimensions());
		for (int i = 1; i <= expected.getStackSize(); i++) {
			assertEquals(expected.getStack().getSliceLabel(i), actual.getStack().getSliceLabel(i));
			assertPixels(expected.getStack().getPixels(i), actual.getStack().getProcessor(i).getPixels());
			assertPixels(expected.getStack().getPixels(i), opened.getStack().getPixels(i));
		}
		assertEquals(expected.getCalibration().pixelDepth, opened.getCalibration().pixelDepth, 1e-9);
		assertEquals(expected.getCalibration().getUnit(), opened.getCalibration().getUnit());
	}

	private static void assertPixels(final Object expected, final Object actual) {
		if (expected instanceof final byte[] b) assertArrayEquals(b, (byte[]) actual);
		else if (expected instanceof final short[] s) assertArrayEquals(s, (short[]) actual);
		else if (expected instanceof final int[] i) assertArrayEquals(i, (int[]) actual);
		else assertArrayEquals((float[]) expected, (float[]) actual);
	}

	@Test
	void everyKindOfImageAndFilter() {
		final ImagePlus ct = TestImages.ct();
		assertSame(new ImageFilter(SpatialAxes.XYZ, false, Output.FLOAT), ct, Convolution.with(KernelCatalogue.create("box 3",
			3)));
		assertSame(new ImageFilter(SpatialAxes.XYZ, false, Output.SOURCE), ct, new Upsampling(Upsampling.Method.LINEAR, 2, 2,
			2));
		assertSame(new ImageFilter(SpatialAxes.XYZ, false, Output.FLOAT), ct, Recurrence.of(new double[] { 1, -0.5 },
			new double[] { 1 }).along(2));
		final ImagePlus series = TestImages.timeSeries();
		assertSame(new ImageFilter(SpatialAxes.XY, false, Output.SOURCE), series, BOX);
		assertSame(new ImageFilter(SpatialAxes.XYT, false, Output.FLOAT), series, Pooling.of(Pooling.Operation.MAX, 1, 1, 2));
		assertSame(new ImageFilter(SpatialAxes.XY, false, Output.SOURCE), TestImages.tissue(), new Upsampling(
			Upsampling.Method.NEAREST, 2, 2));
		assertSame(new ImageFilter(SpatialAxes.XY, false, Output.MASK), enlarged(), new Edges(Edges.Operator.LOG,
			Edges.Result.CROSSINGS, new double[] { 2, 2 }, 1, 1, Border.MIRROR));
		final ImagePlus image = enlarged();
		image.setRoi(new OvalRoi(50, 60, 300, 200));
		assertSame(new ImageFilter(SpatialAxes.XY, false, Output.SOURCE), image, BOX);
		assertFalse(files().stream().anyMatch(f -> f.endsWith(".part")), files().toString());
		assertEquals(8, files().size());
	}

	/** A result in memory must leave room for the planes of a source that has to convert them. */
	@Test
	void planesThatAreConvertedWhileTheyAreReadCountToo() {
		final ImagePlus image = IJ.createImage("signed", "16-bit black", 100, 80, 6);
		image.getCalibration().setSigned16BitCalibration();
		final double result = 100 * 80 * 6 * 2, plane = 100 * 80 * 4;
		final ImageFilter images = new ImageFilter(SpatialAxes.XY, false, Output.SOURCE);
		assertTrue(images.apply(image, BOX, "r", Monitor.NONE, new Storage(folder, () -> result + plane)).getStack()
			.isVirtual());
		assertFalse(images.apply(image, BOX, "r", Monitor.NONE, new Storage(folder, () -> result + 6 * plane)).getStack()
			.isVirtual());
		image.getCalibration().disableDensityCalibration();
		assertFalse(images.apply(image, BOX, "r", Monitor.NONE, new Storage(folder, () -> result)).getStack().isVirtual());
	}

	private static ImagePlus enlarged() {
		return new ImageFilter(SpatialAxes.XY, false, Output.SOURCE).apply(TestImages.membranes(), new Upsampling(
			Upsampling.Method.LINEAR, 2, 2), "enlarged", Monitor.NONE);
	}

	@Test
	void whatFitsStaysInMemory() {
		final ImagePlus result = inFile(new ImageFilter(SpatialAxes.XY, false, Output.FLOAT), TestImages.membranes(),
			GlobalPooling.over(Pooling.Operation.MAX, 2));
		assertFalse(result.getStack().isVirtual());
		assertEquals(List.of(), files());
	}

	@Test
	void aPlaneThatCantBeShownIsStillWritten() {
		final ImageFilter images = new ImageFilter(SpatialAxes.XY, false, Output.FLOAT);
		final String message = assertThrows(UnshownResultException.class, () -> images.apply(TestImages.membranes(), BOX,
			"large", Monitor.NONE, new Storage(folder, () -> 1000))).getMessage();
		assertTrue(message.startsWith("large: the result is in the file " + folder.resolve("large.tif") + ". It can't be shown"),
			message);
		final ImagePlus opened = IJ.openImage(folder.resolve("large.tif").toString());
		assertPixels(new ImageFilter(SpatialAxes.XY, false, Output.FLOAT).apply(TestImages.membranes(), BOX, "r", Monitor.NONE)
			.getProcessor().getPixels(), opened.getProcessor().getPixels());
	}

	@Test
	void aSecondResultDoesNotReplaceTheFirst() {
		final ImageFilter images = new ImageFilter(SpatialAxes.XY, false, Output.SOURCE);
		for (int i = 0; i < 3; i++)
			assertThrows(UnshownResultException.class, () -> images.apply(TestImages.tissue(), BOX, "result: a/b", Monitor.NONE,
				new Storage(folder, () -> 100)));
		assertEquals(List.of("result_ a_b-1.tif", "result_ a_b-2.tif", "result_ a_b.tif"), files());
	}

	@Test
	void whatIsCancelledLeavesNoFile() {
		assertThrows(CancellationException.class, () -> new ImageFilter(SpatialAxes.XY, false, Output.SOURCE).apply(TestImages
			.tissue(), BOX, "r", f -> {
				throw new CancellationException();
			}, new Storage(folder, () -> 100)));
		assertEquals(List.of(), files());
	}

	@Test
	void whatKilledProcessesLeftIsCleaned() throws IOException {
		final Path left = Files.createFile(folder.resolve("convoluta-0.part")), other = Files.createFile(folder.resolve(
			"other.part"));
		for (final Path p : List.of(left, other))
			Files.setLastModifiedTime(p, FileTime.from(Instant.now().minusSeconds(86400)));
		assertThrows(UnshownResultException.class, () -> new ImageFilter(SpatialAxes.XY, false, Output.SOURCE).apply(TestImages
			.tissue(), BOX, "r", Monitor.NONE, new Storage(folder, () -> 100)));
		assertEquals(List.of("other.part", "r.tif"), files());
	}

	@Test
	void aFolderThatCantBeWrittenIsNamed() {
		final Path file = folder.resolve("file");
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> {
			Files.createFile(file);
			new ImageFilter(SpatialAxes.XY, false, Output.SOURCE).apply(TestImages.tissue(), BOX, "r", Monitor.NONE, new Storage(
				file, () -> 100));
		});
		assertTrue(e.getMessage().contains("folder=[" + file + "]"), e.getMessage());
	}

	@Test
	void withoutAFolderTheMessageOffersWhatCanBeDone() {
		final String message = assertThrows(IllegalArgumentException.class, () -> new ImageFilter(SpatialAxes.XY, false,
			Output.FLOAT).apply(TestImages.membranes(), BOX, "r", Monitor.NONE, new Storage(null, () -> 100))).getMessage();
		assertTrue(message.contains("folder=") && message.contains("output=[input type], which needs"), message);
		final String same = assertThrows(IllegalArgumentException.class, () -> new ImageFilter(SpatialAxes.XY, false,
			Output.SOURCE).apply(TestImages.membranes(), BOX, "r", Monitor.NONE, new Storage(null, () -> 100))).getMessage();
		assertTrue(same.contains("folder=") && !same.contains("input type"), same);
		final String none = assertThrows(IllegalArgumentException.class, () -> new ImageFilter(SpatialAxes.XY, false,
			Output.SOURCE).apply(TestImages.membranes(), BOX, "r", Monitor.NONE, new Storage(folder.resolve("none"), () -> 100)))
			.getMessage();
		assertTrue(none.startsWith("folder=[") && none.contains("is no folder"), none);
	}

	@Test
	void planesThatNoArrayHoldsAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> inFile(new ImageFilter(SpatialAxes.XY, false,
			Output.SOURCE), TestImages.membranes(), new Upsampling(Upsampling.Method.NEAREST, 1000, 1000))).getMessage();
		assertTrue(message.contains("256000 x 256000 pixels"), message);
		final String file = assertThrows(IllegalArgumentException.class, () -> inFile(new ImageFilter(SpatialAxes.XY, false,
			Output.FLOAT), TestImages.membranes(), new Upsampling(Upsampling.Method.NEAREST, 120, 120))).getMessage();
		assertTrue(file.contains("at most 2.15 GB") || file.contains("has room for"), file);
		assertEquals(List.of(), files());
	}
}
