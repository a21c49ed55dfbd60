package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ij.IJ;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks on machines that are less than the one that runs the tests. */
class EngineIT {

	private static final List<String> LEAST = List.of("-Dconvoluta.engine.portable=true", "-Dconvoluta.engine.bf16=false");

	/** What the macro makes with all that this machine can. */
	@TempDir
	static Path reference;

	@TempDir
	Path temporary;

	/** Trains on a noisy picture, then labels it: by what it has learnt, and by the model of the reference. */
	private static Application.Result learn(final Path folder, final Map<String, String> environment,
		final List<String> options, final String precision) throws IOException, InterruptedException
	{
		final Path macro = folder.resolve("learn.ijm");
		Files.writeString(macro,
			"""
					run("Network Engine Information");
					random("seed", 5);
					newImage("truth", "8-bit black", 48, 40, 1);
					for (y = 0; y < 40; y++) for (x = 0; x < 48; x++) if ((x - 20) * (x - 20) + (y - 22) * (y - 22) < 150) setPixel(x, y, 1);
					newImage("noisy", "8-bit black", 48, 40, 1);
					for (y = 0; y < 40; y++) for (x = 0; x < 48; x++) {
						selectImage("truth"); inside = getPixel(x, y);
						selectImage("noisy"); setPixel(x, y, 60 + 100 * inside + 60 * random);
					}
					run("Train Segmentation...", "labels=truth network=[unet depth=1 width=4] epochs=3 steps=12 batch=4 patch=[24 24] learningrate=0.02 augmentation=false validation=0 PRECISION model=[FOLDER/model.zip]");
					models = newArray("FOLDER/model.zip", "REFERENCE/model.zip");
					names = newArray("own", "theirs");
					for (i = 0; i < 2; i++) {
						selectImage("noisy");
						run("Apply Network...", "model=[" + models[i] + "] precision=fp32");
						saveAs("tiff", "FOLDER/" + names[i] + ".tif");
						imageCalculator("difference create", names[i] + ".tif", "truth");
						getStatistics(area, mean);
						print(names[i] + ": " + round(mean * 48 * 40) + " pixels are wrong");
					}
					"""
				.replace("PRECISION", precision).replace("FOLDER", slashes(folder)).replace("REFERENCE", slashes(reference)));
		return Application.run(environment, options, macro);
	}

	private static String slashes(final Path path) {
		return path.toString().replace('\\', '/');
	}

	private static int[][] labels(final Path folder, final String name) {
		return IJ.openImage(folder.resolve(name + ".tif").toString()).getProcessor().getIntArray();
	}

	private static void check(final Application.Result result, final Path folder) {
		assertEquals(0, result.status(), result.output());
		final long wrong = result.output().lines().filter(l -> l.startsWith("own: ")).mapToLong(l -> Long.parseLong(l.replaceAll(
			"\\D", ""))).findFirst().orElseThrow();
		assertTrue(wrong < 20, result.output());
		assertArrayEquals(labels(reference, "theirs"), labels(folder, "theirs"), "the same model gives other labels");
	}

	@BeforeAll
	static void learnWithAllThereIs() throws IOException, InterruptedException {
		check(learn(reference, Map.of(), List.of(), ""), reference);
	}

	/** The instructions are those of other processors, as far as libtorch and oneDNN can be told. */
	@ParameterizedTest
	@CsvSource({ "default,SSE41", "avx2,AVX2" })
	void lesserProcessorsLearnAndPredictTheSame(final String libtorch, final String onednn) throws IOException,
		InterruptedException
	{
		final Map<String, String> environment = Map.of("ATEN_CPU_CAPABILITY", libtorch, "ONEDNN_MAX_CPU_ISA", onednn);
		check(learn(temporary, environment, List.of(), ""), temporary);
	}

	@Test
	void theForcedPortableStyleLearnsAndPredictsTheSame() throws IOException, InterruptedException {
		final Application.Result result = learn(temporary, Map.of(), LEAST, "");
		check(result, temporary);
		final String information = result.output();
		assertTrue(information.contains(
			"style: portable, because convolutions of oneDNN can't be used: the property convoluta.engine.portable is set"),
			information);
		assertTrue(information.contains(
			"bf16: not available: the property convoluta.engine.bf16 is false; for training precision=automatic means fp32"),
			information);
	}

