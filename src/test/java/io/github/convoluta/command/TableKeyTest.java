package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;

/** Tables of commands, in files and among the user's results. */
class TableKeyTest {

	@TempDir
	Path folder;

	private static ResultsTable results() {
		final ResultsTable results = ResultsTable.getResultsTable();
		results.reset();
		results.incrementCounter();
		results.addValue("Area", 7);
		return results;
	}

	@Test
	void summariesLeaveTheResultsAlone() throws Exception {
		final ResultsTable results = results();
		final Path file = folder.resolve("s.csv");
		final Module module = ScriptedCommand.run(NetworkSummaryCommand.class, Map.of("network", "digits", "input", "28x28x1",
			"classes", 10, "table", file.toString()));
		assertEquals(1, results.size());
		assertEquals(7, results.getValue("Area", 0));
		final List<String> lines = Files.readAllLines(file);
		assertEquals("Layer,Type,Output,Parameters,Trainable,Multiply-adds", lines.get(0));
		assertTrue(lines.get(lines.size() - 1).startsWith("total,,,62346,"), lines.toString());
		assertEquals(lines.size() - 1, ((ResultsTable) module.getOutput("summary")).size());
	}

	@Test
	void classifiersAppendToTheResultsAndWriteTheirOwnRows() throws Exception {
		final StringBuilder signals = new StringBuilder();
		for (int i = 0; i < 24; i++)
			signals.append(i % 2 == 0 ? "\"up, then\"" : "down").append(i % 2 == 0 ? ",0,1,2,3" : ",3,2,1,0").append('\n');
		final Path table = Files.writeString(folder.resolve("signals.csv"), signals), model = folder.resolve("m.zip"), losses =
			folder.resolve("losses.csv"), file = folder.resolve("rows.csv");
		ScriptedCommand.run(TrainClassifierCommand.class, Map.of("folder", table.toString(), "network", "mlp width=4 depth=1",
			"epochs", 2, "model", model.toString(), "table", losses.toString()));
		assertEquals(3, Files.readAllLines(losses).size());
		assertTrue(Files.readAllLines(losses).get(2).startsWith("2,"));
		final ResultsTable results = results();
		final ImagePlus image = IJ.createImage("signal", "32-bit ramp", 4, 2, 1);
		ScriptedCommand.run(ApplyNetworkCommand.class, Map.of("image", image, "model", model.toString(), "table", file
			.toString()));
		assertEquals(3, results.size());
		assertEquals(7, results.getValue("Area", 0));
		final List<String> lines = Files.readAllLines(file);
		assertEquals(3, lines.size(), "the user's own results are not in it");
		assertEquals("Image,Slice,Class,p(down),\"p(up, then)\"", lines.get(0));
		assertFalse(results.getStringValue("Class", 2).isEmpty());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ScriptedCommand.run(ApplyNetworkCommand.class, Map.of(
			"image", image, "model", model.toString(), "table", model.toString()))).getMessage().contains("is no CSV file"));
		assertEquals(3, results.size());
	}
}
