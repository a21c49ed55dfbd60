package io.github.convoluta.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Resizing;
import io.github.convoluta.image.TextTable.Row;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.VoxelGeometry;
import net.imglib2.img.array.ArrayImgs;

/** Reads signals from a text table: one row per signal, one column with its class, the others its samples. */
public final class SignalTable {

	private static final Pattern COLUMN = Pattern.compile("[1-9]\\d{0,6}"), MISSING = Pattern.compile(
		"(?i)|n/?a|nan|null|none|[-?]");
	/** What people call such a column. */
	private static final Pattern HEADING = Pattern.compile("(?i)(class|label|target|category|type|kind|species|group)(es|s)?");
	/** So few classes may have a row each, some more may mostly have one, and of many each has several. */
	private static final int FEW = 4, SOME = 10, MANY = 50;
	/** So many numbers with equal steps are positions, not samples. */
	private static final int STEPS = 3;

	private final TextTable table;
	private final String key;
	private final int column;
	private final boolean byName;

	private SignalTable(final TextTable table, final String labelColumn) {
		this.table = table;
		key = labelColumn.strip();
		final List<String> first = table.rows().get(0).cells();
		byName = !COLUMN.matcher(key).matches();
		column = byName ? first.indexOf(key) : Integer.parseInt(key) - 1;
		if (column < 0) throw new IllegalArgumentException("labelcolumn=" + key +
			" is neither a heading nor the number of a column of " + table.name() + ", whose first row is " + shown(first) + ".");
		if (byName && first.lastIndexOf(key) != column) throw new IllegalArgumentException("labelcolumn=" + key +
			" is the heading of several columns of " + table.name() + ". Give the column's number.");
		if (column >= first.size()) throw new IllegalArgumentException("labelcolumn=" + key + ", but " + table.name() + " has " +
			first.size() + " columns.");
	}

