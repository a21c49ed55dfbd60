package io.github.convoluta.image;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

import ij.measure.ResultsTable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table that a command has made.
 *
 * @param headings of the columns, each different
 * @param rows cells in the headings' order: texts or numbers
 */
public record Table(List<String> headings, List<List<Object>> rows) {

	private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
	/** Digits after the point where fractions are shown in windows; files have all. */
	private static final int DIGITS = 4;

	public Table {
		headings = List.copyOf(headings);
		rows = rows.stream().map(List::copyOf).toList();
		for (final List<Object> row : rows)
			if (row.size() != headings.size()) throw new IllegalArgumentException("A row has " + row.size() +
				" cells, but there are " + headings.size() + " columns.");
	}

	/** Adds the rows to an ImageJ table, whose other rows and columns stay as they are. */
	public void appendTo(final ResultsTable table) {
		for (final List<Object> row : rows) {
			table.incrementCounter();
			for (int c = 0; c < row.size(); c++)
				if (row.get(c) instanceof final Number n) table.addValue(inOneLine(headings.get(c)), n.doubleValue());
				else table.addValue(inOneLine(headings.get(c)), inOneLine(row.get(c).toString()));
		}
		for (int c = 0; c < headings.size(); c++)
			if (has(c, Number.class)) table.setDecimalPlaces(table.getColumnIndex(inOneLine(headings.get(c))), has(c,
				Float.class) || has(c, Double.class) ? DIGITS : 0);
	}

	/** ImageJ's tables end cells at tabs and rows at line breaks. */
	private static String inOneLine(final String cell) {
		return cell.replaceAll("\\R|\t", " ");
	}

	private boolean has(final int column, final Class<?> type) {
		return rows.stream().anyMatch(row -> type.isInstance(row.get(column)));
	}

	/** An ImageJ table of its own. */
	public ResultsTable toResults() {
		final ResultsTable table = new ResultsTable();
		appendTo(table);
		return table;
	}

	/** As text: a line of headings, cells separated by commas and quoted where they must be, numbers with a point. */
	public String toCsv() {
		final StringWriter text = new StringWriter();
		try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
			printer.printRecord(headings);
			printer.printRecords(rows);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return text.toString();
	}
}
