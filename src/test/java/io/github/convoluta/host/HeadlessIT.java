package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application without a display. */
class HeadlessIT {

	@TempDir
	Path temporary;

	private Application.Result macro(final String text) throws IOException, InterruptedException {
		return Application.runText(temporary, text);
	}

	static Stream<Path> examples() throws IOException {
		final List<String> others = List.of("batch-folder.ijm", "network-summary.ijm", "engine-information.ijm", "help.ijm",
			"segment-ct.ijm", "train-classifier.ijm", "train-from-strokes.ijm", "train-image-to-image.ijm");
		return Files.list(Application.FOLDER.resolve("macros")).filter(f -> !others.contains(f.getFileName().toString()))
			.sorted();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleRunsAndSavesWhatItSays(final Path macro) throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Ergebnisse \u00e4 \u00df"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), macro, folder);
		assertEquals(0, result.status(), result.output());
		final List<String> saved = result.output().lines().filter(l -> l.startsWith("saved ")).map(l -> l.substring(6)).toList();
		assertFalse(saved.isEmpty(), result.output());
		for (final String file : saved) {
			final ImagePlus image = IJ.openImage(file);
			assertTrue(image.getWidth() * image.getHeight() > 0);
			assertTrue(image.getStatistics().max > image.getStatistics().min || image.getWidth() == 1, file);
		}
	}

