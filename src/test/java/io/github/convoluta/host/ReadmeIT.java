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
import io.github.convoluta.Readme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The macros in README run as they stand. */
class ReadmeIT {

	/** Commands within a line. */
	private static final Pattern LINE = Pattern.compile("`(run\\([^`]*\\))`");

	@TempDir
	Path temporary;

	/** Blocks with commands. */
	private static List<String> blocks() throws IOException {
		return Readme.blocks("").stream().filter(block -> block.contains("run(")).toList();
	}

	private static List<String> lines() throws IOException {
		return LINE.matcher(Files.readString(Path.of("README.md"))).results().map(found -> found.group(1)).toList();
	}

	static Stream<String> macros() throws IOException {
		return Stream.concat(blocks().stream(), lines().stream());
	}

	private Application.Result run(final String macro) throws IOException, InterruptedException {
		final Path file = Files.writeString(temporary.resolve("readme.ijm"), macro);
		return Application.run(List.of("-Djava.io.tmpdir=" + temporary), file);
	}

	@Test
	void thereAreMacros() throws IOException {
		assertTrue(blocks().size() >= 2 && !lines().isEmpty());
	}

	@ParameterizedTest
	@MethodSource("macros")
	void everyMacroRuns(final String macro) throws IOException, InterruptedException {
		final Path shown = temporary.resolve("shown.tif");
		final String save = macro.contains("open(") ? "saveAs(\"tiff\", \"" + shown.toString().replace('\\', '/') + "\");\n"
			: "";
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
