package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The macros in README run as they stand. */
class ReadmeIT {

	/** Blocks with commands, and commands within a line. */
	private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\R(.*?)^```$"), LINE = Pattern.compile("`(run\\([^`]*\\))`");

	@TempDir
	Path temporary;

	private static List<String> found(final Pattern pattern) throws IOException {
		return pattern.matcher(Files.readString(Path.of("README.md"))).results().map(found -> found.group(1)).filter(m -> m
			.contains("run(")).toList();
	}

	static Stream<String> macros() throws IOException {
		return Stream.concat(found(BLOCK).stream(), found(LINE).stream());
	}

	private Application.Result run(final String macro) throws IOException, InterruptedException {
		final Path file = Files.writeString(temporary.resolve("readme.ijm"), macro);
		return Application.run(List.of("-Djava.io.tmpdir=" + temporary), file);
	}

	@Test
	void thereAreMacros() throws IOException {
		assertTrue(found(BLOCK).size() >= 2 && !found(LINE).isEmpty());
	}

	@ParameterizedTest
	@MethodSource("macros")
	void everyMacroRuns(final String macro) throws IOException, InterruptedException {
		final Path shown = temporary.resolve("shown.tif");
		final String save = macro.contains("open(") ? "saveAs(\"tiff\", \"" + shown.toString().replace('\\', '/') + "\");\n" : "";
		final Application.Result result = run(macro + "\n" + save);
		assertEquals(0, result.status(), result.output());
		if (!macro.contains("open(")) return;
		final ImagePlus image = IJ.openImage(shown.toString());
		assertTrue(image.getStatistics().max > image.getStatistics().min);
		if (macro.contains("Apply Network...")) assertCellsAreFound(image);
	}

	/** Twice what both have in common, of what each has. */
	private static void assertCellsAreFound(final ImagePlus labels) {
		final ImageProcessor truth = IJ.openImage(Application.FOLDER.resolve("test-images/cells-labels.tif").toString())
			.getProcessor(), found = labels.getProcessor();
		double both = 0, all = 0;
		for (int i = 0; i < truth.getPixelCount(); i++) {
			both += truth.get(i) * found.get(i);
			all += truth.get(i) + found.get(i);
		}
		assertTrue(2 * both / all > 0.9, "Dice " + 2 * both / all);
	}
}