	@Test
	void helpSaysWhatThereIs() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/help.ijm"));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("Train a network") && result.output().contains("### Pool n-D..."), result.output());
	}

	@Test
	void theResultDoesNotDependOnTheLocale() throws IOException, InterruptedException {
		ImagePlus[] first = null;
		for (final String locale : new String[] { "tr-TR", "en-US" }) {
			final Path folder = Files.createDirectory(temporary.resolve(locale));
			final Application.Result result = Application.run(List.of("-Duser.language=" + locale.substring(0, 2),
				"-Duser.country=" + locale.substring(3)), Application.FOLDER.resolve("macros/three-filters.ijm"), folder);
			assertEquals(0, result.status(), result.output());
			final ImagePlus[] images = Stream.of("cells-blurred", "cells-edges", "cells-pooled").map(n -> IJ.openImage(folder
				.resolve(n + ".tif").toString())).toArray(ImagePlus[]::new);
			assertEquals(0.325, images[0].getCalibration().pixelWidth, 1e-6);
			assertEquals(0.65, images[2].getCalibration().pixelWidth, 1e-6);
			if (first == null) first = images;
			else for (int i = 0; i < 3; i++)
				assertArrayEquals(first[i].getProcessor().getFloatArray(), images[i].getProcessor().getFloatArray());
		}
	}

	@Test
	void aFolderIsFilteredAndSegmentedInBatchMode() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Ordner mit \u00fc"));
		for (final String name : new String[] { "cells.tif", "chest.tif", "ct.tif" })
			Files.copy(Application.FOLDER.resolve("test-images").resolve(name), folder.resolve(name));
		final Application.Result training = macro(
			"""
					open(getDirectory("imagej") + "test-images/cells-labels.tif");
					open(getDirectory("imagej") + "test-images/cells.tif");
					run("Train Segmentation...", "labels=cells-labels.tif network=[unet depth=1 width=4] patch=32 epochs=1 steps=2 model=[%s]");
					"""
				.formatted(folder.resolve("model.zip")));
		assertEquals(0, training.status(), training.output());
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/batch-folder.ijm"),
			folder);
		assertEquals(0, result.status(), result.output());
		final ImagePlus ct = IJ.openImage(folder.resolve("edges/ct.tif").toString());
		assertEquals(36, ct.getNSlices());
		assertEquals(2.5, ct.getCalibration().pixelDepth);
		assertEquals("mm", ct.getCalibration().getUnit());
		assertTrue(Files.exists(folder.resolve("edges/cells.tif")));
		final ImagePlus labels = IJ.openImage(folder.resolve("labels/ct.tif").toString());
		assertEquals(36, labels.getNSlices());
		assertEquals(8, labels.getBitDepth());
		assertTrue(labels.getStatistics().max <= 1, "values of the labels that were learnt from");
		assertTrue(Files.exists(folder.resolve("labels/cells.tif")) && !Files.exists(folder.resolve("labels/labels.tif")));
	}

	@Test
	void resultsAreTheCurrentImageAlsoInBatchMode() throws IOException, InterruptedException {
		final Application.Result result = macro("""
				setBatchMode(true);
				newImage("ramp", "8-bit ramp", 64, 32, 1);
				id = getImageID();
				run("Pool n-D...", "window=4 operation=average");
				print("one " + getTitle() + " " + getWidth() + "x" + getHeight() + " " + bitDepth());
				run("Upsample n-D...", "factor=[2 1]");
				print("two " + getTitle() + " " + getWidth() + "x" + getHeight() + " of " + nImages());
				selectImage(id);
				print("three " + getTitle() + " " + getPixel(5, 5));
				""");
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("one ramp-pooled 16x8 32"), result.output());
		assertTrue(result.output().contains("two ramp-pooled-upsampled 32x8 of 3"), result.output());
		assertTrue(result.output().contains("three ramp 20"), result.output());
	}

	@Test
	void flagsAndTheirSpellingsAreTheSame() throws IOException, InterruptedException {
		final Application.Result result = macro("""
				spellings = newArray("partial", "partial=1", "partial=yes", "partial=true");
				for (i = 0; i < 4; i++) {
					newImage("i", "8-bit ramp", 5, 5, 1);
					run("Pool n-D...", "window=2 " + spellings[i]);
					print(getWidth());
				}
				size = 3;
				run("Pool n-D...", "WINDOW=&size stride=1");
				print(getWidth());
				""");
		assertEquals(List.of("3", "3", "3", "3", "1"), result.output().lines().toList());
	}

	@ParameterizedTest
	@org.junit.jupiter.params.provider.CsvSource({
		"'run(\"Pool n-D...\", \"operation=mx\");', 'operation=mx is not known; allowed are max, min'",
		"'run(\"Convolve n-D...\", \"kernel=[1 2; 3]\");', 'Row 2 has 1 numbers, but row 1 has 2'",
		"'run(\"Convolve n-D...\", \"kernel=[box 3] strde=2\");', 'no key \"strde\"'",
		"'run(\"Edges n-D...\", \"sigma=-1\");', 'sigma=-1 is out of range'",
		"'run(\"Convolve n-D...\", \"kernel=[box 99] padding=valid\");', 'reaches over 99 samples along axis x'",
		"'close(); run(\"Pool n-D...\", \"window=2\");', 'no image open'" })
	void mistakesStopTheMacroWithAMessageAndAStatus(final String line, final String expected) throws IOException,
		InterruptedException
	{
		final Application.Result result = macro("newImage(\"i\", \"8-bit ramp\", 50, 40, 1);\n" + line +
			"\nprint(\"went on\");\n");
		assertEquals(1, result.status(), result.output());
		assertTrue(result.output().contains(expected), result.output());
		assertFalse(result.output().contains("went on"), result.output());
	}

	@ParameterizedTest
	@org.junit.jupiter.params.provider.CsvSource({ "'run(\"Train Segmentation...\", \"labels=i\");', 'model is empty'",
		"'run(\"Train Segmentation...\", \"model=m.zip\");', 'labels is empty'",
		"'run(\"Train Segmentation...\", \"labels=nothing model=m.zip\");', 'labels=[nothing] is neither the title'",
		"'run(\"Train Segmentation...\", \"labels=i network=[unet dpth=3] model=m.zip\");', 'dpth'",
		"'run(\"Train Segmentation...\", \"labels=i axes=XYZ model=m.zip\");', 'axes=XYZ needs a z-stack'",
		"'run(\"Train Segmentation...\", \"labels=i patch=[64 64 32] model=m.zip\");', 'has 3 numbers, but there are 2 axes'",
		"'run(\"Train Image to Image...\", \"model=m.zip\");', 'target is empty'",
		"'run(\"Train Image to Image...\", \"target=i model=m.zip\");', 'target=[i] is the image that is to be learnt from itself'",
		"'newImage(\"t\", \"8-bit ramp\", 50, 41, 1); selectImage(\"i\"); run(\"Train Image to Image...\", \"target=t model=m.zip\");', 'The target image \"t\" has 50x41 pixels'",
		"'run(\"Train Classifier...\", \"folder=[no such folder] model=m.zip\");', 'There is no folder'",
		"'run(\"Apply Network...\", \"model=[no such.zip]\");', 'There is no model file'",
		"'run(\"Apply Network...\", \"model=m.zip precision=fp16\");', 'allowed are automatic, fp32, bf16'",
		"'run(\"Apply Network...\", \"model=[\" + getArgument() + \"]\");', 'can''t be used: it is not a zip file, or it is damaged.'",
		"'run(\"Apply Network...\", \"model=a.zip model=b.zip\");', 'The key \"model\" is given twice'",
		"'run(\"Train Segmentation...\", \"labels=i seed=1e10 model=m.zip\");', 'seed=1e10 is out of range; allowed is -2147483648 to 2147483647'",
		"'run(\"Show Kernel...\", \"kernel=[box 3] file=[\" + getArgument() + \"/k.txt]\");', 'can''t be written: there is something of that name already ('",
		"'run(\"Show Kernel...\", \"kernel=[1 x 1]\");', 'kernel=[1 x 1]: Row 1, column 2'" })
	void mistakesWithNetworksAndFilesStopTheMacroToo(final String line, final String expected) throws IOException,
		InterruptedException
	{
		final Path macro = temporary.resolve("mistake.ijm");
		Files.writeString(macro, "newImage(\"i\", \"8-bit ramp\", 50, 40, 1);\n" + line + "\nprint(\"went on\");\n");
		// The argument is a file that is neither a model nor a folder.
		final Application.Result result = Application.run(List.of(), macro, macro);
		assertFalse(result.output().contains("Exception"), result.output());
		assertEquals(1, result.status(), result.output());
		assertTrue(result.output().contains(expected), result.output());
		assertFalse(result.output().contains("went on"), result.output());
	}

	@Test
	void aResultThatCantBeShownEndsTheMacroAndIsInItsFile() throws IOException, InterruptedException {
		final Path macro = Files.writeString(temporary.resolve("large.ijm"), """
				newImage("plane", "8-bit ramp", 1500, 1500, 1);
				run("Upsample n-D...", "factor=12 output=[input type] folder=[%s]");
				print("went on with " + getTitle());
				""".formatted(temporary));
		final Application.Result result = Application.run(List.of("-Xmx256m"), macro);
		assertEquals(1, result.status(), result.output());
		assertTrue(result.output().contains("plane-upsampled: the result is in the file " + temporary.resolve(
			"plane-upsampled.tif") + ". It can't be shown"), result.output());
		assertFalse(result.output().contains("went on") || result.output().contains("Exception"), result.output());
		assertTrue(Files.size(temporary.resolve("plane-upsampled.tif")) > 18000 * 18000);
	}

	@Test
	void aMissingMacroFileIsNamed() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), "no such.ijm");
		assertEquals(2, result.status());
		assertTrue(result.output().contains("no such.ijm does not exist"), result.output());
	}

	@Test
	void kernelsAreSavedAndFoundByPathAndTitle() throws IOException, InterruptedException {
		final Path file = temporary.resolve("k\u00f6rnel file.txt");
		final Application.Result result = macro("""
				run("Show Kernel...", "kernel=[gaussian 1] file=[%s]");
				rename("my kernel");
				print(getWidth());
				sources = newArray("%s", "my kernel", "gaussian 1");
				for (i = 0; i < 3; i++) {
					newImage("dot", "32-bit black", 21, 21, 1);
					setPixel(10, 10, 1);
					run("Convolve n-D...", "kernel=[" + sources[i] + "]");
					print(d2s(getPixel(10, 11), 7));
				}
				""".formatted(file, file));
		assertEquals(0, result.status(), result.output());
		final List<String> lines = result.output().lines().toList();
		assertEquals("9", lines.get(0));
		assertEquals(lines.get(1), lines.get(2));
		assertEquals(lines.get(1), lines.get(3));
	}

	@Test
	void equalsImageJsFindEdges() throws IOException, InterruptedException {
		final Application.Result result = macro("""
				types = newArray("8-bit", "16-bit", "32-bit");
				for (i = 0; i < 3; i++) {
					open(getDirectory("imagej") + "test-images/membranes.tif");
					if (i > 0) run(types[i]);
					rename("a");
					run("Edges n-D...", "operator=sobel output=[input type]");
					rename("ours");
					selectImage("a");
					run("Find Edges");
					imageCalculator("difference create 32-bit", "a", "ours");
					getStatistics(area, mean, min, max);
					print(types[i] + " edges " + max);
					close("*");
				}
				""");
		assertEquals(0, result.status(), result.output());
		assertEquals(3, result.output().lines().filter(l -> l.endsWith(" 0")).count(), result.output());
	}
}