	/** Whether a path is a table's by its name. */
	public static boolean isTable(final Path file) {
		return Files.isRegularFile(file) && file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|txt)");
	}

	/**
	 * Reads a table in UTF-8. The first row is headings if they name the label column, or by what is in it: words above
	 * numbers, or, as of spectra, rising positions beside a class that no other row has.
	 *
	 * @param labelColumn the class's column: its heading, or its number from 1 on
	 * @param extents wanted, a single one, to which the signals are resized; null for what they have
	 * @throws IllegalArgumentException naming the line and column of what can't be read
	 */
	public static ClassSamples read(final Path file, final String labelColumn, final int[] extents) {
		return new SignalTable(TextTable.read(file), labelColumn).samples(extents);
	}

	private ClassSamples samples(final int[] extents) {
		final List<Row> all = table.rows(), rows = hasHeadings() ? all.subList(1, all.size()) : all;
		for (final Row row : rows)
			if (row.cells().get(column).isEmpty()) throw new IllegalArgumentException("Line " + row.line() + " of " + table
				.name() + ": the class, in column " + (column + 1) + ", is missing.");
		final List<String> labels = rows.stream().map(r -> r.cells().get(column)).toList();
		final List<String> classes = ClassOrder.sorted(new LinkedHashSet<>(labels));
		check(classes, rows.size());
		checkDecimalMarks(rows);
		final List<float[]> values = rows.stream().map(this::values).map(v -> extents == null ? v : Resizing.resize(ArrayImgs
			.floats(v, v.length, 1), extents)).toList();
		final Map<String, Integer> numbers = IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get,
			i -> i));
		final ClassifiedArrays samples = new ClassifiedArrays(new Shape(List.of(values.get(0).length), 1), values, labels
			.stream().mapToInt(numbers::get).toArray());
		return new ClassSamples(samples, IntStream.range(0, values.size()).toArray(), classes, new VoxelGeometry(List.of(1.0),
			false), "sample", List.of());
	}

	private boolean hasHeadings() {
		if (byName) return true;
		final List<Row> rows = table.rows(), below = rows.subList(1, rows.size());
		final List<String> first = withoutLabel(rows.get(0));
		if (first.stream().anyMatch(c -> !TextTable.isNumber(c) && !MISSING.matcher(c).matches())) return true;
		final String label = rows.get(0).cells().get(column);
		final Map<String, Long> counts = below.stream().collect(Collectors.groupingBy(r -> r.cells().get(column), Collectors
			.counting()));
		if (below.isEmpty() || counts.containsKey(label)) return false;
		if (!TextTable.isNumber(label) && counts.keySet().stream().allMatch(TextTable::isNumber)) return true;
		if (HEADING.matcher(label).matches()) return true;
		if (!first.stream().allMatch(TextTable::isNumber)) return false;
		final double[] positions = first.stream().mapToDouble(TextTable::number).toArray();
		return isEven(positions) || isMonotonic(positions) && counts.values().stream().allMatch(n -> n > 1);
	}

	private static boolean isEven(final double[] values) {
		final double step = values.length < STEPS ? 0 : values[1] - values[0];
		return step != 0 && IntStream.range(1, values.length).allMatch(i -> Math.abs(values[i] - values[i - 1] - step) <= 1e-6 *
			Math.abs(step));
	}

	private static boolean isMonotonic(final double[] values) {
		return values.length > 1 && IntStream.range(1, values.length).allMatch(i -> (values[i] - values[i - 1]) * (values[1] -
			values[0]) > 0);
	}

	private void check(final List<String> classes, final int rows) {
		if (classes.size() < 2) throw new IllegalArgumentException("Column " + key + " of " + table.name() +
			" has the classes " + shown(classes) + ", but at least two are needed.");
		final int n = classes.size();
		if (n > FEW && rows == n || n > SOME && 2 * rows < 3 * n || n > MANY && rows < 5 * n) throw new IllegalArgumentException(
			"Column " + key + " of " + table.name() + " has " + n + " classes in " + rows + " rows: " + shown(classes) +
				". Give the column whose values are classes as labelcolumn, by its heading or its number from 1 on.");
	}

	/** Points and commas in one table are no decimal marks of the same numbers. */
	private void checkDecimalMarks(final List<Row> rows) {
		final Function<String, Row> first = mark -> rows.stream().filter(r -> withoutLabel(r).stream().anyMatch(c -> c.contains(
			mark) && TextTable.isNumber(c))).findFirst().orElse(null);
		final Row point = first.apply("."), comma = first.apply(",");
		if (point != null && comma != null) throw new IllegalArgumentException(table.name() +
			" has numbers with decimal points (line " + point.line() + ") and with commas (line " + comma.line() +
			"). Use one of them, and nothing between thousands.");
	}

	private List<String> withoutLabel(final Row row) {
		final List<String> cells = new ArrayList<>(row.cells());
		cells.remove(column);
		return cells;
	}

	private float[] values(final Row row) {
		final List<String> cells = withoutLabel(row);
		final float[] values = new float[cells.size()];
		for (int i = 0; i < values.length; i++) {
			final String cell = cells.get(i), place = "Line " + row.line() + " of " + table.name() + ", column " + (i < column
				? i + 1 : i + 2) + ": ";
			if (MISSING.matcher(cell).matches()) throw new IllegalArgumentException(place + (cell.isEmpty() ? "the" : "\"" + cell +
				"\": the") + " value is missing. Fill it in, or leave the row or the column out.");
			if (!TextTable.isNumber(cell)) throw new IllegalArgumentException(place + "\"" + cell + "\" is no number.");
			values[i] = (float) TextTable.number(cell);
			if (Float.isInfinite(values[i])) throw new IllegalArgumentException(place + "\"" + cell +
				"\" is out of range; allowed is -3.4e38 to 3.4e38.");
		}
		return values;
	}

	/** The first of some texts. */
	private static String shown(final List<String> texts) {
		final int most = 6;
		return texts.size() <= most ? texts.toString() : texts.stream().limit(most).collect(Collectors.joining(", ", "[",
			", ...]"));
	}
}
