package io.github.convoluta.host;

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

import ij.IJ;
import ij.ImagePlus;
import io.github.convoluta.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks in the application without a display: described, trained, killed, applied. */
class HeadlessNetworkIT {

	@TempDir
	Path temporary;

	private Application.Result macro(final String text) throws IOException, InterruptedException {
		return Application.runText(temporary, text);
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
		assertTrue(Files.readString(temporary.resolve("t.csv")).startsWith(
			"Layer,Type,Output,Parameters,Trainable,Multiply-adds\nconv1,"));
		final Application.Result wrong = macro("run(\"Network Summary...\", \"network=[unet depth=3] input=[60x64x1]\");");
		assertEquals(1, wrong.status());
		assertTrue(wrong.output().contains("differ in size"), wrong.output());
	}

	@Test
	void aNetworkLearnsOneTomogramAndSegmentsAnother() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Modelle \u00e4 \u00df"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), Application.FOLDER
			.resolve("macros/segment-ct.ijm"), folder);
		assertEquals(0, result.status(), result.output());
		final double dice = result.output().lines().filter(l -> l.startsWith("mean Dice: ")).mapToDouble(l -> Double.parseDouble(
			l.substring(11))).findFirst().orElseThrow();
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
		return "run(\"Train Classifier...\", \"folder=[%s] network=[mlp width=4 depth=1] model=[%s] %s\");\n".formatted(table,
			model, options).replace("\\", "/");
	}

	@Test
	void aTrainingThatWasKilledTellsWhatItLeft() throws IOException, InterruptedException {
		final Path table = signals(), model = temporary.resolve("m.zip"), last = temporary.resolve(
			"m.zip.checkpoints/last.checkpoint");
		final Path file = Files.writeString(temporary.resolve("long.ijm"), training(table, model, "epochs=100000"));
		final Process killed = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
			Application.FOLDER.resolve("convoluta.jar").toString(), file.toString()).redirectErrorStream(true).redirectOutput(
				temporary.resolve("log").toFile()).start();
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
		assertTrue(fresh.output().contains("An unfinished training of ") && fresh.output().contains("resume=true"), fresh
			.output());
		assertTrue(Files.exists(model));
		assertFalse(Files.exists(last.getParent()), "nothing is left of it");
	}

	@Test
	void twoProcessesMayTrainOneModel() throws IOException, InterruptedException {
		final Path table = signals(), model = temporary.resolve("m.zip");
		final List<Process> both = new ArrayList<>();
		for (int i = 1; i <= 2; i++) {
			final Path file = Files.writeString(temporary.resolve(i + ".ijm"), training(table, model, "epochs=40 seed=" + i));
			both.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				Application.FOLDER.resolve("convoluta.jar").toString(), file.toString()).redirectErrorStream(true).redirectOutput(
					temporary.resolve("log" + i).toFile()).start());
		}
		for (int i = 0; i < 2; i++)
			assertEquals(0, both.get(i).waitFor(), Files.readString(temporary.resolve("log" + (i + 1))));
		assertTrue(ModelFile.isModel(model));
	}

	@Test
	void classifiersFillTheResultsTable() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/train-classifier.ijm"),
			Files.createDirectory(temporary.resolve("Klassen")));
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
		final Application.Result result = macro(
			"""
					run("Train Classifier...", "folder=[%s] labelcolumn=1 network=[timeseries width=16] epochs=15 model=[%s]");
					newImage("wave", "32-bit black", 64, 2, 1);
					for (x = 0; x < 64; x++) {
						v = sin(x / 6);
						setPixel(x, 0, v);
						if (v > 0) setPixel(x, 1, 1); else setPixel(x, 1, -1);
					}
					run("Apply Network...", "model=[%s]");
					for (i = 0; i < nResults; i++) print(getResultString("Image", i), getResultString("Slice", i), getResultString("Class", i));
					"""
				.formatted(file, model, model));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("wave 1 sine") && result.output().contains("wave 2 square"), result.output());
	}

	/** The keys of the learning itself, seen by what a training writes and by what is refused. */
	@Test
	void keysSayHowIsLearnt() throws IOException, InterruptedException {
		final Path signals = temporary.resolve("signals.csv"), table = temporary.resolve("epochs.csv");
		Files.writeString(signals, "rising,0,1,2,3\nfalling,3,2,1,0\n".repeat(20));
		final String call =
			"""
					run("Train Classifier...", "folder=[%s] network=[mlp width=4 depth=1] epochs=4 learningrate=0.5 augmentation=false model=[%s] table=[%s] %s");
					""";
		final String macro = call.formatted(signals, temporary.resolve("m.zip"), table,
			"loss=focal classweights=balanced optimizer=sgd weightdecay=0.01 schedule=[step 1 0.1] patience=9").replace("\\",
				"\\\\");
		final Application.Result result = macro(macro);
		assertEquals(0, result.status(), result.output());
		final List<String> lines = Files.readAllLines(table);
		assertEquals(5, lines.size(), lines.toString());
		for (int e = 1; e < 5; e++)
			assertEquals(0.5 * Math.pow(0.1, e - 1), Double.parseDouble(lines.get(e).substring(lines.get(e).lastIndexOf(',') + 1)),
				1e-6, lines.toString());
		for (final String wrong : List.of("loss=mse", "weightdecay=much")) {
			final Application.Result refused = macro(call.formatted(signals, temporary.resolve("n.zip"), table, wrong).replace(
				"\\", "\\\\"));
			assertEquals(1, refused.status(), wrong);
			assertTrue(refused.output().contains(wrong.substring(0, wrong.indexOf('='))), refused.output());
		}
	}

	@Test
	void aFewStrokesAreEnough() throws IOException, InterruptedException {
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve("macros/train-from-strokes.ijm"),
			Files.createDirectory(temporary.resolve("Striche")));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().contains("labels from 1 to 2 in cells-segmented.tif"), result.output());
	}

	/** The second image has noise that was not learnt; the truth is in 16 bits and about 2000. */
	@Test
	void aNoisyImageIsRestored() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(temporary.resolve("Bilder"));
		final Application.Result result = Application.run(List.of("-Duser.language=de", "-Duser.country=DE"), Application.FOLDER
			.resolve("macros/train-image-to-image.ijm"), folder);
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
		final Application.Result result = Application.run(List.of(), Application.FOLDER.resolve(
			"macros/engine-information.ijm"));
		assertEquals(0, result.status(), result.output());
		assertTrue(result.output().startsWith("libtorch 2.7.1 on"), result.output());
		assertFalse(result.output().contains("SLF4J"), result.output());
	}
}