	@Test
	void aModelThatWasTrainedWith16BitsRunsWithoutThem() throws IOException, InterruptedException {
		final Application.Result trained = learn(temporary, Map.of(), List.of(), "precision=bf16");
		assumeFalse(trained.output().contains("precision=bf16 can't be used"), "skipped: no bf16 on this machine");
		check(trained, temporary);
		final Path macro = temporary.resolve("apply.ijm");
		Files.writeString(macro, """
				newImage("noisy", "8-bit ramp", 48, 40, 1);
				run("Apply Network...", "model=[%s/model.zip]");
				print("labels " + getTitle());
				""".formatted(slashes(temporary)));
		final Application.Result applied = Application.run(LEAST, macro);
		assertEquals(0, applied.status(), applied.output());
		assertTrue(applied.output().contains("labels noisy-labels"), applied.output());
	}

	@Test
	void theFirstExampleRunsInThePortableStyle() throws IOException, InterruptedException {
		final Application.Result result = Application.run(LEAST, Application.FOLDER.resolve("macros/segment-ct.ijm"), temporary);
		assertEquals(0, result.status(), result.output());
		final double dice = result.output().lines().filter(l -> l.startsWith("mean Dice: ")).mapToDouble(l -> Double.parseDouble(
			l.substring(11))).findFirst().orElseThrow();
		assertTrue(dice >= 0.95, result.output());
	}

	/** Before anything is read: neither the labels nor the model are there. */
	@ParameterizedTest
	@CsvSource({
		"Train Segmentation...,precision=bf16,precision=bf16 can't be used for training on this machine (the property convoluta.engine.bf16 is false). Use precision=automatic or precision=fp32.",
		"Train Segmentation...,device=cuda,device=cuda:0 is not there. Networks can run on cpu",
		"Train Classifier...,device=cuda:7,device=cuda:7 is not there. Networks can run on cpu" })
	void whatThisMachineLacksIsToldBeforeTraining(final String command, final String option, final String expected)
		throws IOException, InterruptedException
	{
		final Path macro = temporary.resolve("lacks.ijm");
		Files.writeString(macro, "newImage(\"i\", \"8-bit ramp\", 50, 40, 1);\nrun(\"" + command + "\", \"" + option + (command
			.endsWith("Segmentation...") ? " labels=nothing" : " folder=nothing") + " model=[" + slashes(temporary) +
			"/m.zip]\");\nprint(\"went on\");\n");
		final Application.Result result = Application.run(LEAST, macro);
		assertEquals(1, result.status(), result.output());
		assertTrue(result.output().replace("\"", "'").contains(expected), result.output());
		assertFalse(result.output().contains("went on") || result.output().contains("\tat "), result.output());
		assertFalse(Files.exists(temporary.resolve("m.zip")));
	}

	/** Libraries without oneDNN don't know its operators: neither does this one, in which their names are changed. */
	@Test
	void aLibraryWithoutTheConvolutionOfOneDnnIsEnough() throws IOException, InterruptedException {
		assumeTrue(System.getProperty("os.name").startsWith("Linux"), "skipped: the library is changed as a file of Linux");
		final Map<String, String> environment = Map.of("ENGINE_CACHE_DIR", temporary.resolve("cache").toString());
		final Application.Result before = Application.run(environment, List.of(), Application.FOLDER.resolve(
			"macros/engine-information.ijm"));
		assertEquals(0, before.status(), before.output());
		assumeTrue(before.output().contains("style: convolutions of oneDNN"), "skipped: the library has no oneDNN anyway");
		try (Stream<Path> files = Files.walk(temporary.resolve("cache"))) {
			final Path library = files.filter(f -> f.getFileName().toString().equals("libtorch_cpu.so")).findFirst().orElseThrow();
			assertTrue(rename(library, "mkldnn::_convolution_pointwise", "mkldnn::_convolution_somewhere") > 0);
		}
		final Application.Result result = learn(temporary, environment, List.of(), "");
		check(result, temporary);
		assertTrue(result.output().contains("style: portable") && result.output().contains(
			"Unknown builtin op: mkldnn::_convolution_pointwise"), result.output());
	}

	/** Overwrites a text everywhere in a file by another of the same length; returns how often. */
	private static int rename(final Path file, final String from, final String to) throws IOException {
		final byte[] old = from.getBytes(StandardCharsets.US_ASCII), other = to.getBytes(StandardCharsets.US_ASCII);
		assertEquals(old.length, other.length);
		int count = 0;
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			final MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
			for (int i = 0; i + old.length <= bytes.limit(); i++) {
				int k = 0;
				while (k < old.length && bytes.get(i + k) == old[k])
					k++;
				if (k < old.length) continue;
				for (k = 0; k < old.length; k++)
					bytes.put(i + k, other[k]);
				count++;
			}
		}
		return count;
	}
}
