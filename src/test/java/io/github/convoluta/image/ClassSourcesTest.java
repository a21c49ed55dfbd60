package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassSourcesTest {

	@TempDir
	Path folder;

	private Path table(final String text) throws IOException {
		return Files.writeString(folder.resolve("signale \u00fc.csv"), text, StandardCharsets.UTF_8);
	}

	@Test
	void tablesWithAndWithoutHeadings() throws IOException {
		for (final String text : new String[] { "a,1,2,3\nb,4,5,6\na,7,8,9e0\n", "kind,t0,t1,t2\na,1,2,3\nb,4,5,6\na,7,8,9\n",
			"kind;t0;t1;t2\r\na;1;2;3\r\nb;4;5;6\r\na;7;8;9\r\n" })
		{
			final ClassSamples s = SignalTable.read(table(text), text.startsWith("kind") ? "kind" : "1", null);
			assertEquals(List.of("a", "b"), s.classes());
			assertArrayEquals(new int[] { 0, 1, 0 }, s.samples().classes());
			assertArrayEquals(new float[] { 7, 8, 9 }, s.samples().values().get(2));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u00a7', value = { "a,1,2;b,3,x | 1 | Line 2 of * \"x\" is no number",
		"a,1,2;b,3 | 1 | Line 2 of * has 2 columns", "a,1,2;a,3,4 | 1 | the classes [a], but at least two",
		"a,1,2;b,3,4 | 9 | has 3 columns", "a,1,2;b,3,4 | kind | is neither a heading",
		"a,1,2;;b,3,;a,4,5 | 1 | Line 3 of * column 3: the value is missing",
		"k,x;a,1;b,NA | k | Line 3 of * column 2: \"NA\": the value is missing",
		"\"a;a\",1;b,x | 1 | Line 3 of * column 2: \"x\" is no number",
		"a,1,2;b,3,1e50 | 1 | Line 2 of * column 3: \"1e50\" is out of range",
		"a,1;,2;b,3 | 1 | Line 2 of * column 1, is missing",
		"a,\"1.5\";b,\"2,5\" | 1 | decimal points (line 1) * commas (line 2)",
		"a,1;\"b\"c,2 | 1 | Line 2 of * quotes within it must be doubled", "abc;def | 1 | Line 1 of * has one column only",
		"k,k,v;a,1,2;b,2,3 | k | heading of several columns" })
	void mistakesInTablesAreNamed(final String text, final String column, final String expected) throws IOException {
		final Path file = table(text.replace(';', '\n'));
		final String message = assertThrows(IllegalArgumentException.class, () -> SignalTable.read(file, column, null))
			.getMessage();
		for (final String part : expected.split("\\*"))
			assertTrue(message.contains(part.strip()), message);
	}

	private static void assertTable(final ClassSamples s, final String classes, final float... second) {
		assertEquals(classes, String.join("|", s.classes()));
		assertArrayEquals(second, s.samples().values().get(1));
	}

	/** Spectra have numbers for headings. */
	@Test
	void headingsOfNumbersAreToldByTheLabelColumn() throws IOException {
		final String rows = "a,0.1,0.2,0.3\nb,0.4,0.5,0.6\na,0.7,0.8,0.9\nb,1,1,1\n";
		for (final String head : new String[] { "class,400,410,420\n", "Fluid,400,410,420\n", "Fluid,400,407,420\n",
			"label,3,1,2\n", "" })
			for (final String mark : new String[] { "", "\ufeff" }) {
				final ClassSamples s = SignalTable.read(table(mark + head + rows), "1", null);
				assertTable(s, "a|b", 0.4f, 0.5f, 0.6f);
				assertArrayEquals(new int[] { 0, 1, 0, 1 }, s.samples().classes());
			}
		assertTable(SignalTable.read(table("400,410,kind of fluid\n1,2,a\n3,4,b\n"), "kind of fluid", null), "a|b", 3, 4);
		assertTable(SignalTable.read(table("quality,4,8\n1,2,3\n0,4,5\n"), "1", null), "0|1", 4, 5);
		assertTable(SignalTable.read(table("a,1,2\nb,3,4\n"), "1", null), "a|b", 3, 4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,1.5,2\nb,-3.5,4e1", "a;1.5;2\nb;-3.5;4e1", "a;1,5;2\nb;-3,5;4e1",
		"a\t1,5\t2\r\nb\t-3,5\t4e1\r\n", "a 1.5  2\nb   -3.5 4e1  ", "a 1,5 2\n b -3,5 4e1",
		"\"a\",\"1,5\",\"2\"\n\"b\",\"-3,5\",\"4e1\"", "a, 1.5, 2\nb, -3.5, 4e1", "a,1.5,2,\nb,-3.5,4e1,\n",
		"\n\na,1.5,2\n  \nb,-3.5,4e1\n\n", "a,1.5,2\rb,-3.5,4e1\r" })
	void separatorsAndDecimalMarksAreFound(final String text) throws IOException {
		assertTable(SignalTable.read(table(text), "1", null), "a|b", -3.5f, 40);
	}

	/** As images are: a patch given is the extent of every sample. */
	@Test
	void signalsAreResizedToThePatch() throws IOException {
		final ClassSamples s = SignalTable.read(table("a,1,1,3,3\nb,2,2,8,8\n"), "1", new int[] { 8 });
		assertTable(s, "a|b", Resizing.resize(ArrayImgs.floats(new float[] { 2, 2, 8, 8 }, 4, 1), 8));
		assertEquals(List.of(8), s.samples().shape().spatial());
	}

	@Test
	void resizingForgetsNaNAtTheEndsOfItsTriangles() {
		final float[] values = new float[12];
		Arrays.fill(values, 1);
		values[4] = Float.NaN;
		assertArrayEquals(new float[] { 1, Float.NaN, 1, 1 }, Resizing.resize(ArrayImgs.floats(values, 12, 1), 4), 1e-6f);
	}

	@Test
	void quotedCellsMayHoldAnything() throws IOException {
		assertTable(SignalTable.read(table("\"b, or \"\"c\"\"\",1,2\n\"a;\ntwo lines\",3,4\n"), "1", null),
			"a;\ntwo lines|b, or \"c\"", 3, 4);
		assertTable(SignalTable.read(table("5\" pipe,1,2\n'a',3,4\n"), "1", null), "'a'|5\" pipe", 3, 4);
	}

	@Test
	void classesThatAreNumbersAreInTheirOrder() throws IOException {
		assertTable(SignalTable.read(table("10,1\n2,2\n-1,3\n-2,4\n1,5\n10,6\n"), "1", null), "-2|-1|1|2|10", 2);
		assertTable(SignalTable.read(table("c10,1\nc9,2\nC9,3\nc010,4\n"), "1", null), "C9|c9|c010|c10", 2);
	}

	@Test
	void namesHaveOneOrderEverywhere() throws IOException {
		final List<String> names = List.of("Stra\u00dfe", "a", "b 2", "b 10", "b 10 x", "i", "\u00e4", "\u0131");
		final Locale before = Locale.getDefault();
		try {
			for (final String locale : new String[] { "tr", "de", "en" }) {
				Locale.setDefault(Locale.forLanguageTag(locale));
				for (int seed = 0; seed < 20; seed++) {
					final List<String> shuffled = new ArrayList<>(names);
					Collections.shuffle(shuffled, new Random(seed));
					assertEquals(names, ClassOrder.sorted(shuffled));
				}
			}
		}
		finally {
			Locale.setDefault(before);
		}
		assertEquals(List.of("-1.5", "-1", "0", "2", "10"), ClassOrder.sorted(List.of("10", "2", "-1", "0", "-1.5")));
	}

	@Test
	void aColumnOfItsOwnValuesIsNoClass() throws IOException {
		final StringBuilder time = new StringBuilder("time,voltage\n"), twice = new StringBuilder("time,voltage\n");
		for (int i = 0; i < 300; i++) {
			time.append(i * 0.004).append(",1\n");
			twice.append(i / 2).append(",1\n");
		}
		for (final String text : List.of(time.toString(), twice.toString())) {
			final Path file = table(text);
			final String message = assertThrows(IllegalArgumentException.class, () -> SignalTable.read(file, "1", null))
				.getMessage();
			assertTrue(message.contains("classes in 300 rows") && message.contains("labelcolumn"), message);
		}
	}

	private void image(final String path, final int width, final int height, final int slices, final float value)
		throws IOException
	{
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
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassFolder.read(folder.resolve("a bright"),
			SpatialAxes.XY, null, Monitor.NONE)).getMessage().contains("at least two classes"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassFolder.read(folder.resolve("x"), SpatialAxes.XY, null,
			Monitor.NONE)).getMessage().contains("There is no folder"));
	}

	@Test
	void foldersAreInNaturalOrderAndHiddenOnesPassedOver() throws IOException {
		for (final String name : new String[] { "10", "9", "1", ".ipynb_checkpoints", "__MACOSX" }) {
			image(name + "/a10.tif", 4, 4, 1, 10);
			image(name + "/a9.tif", 4, 4, 1, 9);
			image(name + "/.hidden.tif", 4, 4, 1, 9);
			image(name + "/._a.tif", 4, 4, 1, 9);
		}
		Files.createDirectories(folder.resolve("notes"));
		final ClassSamples s = ClassFolder.read(folder, SpatialAxes.XY, null, Monitor.NONE);
		assertEquals(List.of("1", "9", "10"), s.classes());
		assertEquals(6, s.samples().size());
		assertEquals(9, s.samples().values().get(0)[0]);
		assertEquals(10, s.samples().values().get(1)[0]);
	}

	@Test
	void damagedImagesAreNamed() throws IOException {
		image("a/1.tif", 32, 32, 3, 10);
		image("b/1.tif", 32, 32, 3, 10);
		final byte[] tiff = Files.readAllBytes(folder.resolve("a/1.tif"));
		final Path png = folder.resolve("b/other.png");
		new FileSaver(new ImagePlus("i", new ByteProcessor(32, 32))).saveAsPng(png.toString());
		final byte[] whole = Files.readAllBytes(png);
		Files.delete(png);
		final Map<String, byte[]> damaged = Map.of("2.tif", Arrays.copyOf(tiff, tiff.length - 600), "3.tif", Arrays.copyOf(tiff,
			tiff.length / 2), "4.tif", new byte[0], "5.png", Arrays.copyOf(whole, whole.length / 2), "6.gif", "GIF89a".getBytes(
				StandardCharsets.US_ASCII), "7.jpg", "no picture".getBytes(StandardCharsets.US_ASCII));
		for (final Map.Entry<String, byte[]> file : damaged.entrySet()) {
			final Path path = Files.write(folder.resolve("b").resolve(file.getKey()), file.getValue());
			final String message = assertThrows(IllegalArgumentException.class, () -> ClassFolder.read(folder, SpatialAxes.XY,
				null, Monitor.NONE), file.getKey()).getMessage();
			assertTrue(message.contains(path.toString()) && message.contains("can't be read"), message);
			Files.delete(path);
		}
		assertEquals(6, ClassFolder.read(folder, SpatialAxes.XY, null, Monitor.NONE).samples().size());
	}

	@Test
	void resizingKeepsMeansAndRamps() {
		final float[] ramp = new float[64];
		for (int i = 0; i < 64; i++)
			ramp[i] = i % 8;
		final float[] half = Resizing.resize(ArrayImgs.floats(ramp, 8, 8, 1), 4, 4), twice = Resizing.resize(ArrayImgs.floats(
			ramp, 8, 8, 1), 16, 8);
		for (int x = 1; x < 3; x++)
			assertEquals(2 * x + 0.5, half[4 + x], 1e-5);
		for (int x = 1; x < 15; x++)
			assertEquals(x / 2.0 - 0.25, twice[16 + x], 1e-5);
		assertArrayEquals(ramp, Resizing.resize(ArrayImgs.floats(ramp, 8, 8, 1), 8, 8));
	}

	@Test
	void labelImagesMustFitTheirImage() {
		final ImagePlus image = new ImagePlus("i", new FloatProcessor(8, 6)), labels = new ImagePlus("l", new FloatProcessor(6,
			8));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImages.pair(NetworkViews.of(image, SpatialAxes.XY),
			labels)).getMessage().contains("has 6x8 pixels, 1 slice and 1 frame, but the image has 8x6"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImages.pair(NetworkViews.of(TestImages.timeSeries(),
			SpatialAxes.XY), TestImages.timeSeries())).getMessage().contains("2 channels"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> OpenImages.partner("labels", "nothing like it.tif",
			"label image", null)).getMessage().contains("neither the title of an open image nor the path of a file"));
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
