package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import io.github.convoluta.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application without a display. */
class HeadlessIT {

	@TempDir
	Path temporary;

	private Application.Result macro(final String text) throws IOException, InterruptedException {
		final Path file = temporary.resolve("test macro \u00fc.ijm");
		Files.writeString(file, text);
		return Application.run(List.of(), file);
	}

	static Stream<Path> examples() throws IOException {
		final List<String> others = List.of("batch-folder.ijm", "network-summary.ijm", "engine-information.ijm", "segment-ct.ijm",
			"train-classifier.ijm", "train-from-strokes.ijm", "train-image-to-image.ijm");
		return Files.list(Application.FOLDER.resolve("macros")).filter(f -> !others.contains(f.getFileName().toString())).sorted();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleRunsAndSavesWhatItSays(final Path macro) throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Ergebnisse \u00e4 \u00df"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), macro, folder);
		assertEquals(0, result.status(), result.output());
		final List<String> saved = result.output().lines().filter(l -> l.startsWith("saved ")).map(l -> l.substring(6))
			.toList();
		assertFalse(saved.isEmpty(), result.output());
		for (final String file : saved) {
			final ImagePlus image = IJ.openImage(file);
			assertTrue(image.getWidth() * image.getHeight() > 0);
			assertTrue(image.getStatistics().max > image.getStatistics().min || image.getWidth() == 1, file);
		}
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
		final Application.Result training = macro("""
			open(getDirectory("imagej") + "test-images/cells-labels.tif");
			open(getDirectory("imagej") + "test-images/cells.tif");
			run("Train Segmentation...", "labels=cells-labels.tif network=[unet depth=1 width=4] patch=32 epochs=1 steps=2 model=[%s]");
			""".formatted(folder.resolve("model.zip")));
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

	@Test
	void networkSummariesAreWrittenAsTables() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of("-Duser.language=de"), Application.FOLDER.resolve(
			"macros/network-summary.ijm"), Files.createDirectory(temporary.resolve("Tabellen \u00e4")));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("conv2: 8x8x64, 51264 parameters"), result.output());
		assertTrue(result.output().contains("total: , 62346 parameters"), result.output());
		final Application.Result kept = macro("""
			setResult("Cell", 0, 7);
			run("Network Summary...", "network=digits input=[28x28x1] table=[%s]");
			print(nResults + " of " + getResult("Cell", 0));
			""".formatted(temporary.resolve("t").toString().replace("\\", "\\\\")));
		assertEquals("1 of 7", kept.output().strip());
		assertTrue(Files.readString(temporary.resolve("t.csv")).startsWith("Layer,Type,Output,Parameters,Trainable,Multiply-adds\nconv1,"));
		final Application.Result wrong = macro("run(\"Network Summary...\", \"network=[unet depth=3] input=[60x64x1]\");");
		assertEquals(1, wrong.status());
		assertTrue(wrong.output().contains("differ in size"), wrong.output());
	}

	@Test
	void aNetworkLearnsOneTomogramAndSegmentsAnother() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Modelle \u00e4 \u00df"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), Application.FOLDER.resolve(
			"macros/segment-ct.ijm"), folder);
		assertEquals(0, result.status(), result.output());
		final double dice = result.output().lines().filter(l -> l.startsWith("mean Dice: ")).mapToDouble(l -> Double.parseDouble(l
			.substring(11))).findFirst().orElseThrow();
		assertTrue(dice >= 0.95, result.output());
		final ImagePlus labels = IJ.openImage(folder.resolve("ct-second-segmented.tif").toString());
		assertEquals(2.5, labels.getCalibration().pixelDepth);
		assertEquals("mm", labels.getCalibration().getUnit());
		assertEquals(36, labels.getNSlices());
		assertEquals("z = 5.0 mm", labels.getStack().getShortSliceLabel(3));
		assertTrue(labels.getLuts()[0].getRGB(1) != labels.getLuts()[0].getRGB(2), "labels have different colours");
		assertEquals(255, labels.getDisplayRangeMax());

		// The same model in Turkish, over two tiles, as probabilities, in batch mode.
		final Path macro = temporary.resolve("apply.ijm");
		Files.writeString(macro, """
			setBatchMode(true);
			open(getDirectory("imagej") + "test-images/ct-second.tif");
			run("Apply Network...", "model=[%s] output=both tile=[40 40 36] precision=fp32");
			print(getTitle() + " " + bitDepth() + " of " + nImages);
			selectImage("ct-second-probabilities");
			Stack.getDimensions(w, h, channels, slices, frames);
			print(channels + " " + slices + " " + bitDepth());
			""".formatted(folder.resolve("ct-model.zip").toString().replace("\\", "\\\\")));
		final Application.Result applied = Application.run(List.of("-Duser.language=tr", "-Duser.country=TR"), macro);
		assertEquals(0, applied.status(), applied.output());
		final List<String> lines = applied.output().lines().toList();
		assertTrue(lines.get(0).startsWith("ct-second.tif: 4 tiles of 40x40x36 pixels with 24x24x24 computed around"), applied
			.output());
		assertEquals(List.of("ct-second-labels 8 of 3", "4 36 32"), lines.subList(1, lines.size()));
	}

	private Path signals() throws IOException {
		final StringBuilder table = new StringBuilder();
		for (int i = 0; i < 24; i++)
			table.append(i % 2 == 0 ? "rising,0,1,2,3\n" : "falling,3,2,1,0\n");
		return Files.writeString(temporary.resolve("signals.csv"), table);
	}

	private String training(final Path table, final Path model, final String options) {
		return "run(\"Train Classifier...\", \"folder=[%s] network=[mlp width=4 depth=1] model=[%s] %s\");\n".formatted(table, model,
			options).replace("\\", "/");
	}

	@Test
	void aTrainingThatWasKilledTellsWhatItLeft() throws IOException, InterruptedException {
		final Path table = signals(), model = temporary.resolve("m.zip"), last = temporary.resolve("m.zip.checkpoints/last.checkpoint");
		final Path file = Files.writeString(temporary.resolve("long.ijm"), training(table, model, "epochs=100000"));
		final Process killed = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
			Application.FOLDER.resolve("convoluta.jar").toString(), file.toString()).redirectErrorStream(true).redirectOutput(temporary
				.resolve("log").toFile()).start();
		while (killed.isAlive() && !Files.exists(last))
			Thread.sleep(50);
		killed.destroyForcibly().waitFor();
		assertTrue(Files.exists(last), () -> "no checkpoint");
		assertFalse(Files.exists(model));
		Files.write(last.resolveSibling("convoluta-1.part"), new byte[10]);
		final Application.Result other = macro(training(table, model, "epochs=100000 seed=2 resume"));
		assertEquals(1, other.status());
		assertTrue(other.output().contains("seed was 1 and is 2"), other.output());
		final Application.Result fresh = macro(training(table, model, "epochs=1"));
		assertEquals(0, fresh.status(), fresh.output());
		assertTrue(fresh.output().contains("An unfinished training of ") && fresh.output().contains("resume=true"), fresh.output());
		assertTrue(Files.exists(model));
		assertFalse(Files.exists(last.getParent()), "nothing is left of it");
	}

	@Test
	void twoProcessesMayTrainOneModel() throws IOException, InterruptedException {
		final Path table = signals(), model = temporary.resolve("m.zip");
		final List<Process> both = new ArrayList<>();
		for (int i = 1; i <= 2; i++) {
			final Path file = Files.writeString(temporary.resolve(i + ".ijm"), training(table, model, "epochs=40 seed=" + i));
			both.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", Application.FOLDER.resolve(
				"convoluta.jar").toString(), file.toString()).redirectErrorStream(true).redirectOutput(temporary.resolve("log" + i).toFile())
					.start());
		}
		for (int i = 0; i < 2; i++)
			assertEquals(0, both.get(i).waitFor(), Files.readString(temporary.resolve("log" + (i + 1))));
		assertTrue(ModelFile.isModel(model));
	}

	@Test
	void classifiersFillTheResultsTable() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/train-classifier.ijm"), Files
			.createDirectory(temporary.resolve("Klassen")));
		assertEquals(0, result.status(), result.output());
		for (final String name : new String[] { "cells", "membranes", "chest" })
			assertTrue(result.output().contains(name + " is called " + name + ", p = "), result.output());
	}

	@Test
	void signalsOfATableAreClassified() throws IOException, InterruptedException {
		final StringBuilder table = new StringBuilder();
		for (int i = 0; i < 60; i++) {
			table.append(i % 2 == 0 ? "sine" : "square");
			for (int x = 0; x < 64; x++) {
				final double v = Math.sin((x + 5 * i) / 6.0);
				table.append(String.format(Locale.ROOT, ",%.4f", i % 2 == 0 ? v : Math.signum(v)));
			}
			table.append('\n');
		}
		final Path file = temporary.resolve("sig nale.csv"), model = temporary.resolve("signal model.zip");
		Files.writeString(file, table);
		final Application.Result result = macro("""
			run("Train Classifier...", "folder=[%s] labelcolumn=1 network=[timeseries width=16] epochs=15 model=[%s]");
			newImage("wave", "32-bit black", 64, 2, 1);
			for (x = 0; x < 64; x++) {
				v = sin(x / 6);
				setPixel(x, 0, v);
				if (v > 0) setPixel(x, 1, 1); else setPixel(x, 1, -1);
			}
			run("Apply Network...", "model=[%s]");
			for (i = 0; i < nResults; i++) print(getResultString("Image", i), getResultString("Slice", i), getResultString("Class", i));
			""".formatted(file, model, model));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("wave 1 sine") && result.output().contains("wave 2 square"), result.output());
	}

	@Test
	void aFewStrokesAreEnough() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/train-from-strokes.ijm"), Files
			.createDirectory(temporary.resolve("Striche")));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("labels from 1 to 2 in cells-segmented.tif"), result.output());
	}

	/** The second image has noise that was not learnt; the truth is in 16 bits and about 2000. */
	@Test
	void aNoisyImageIsRestored() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Bilder"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), Application.FOLDER.resolve(
			"macros/train-image-to-image.ijm"), folder);
		assertEquals(0, result.status(), result.output());
		final Matcher errors = Pattern.compile("root mean square error: ([\\d.]+) with noise, ([\\d.]+) restored").matcher(result
			.output());
		assertTrue(errors.find(), result.output());
		final double before = Double.parseDouble(errors.group(1)), after = Double.parseDouble(errors.group(2));
		assertTrue(before > 300 && after < 0.5 * before, result.output());
		final ImagePlus restored = IJ.openImage(folder.resolve("cells-restored.tif").toString());
		assertEquals(32, restored.getBitDepth());
		assertEquals(0.325, restored.getCalibration().pixelWidth, 1e-6);
	}

	@Test
	void theEngineTellsWhatItIs() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/engine-information.ijm"));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().startsWith("libtorch 2.7.1 on"), result.output());
		assertFalse(result.output().contains("SLF4J"), result.output());
	}

	@ParameterizedTest
	@org.junit.jupiter.params.provider.CsvSource({
		"'run(\"Train Segmentation...\", \"labels=i\");', 'model is empty'",
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
	void mistakesWithNetworksAndFilesStopTheMacroToo(final String line, final String expected) throws IOException, InterruptedException {
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
		assertTrue(result.output().contains("plane-upsampled: the result is in the file " + temporary.resolve("plane-upsampled.tif") +
			". It can't be shown"), result.output());
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
