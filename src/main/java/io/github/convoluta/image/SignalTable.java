package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.convoluta.network.Shape;
import io.github.convoluta.training.ClassifiedArrays;
import io.github.convoluta.training.VoxelGeometry;

/** Reads signals from a text table: one row per signal, one column with its class, the others its samples. */
public final class SignalTable {

	private SignalTable() {}

	/** Whether a path is a table's by its name. */
	public static boolean isTable(final Path file) {
		return Files.isRegularFile(file) && file.getFileName().toString().toLowerCase(Locale.ROOT).matches(
			".*\\.(csv|tsv|txt)");
	}

	/**
	 * @param labelColumn the class's column: its heading, or its number from 1 on
	 * @throws IllegalArgumentException naming the line and column of what can't be read
	 */
	public static ClassSamples read(final Path file, final String labelColumn) {
		final List<String> lines = lines(file);
		final String separator = separator(lines.get(0));
		final List<String> first = cells(lines.get(0), separator);
		final int byName = first.indexOf(labelColumn.strip());
		final boolean isNumber = labelColumn.strip().matches("[1-9]\\d{0,6}");
		if (byName < 0 && !isNumber) throw new IllegalArgumentException("labelcolumn=" + labelColumn +
			" is neither a heading nor the number of a column of " + file.getFileName() + ".");
		final int column = byName >= 0 && !isNumber ? byName : Integer.parseInt(labelColumn.strip()) - 1;
		if (column >= first.size()) throw new IllegalArgumentException("labelcolumn=" + labelColumn + ", but " + file
			.getFileName() + " has " + first.size() + " columns.");
		final boolean hasHeadings = byName >= 0 && !isNumber || IntStream.range(0, first.size()).anyMatch(i -> i != column &&
			!isNumber(first.get(i)));
		final List<float[]> values = new ArrayList<>();
		final List<String> labels = new ArrayList<>();
		for (int i = hasHeadings ? 1 : 0; i < lines.size(); i++) {
			final List<String> cells = cells(lines.get(i), separator);
			if (cells.size() != first.size()) throw new IllegalArgumentException("Line " + (i + 1) + " of " + file.getFileName() +
				" has " + cells.size() + " columns, but the first has " + first.size() + ".");
			labels.add(cells.remove(column));
			values.add(numbers(cells, i + 1, file));
		}
		final List<String> classes = List.copyOf(new TreeSet<>(labels));
		if (classes.size() < 2) throw new IllegalArgumentException("Column " + labelColumn + " of " + file.getFileName() +
			" has the classes " + classes + ", but at least two are needed.");
		final ClassifiedArrays samples = new ClassifiedArrays(new Shape(List.of(values.get(0).length), 1), values, labels.stream()
			.mapToInt(classes::indexOf).toArray());
		return new ClassSamples(samples, IntStream.range(0, values.size()).toArray(), classes, new VoxelGeometry(List.of(1.0),
			false), "sample");
	}

	private static List<String> lines(final Path file) {
		try {
			final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream().filter(l -> !l.isBlank())
				.toList();
			if (lines.isEmpty()) throw new IllegalArgumentException("The table " + file + " is empty.");
			return lines;
		}
		catch (final CharacterCodingException e) {
			throw new IllegalArgumentException("The table " + file + " is no UTF-8 text.", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The table " + file + " can't be read: " + e, e);
		}
	}

	private static String separator(final String line) {
		return line.contains("\t") ? "\t" : line.contains(";") ? ";" : ",";
	}

	private static List<String> cells(final String line, final String separator) {
		final List<String> cells = new ArrayList<>();
		for (final String cell : line.split(separator, -1))
			cells.add(cell.strip().replaceAll("^\"|\"$", ""));
		return cells;
	}

	private static boolean isNumber(final String cell) {
		return cell.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
	}

	private static float[] numbers(final List<String> cells, final int line, final Path file) {
		final float[] numbers = new float[cells.size()];
		for (int i = 0; i < numbers.length; i++) {
			if (!isNumber(cells.get(i))) throw new IllegalArgumentException("Line " + line + " of " + file.getFileName() +
				": \"" + cells.get(i) + "\" is no number.");
			numbers[i] = Float.parseFloat(cells.get(i));
		}
		return numbers;
	}
}
