package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A text file as rows of cells. Cells are separated by tabs, semicolons, commas or blanks, whichever gives most numbers;
 * those in double quotes may hold separators and line breaks. Rows without text are left out.
 *
 * @param name of the file
 * @param rows at least one, all with the same number of cells, at least two
 */
record TextTable(String name, List<Row> rows) {

	/**
	 * @param line number of its first line in the file, from 1 on
	 * @param cells without quotes and surrounding blanks
	 */
	record Row(long line, List<String> cells) {}

	private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\d+,\\d+|[.,]\\d+)([eE][-+]?\\d+)?");
	/** In the order in which one is preferred if several give as many numbers. */
	private static final List<Character> SEPARATORS = List.of('\t', ';', ',', ' ');
	/** Rows that the separator is chosen by. */
	private static final int TRIED = 50;
	private static final char MARK = '\ufeff';

	/**
	 * @throws IllegalArgumentException if there is no table in the file; the message says in which line
	 */
	static TextTable read(final Path file) {
		final String text = text(file), name = file.getFileName().toString();
		List<Row> rows = rows(text, separator(text, name), Integer.MAX_VALUE, name);
		if (rows.isEmpty()) throw new IllegalArgumentException("The table " + file + " is empty.");
		while (rows.get(0).cells().size() > 2 && rows.stream().allMatch(TextTable::endsEmpty))
			rows = rows.stream().map(r -> new Row(r.line(), r.cells().subList(0, r.cells().size() - 1))).toList();
		final Row first = rows.get(0);
		if (first.cells().size() < 2) throw new IllegalArgumentException("Line " + first.line() + " of " + name +
			" has one column only: \"" + first.cells().get(0) +
			"\". Separate the columns by commas, semicolons, tabs or blanks: one for the class, the others for the samples.");
		for (final Row row : rows)
			if (row.cells().size() != first.cells().size()) throw new IllegalArgumentException("Line " + row.line() + " of " +
				name + " has " + row.cells().size() + " columns, but line " + first.line() + " has " + first.cells().size() +
				". Every row must have the same.");
		return new TextTable(name, List.copyOf(rows));
	}

	/** Whether a cell is a number, with a point or a comma as its decimal mark. */
	static boolean isNumber(final String cell) {
		return NUMBER.matcher(cell).matches();
	}

	/** The value of a number with a point or a comma as its decimal mark. */
	static double number(final String cell) {
		return Double.parseDouble(cell.replace(',', '.'));
	}

	private static boolean endsEmpty(final Row row) {
		return row.cells().get(row.cells().size() - 1).isEmpty();
	}

	private static String text(final Path file) {
		try {
			final String text = Files.readString(file, StandardCharsets.UTF_8);
			return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
		}
		catch (final CharacterCodingException e) {
			throw new IllegalArgumentException("The table " + file + " is no UTF-8 text. Save it as \"CSV UTF-8\".", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The table " + file + " can't be read: " + e, e);
		}
	}

	private static char separator(final String text, final String name) {
		char best = ',';
		double most = -1;
		for (final char separator : SEPARATORS) {
			final double share = numbers(text, separator, name);
			if (share > most) {
				most = share;
				best = separator;
			}
		}
		return best;
	}

	/** The share of numbers among the cells; less than 0 if a separator makes no columns. */
	private static double numbers(final String text, final char separator, final String name) {
		final List<Row> rows;
		try {
			rows = rows(text, separator, TRIED, name);
		}
		catch (final IllegalArgumentException e) {
			// It will be said of the separator that is chosen.
			return -1;
		}
		if (rows.isEmpty() || rows.get(0).cells().size() < 2) return -1;
		final long all = rows.stream().mapToLong(r -> r.cells().size()).sum();
		return (double) rows.stream().flatMap(r -> r.cells().stream()).filter(TextTable::isNumber).count() / all;
	}

	private static List<Row> rows(final String text, final char separator, final int most, final String name) {
		final boolean blanks = separator == ' ';
		final CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(false)
			.setIgnoreSurroundingSpaces(!blanks).get();
		final List<Row> rows = new ArrayList<>();
		long line = 0;
		try (CSVParser parser = CSVParser.parse(text, format)) {
			final Iterator<CSVRecord> records = parser.iterator();
			while (rows.size() < most && records.hasNext()) {
				// Neighbouring blanks are one separator.
				final List<String> cells = records.next().stream().map(String::strip).filter(c -> !blanks || !c.isEmpty()).toList();
				if (cells.stream().anyMatch(c -> !c.isEmpty())) rows.add(new Row(line + 1, cells));
				line = parser.getCurrentLineNumber();
			}
			return rows;
		}
		catch (final IOException | UncheckedIOException e) {
			throw new IllegalArgumentException("Line " + (line + 1) + " of " + name +
				" can't be read: a cell that begins with a quote must end with one, and quotes within it must be doubled.", e);
		}
	}
}
