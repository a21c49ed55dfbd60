package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.FloatProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassSourcesTest {

	@TempDir
	Path folder;

	private Path table(final String text) throws IOException {
		return Files.writeString(folder.resolve("signale \u00fc.csv"), text, StandardCharsets.UTF_8);
	}

	@Test
	void tablesWithAndWithoutHeadings() throws IOException {
		for (final String text : new String[] { "a,1,2,3\nb,4,5,6\na,7,8,9e0\n", "kind,t0,t1,t2\na,1,2,3\nb,4,5,6\na,7,8,9\n",
			"kind;t0;t1;t2\r\na;1;2;3\r\nb;4;5;6\r\na;7;8;9\r\n" }) {
			final ClassSamples s = SignalTable.read(table(text), text.startsWith("kind") ? "kind" : "1");
			assertEquals(List.of("a", "b"), s.classes());
			assertArrayEquals(new int[] { 0, 1, 0 }, s.samples().classes());
			assertArrayEquals(new float[] { 7, 8, 9 }, s.samples().values().get(2));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a,1,2;b,3,x | 1 | Line 2 of * \"x\" is no number", "a,1,2;b,3 | 1 | Line 2 of * has 2 columns",
		"a,1,2;a,3,4 | 1 | the classes [a], but at least two", "a,1,2;b,3,4 | 9 | has 3 columns", "a,1,2;b,3,4 | kind | is neither a heading" })
	void mistakesInTablesAreNamed(final String text, final String column, final String expected) throws IOException {
		final Path file = table(text.replace(';', '\n'));
		final String message = assertThrows(IllegalArgumentException.class, () -> SignalTable.read(file, column)).getMessage();
		for (final String part : expected.split("\\*"))
			assertTrue(message.contains(part.strip()), message);
	}

	private void image(final String path, final int width, final int height, final int slices, final float value) throws IOException {
		final ImageStack stack = new ImageStack(width, height);
		for (int z = 0; z < slices; z++) {
			final FloatProcessor ip = new FloatProcessor(width, height);
			ip.setValue(value + z);
			ip.fill();
			stack.addSlice(ip);
		}
		final ImagePlus image = new ImagePlus("i", stack);
		Files.createDirectories(folder.resolve(path).getParent());
		new FileSaver(image).saveAsTiff(folder.resolve(path).toString());
	}

	@Test
	void imagesOfEachSubfolderAreAClass() throws IOException {
		image("b dark/1.tif", 8, 6, 1, 10);
		image("a bright/1.tif", 16, 12, 3, 100);
		Files.writeString(folder.resolve("b dark/notes.txt"), "no image");
		final ClassSamples planes = ClassFolder.read(folder, SpatialAxes.XY, null, Monitor.NONE);
		assertEquals(List.of("a bright", "b dark"), planes.classes());
		assertArrayEquals(new int[] { 0, 0, 0, 1 }, planes.samples().classes());
		assertArrayEquals(new int[] { 0, 0, 0, 1 }, planes.groups(), "slices of one image stay together");
		assertEquals("16x12x1", planes.samples().shape().toString());
		assertEquals(101, planes.samples().values().get(1)[7], 1e-4);
		assertEquals(10, planes.samples().values().get(3)[190], 1e-4);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassFolder.read(folder.resolve("a bright"), SpatialAxes.XY, null,
			Monitor.NONE)).getMessage().contains("at least two classes"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassFolder.read(folder.resolve("x"), SpatialAxes.XY, null,
			Monitor.NONE)).getMessage().contains("There is no folder"));
	}

	@Test
	void resizingKeepsMeansAndRamps() {
		final float[] ramp = new float[64];
		for (int i = 0; i < 64; i++)
			ramp[i] = i % 8;
		final float[] half = Resizing.resize(ArrayImgs.floats(ramp, 8, 8, 1), 4, 4), twice = Resizing.resize(ArrayImgs.floats(ramp, 8, 8, 1), 16, 8);
		for (int x = 1; x < 3; x++)
			assertEquals(2 * x + 0.5, half[4 + x], 1e-5);
		for (int x = 1; x < 15; x++)
			assertEquals(x / 2.0 - 0.25, twice[16 + x], 1e-5);
		assertArrayEquals(ramp, Resizing.resize(ArrayImgs.floats(ramp, 8, 8, 1), 8, 8));
	}

	@Test
	void labelImagesMustFitTheirImage() {
		final ImagePlus image = new ImagePlus("i", new FloatProcessor(8, 6)), labels = new ImagePlus("l", new FloatProcessor(6, 8));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImages.pair(NetworkViews.of(image, SpatialAxes.XY), labels))
			.getMessage().contains("has 6x8 pixels, 1 slice and 1 frame, but the image has 8x6"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImages.pair(NetworkViews.of(TestImages.timeSeries(),
			SpatialAxes.XY), TestImages.timeSeries())).getMessage().contains("2 channels"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImages.find("nothing like it.tif", null)).getMessage().contains(
			"neither the title of an open image nor the path of a file"));
	}

	@Test
	void signalsAreRowsAndVideosSeries() {
		final NetworkViews rows = NetworkViews.of(TestImages.timeSeries(), SpatialAxes.X);
		assertEquals(10 * 96, rows.all().size());
		assertEquals(2, rows.all().get(0).dimension(1));
		assertEquals("t2 y1", rows.place(96));
		final NetworkViews video = NetworkViews.of(TestImages.timeSeries(), SpatialAxes.XYT);
		assertArrayEquals(new long[] { 96, 96, 10, 2 }, video.all().get(0).dimensionsAsLongArray());
	}
}
