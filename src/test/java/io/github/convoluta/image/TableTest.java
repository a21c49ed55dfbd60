package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import ij.measure.ResultsTable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

	private static final Table TABLE = new Table(List.of("Name, or \"so\"", "Count", "Share"), List.of(List.of(
		"Zelle \u00e4;\nzwei", 1L << 40, 0.125f), List.of("", -3, Double.NaN)));

	@TempDir
	Path folder;

	/** Another reader finds the same cells, in whatever language they were written. */
	@Test
	void filesHoldEveryCellWhateverTheLanguage() throws IOException {
		final Locale before = Locale.getDefault();
		try {
			for (final String language : new String[] { "de-DE", "tr-TR", "ar-EG" }) {
				Locale.setDefault(Locale.forLanguageTag(language));
				final Path file = folder.resolve(language + "/t\u00e4ble.CSV");
				TableFile.parse(file.toString()).orElseThrow().write(TABLE);
				try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.DEFAULT)) {
					final List<List<String>> cells = parser.getRecords().stream().map(CSVRecord::toList).toList();
					assertEquals(List.of(List.of("Name, or \"so\"", "Count", "Share"), List.of("Zelle \u00e4;\nzwei", "1099511627776",
						"0.125"), List.of("", "-3", "NaN")), cells);
				}
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void onlyTablesAreReplaced() throws IOException {
		assertEquals(Optional.empty(), TableFile.parse(" "));
		assertEquals(folder.resolve("new/t.csv"), TableFile.parse(folder.resolve("new/t").toString()).orElseThrow().file());
		for (final String name : new String[] { "cells.tif", "model.zip", "notes.txt" }) {
			final Path file = Files.writeString(folder.resolve(name), "mine");
			assertTrue(assertThrows(IllegalArgumentException.class, () -> TableFile.parse(file.toString())).getMessage()
				.startsWith("table="));
			assertEquals("mine", Files.readString(file));
		}
		assertThrows(IllegalArgumentException.class, () -> TableFile.parse(folder.toString()));
		Files.createDirectory(folder.resolve("d.csv"));
		assertThrows(IllegalArgumentException.class, () -> TableFile.parse(folder.resolve("d.csv").toString()));
		assertTrue(assertThrows(UncheckedIOException.class, () -> TableFile.parse(folder.resolve("notes.txt/t.csv").toString()))
			.getMessage().contains("can't be written"));
	}

	/** A line break or a tab in a name would shift the cells of ImageJ's tables. */
	@Test
	void cellsOfImageJTablesAreInOneLine() {
		final ResultsTable results = new Table(List.of("p(a\nb)", "c\td"), List.of(List.of(0.5f, "x\r\ny"))).toResults();
		assertEquals("p(a b),c d", String.join(",", results.getHeadings()));
		assertEquals("0.5000", results.getStringValue("p(a b)", 0));
		assertEquals("x y", results.getStringValue("c d", 0));
	}

	@Test
	void rowsAreAppendedToWhatIsThere() {
		final ResultsTable results = new ResultsTable();
		results.setPrecision(2);
		results.incrementCounter();
		results.addValue("Area", 1.5);
		new Table(List.of("Class", "p"), List.of(List.of("a", 0.123456f))).appendTo(results);
		assertEquals(2, results.size());
		assertEquals("1.50", results.getStringValue("Area", 0));
		assertEquals("a", results.getStringValue("Class", 1));
		assertEquals("0.1235", results.getStringValue("p", 1));
		assertEquals(0.123456f, results.getValue("p", 1));
		assertEquals(1L << 40, TABLE.toResults().getValue("Count", 0));
	}
}
