package io.github.convoluta.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.WholeFile;

/**
 * Kernels as text. Numbers ({@code -1}, {@code 0.5}, {@code 1e-3}, fractions such as {@code 1/9}) are separated by
 * spaces, commas or tabs; rows end with a line break or {@code ;}; z-planes are separated by an empty line or
 * {@code ;;}. The decimal separator is always a point; rows such as {@code 0,5 0,5} are refused.
 */
public final class KernelText {

	/** Bytes; no kernel's text is as long. */
	private static final long LONGEST = 1 << 24;
	private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d,\\d");
	private static final Pattern BLANKS = Pattern.compile("[^,\\s]\\s+[^,\\s]");

	private KernelText() {}

	/**
	 * Reads a kernel: 1-D if the text has one row, 2-D if it has one plane, 3-D otherwise.
	 *
	 * @param text numbers, as this class says
	 * @return the kernel, with its origin in the middle
	 * @throws IllegalArgumentException naming row and column of a token that is no number, or rows and planes that
	 *           differ in size
	 */
	public static Kernel parse(final String text) {
		final List<List<double[]>> planes = new ArrayList<>();
		List<double[]> plane = new ArrayList<>();
		int rowNumber = 0;
		for (final String line : text.split("\\R", -1)) {
			// A ';' that merely ends a line separates no further row.
			final String rows = line.strip().replaceFirst("(?<!;);$", "");
			for (final String row : rows.split(";", -1)) {
				if (row.isBlank()) {
					if (!plane.isEmpty()) planes.add(plane);
					plane = plane.isEmpty() ? plane : new ArrayList<>();
					continue;
				}
				rowNumber++;
				plane.add(parseRow(row, rowNumber));
			}
		}
		if (!plane.isEmpty()) planes.add(plane);
		if (planes.isEmpty()) throw new IllegalArgumentException(
			"The kernel is empty. Give rows of numbers such as \"1 0 -1; 1 0 -1; 1 0 -1\".");
		checkShape(planes);
		final Kernel kernel = Kernel.of3D(planes.stream().map(p -> p.toArray(double[][]::new)).toArray(double[][][]::new));
		return kernel.squeezedTo(planes.size() > 1 ? 3 : planes.get(0).size() > 1 ? 2 : 1);
	}

	/**
	 * {@return numbers as in one row of a kernel: for lists of coefficients, sizes or strides}
	 *
	 * @param text at least one number
	 */
	public static double[] parseNumbers(final String text) {
		return parseRow(text, 1);
	}

	private static double[] parseRow(final String row, final int rowNumber) {
		checkSeparators(row, rowNumber);
		final StringTokenizer tokens = new StringTokenizer(row, " ,\t");
		final double[] values = new double[tokens.countTokens()];
		if (values.length == 0) throw new IllegalArgumentException("Row " + rowNumber + " has no numbers.");
		for (int column = 0; column < values.length; column++) {
			final String token = tokens.nextToken();
			values[column] = parseNumber(token, rowNumber, column + 1);
		}
		return values;
	}

	/** Commas between digits beside blanks between numbers are meant as decimal commas. */
	private static void checkSeparators(final String row, final int rowNumber) {
		if (mixesSeparators(row)) throw new IllegalArgumentException("Row " + rowNumber + ": \"" + row.strip() +
			"\" has commas inside numbers that are separated by blanks. Write decimals with a point, such as 0.5; commas separate numbers.");
	}

	/** Whether commas stand between digits, while blanks alone separate numbers too. */
	static boolean mixesSeparators(final String text) {
		return DECIMAL_COMMA.matcher(text).find() && BLANKS.matcher(text.strip()).find();
	}

	private static double parseNumber(final String token, final int row, final int column) {
		final int slash = token.indexOf('/');
		final double value;
		try {
			value = slash < 0 ? number(token) : number(token.substring(0, slash)) / number(token.substring(slash + 1));
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("Row " + row + ", column " + column + ": \"" + token +
				"\" is not a number. Write numbers such as 2, -0.5, 1e-3 or 1/9, separated by spaces.");
		}
		if (!Double.isFinite(value)) throw new IllegalArgumentException("Row " + row + ", column " + column + ": \"" + token +
			"\" is not a finite number.");
		return value;
	}

	private static double number(final String token) {
		// Double.parseDouble also takes "1d" and hexadecimal; a kernel with those is a typing mistake.
		if (!token.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) throw new NumberFormatException(token);
		return Double.parseDouble(token);
	}

	private static void checkShape(final List<List<double[]>> planes) {
		final int rows = planes.get(0).size(), columns = planes.get(0).get(0).length;
		int rowNumber = 0;
		for (int z = 0; z < planes.size(); z++) {
			for (final double[] row : planes.get(z)) {
				rowNumber++;
				if (row.length != columns) throw new IllegalArgumentException("Row " + rowNumber + " has " + row.length +
					" numbers, but row 1 has " + columns + ". All rows of a kernel need the same length.");
			}
			if (planes.get(z).size() != rows) throw new IllegalArgumentException("Plane " + (z + 1) + " has " + planes.get(z)
				.size() + " rows, but plane 1 has " + rows + ". All planes of a kernel need the same number of rows.");
		}
	}

	/**
	 * Writes a kernel of up to 3 axes so that {@link #parse} reads the same numbers back: rows on lines, planes
	 * separated by an empty line.
	 *
	 * @param kernel of up to 3 axes
	 * @return lines without a line break at the end
	 */
	public static String format(final Kernel kernel) {
		final Kernel k = kernel.squeezedTo(3);
		final StringBuilder text = new StringBuilder();
		for (int z = 0; z < k.size(2); z++) {
			if (z > 0) text.append('\n');
			for (int y = 0; y < k.size(1); y++) {
				for (int x = 0; x < k.size(0); x++)
					text.append(x == 0 ? "" : " ").append(format(k.value(x, y, z)));
				text.append('\n');
			}
		}
		return text.substring(0, text.length() - 1);
	}

	private static String format(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
	}

	/**
	 * Reads a kernel from a text file in UTF-8.
	 *
	 * @param file path of a text as {@link #parse} reads it
	 * @return the kernel, of 1 to 3 axes
	 */
	public static Kernel read(final Path file) {
		try {
			return parse(Files.readString(file, StandardCharsets.UTF_8));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The kernel file " + file + " can't be read: " + e.getMessage(), e);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("Kernel file " + file + ": " + e.getMessage(), e);
		}
	}

	/**
	 * Writes a kernel to a text file in UTF-8, replacing an older one only when the new one is complete.
	 *
	 * @param kernel of up to 3 axes
	 * @param file path of a kernel's file, or of a file that is not there yet
	 * @throws IllegalArgumentException if something else than a kernel stands there
	 */
	public static void write(final Kernel kernel, final Path file) {
		if (Files.isDirectory(file)) throw new IllegalArgumentException("The kernel can't be written to " + file +
			", which is a folder. Give the path of a file.");
		try {
			if (Files.exists(file) && !isKernel(file)) throw new IllegalArgumentException("file=" + file +
				" is there already and is no kernel. Give another name, or delete it first.");
			WholeFile.write(file, out -> out.write((format(kernel) + "\n").getBytes(StandardCharsets.UTF_8)));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The kernel file " + file + " can't be written: " + FileProblem.text(e) + ".", e);
		}
	}

	private static boolean isKernel(final Path file) throws IOException {
		if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) return false;
		try {
			parse(Files.readString(file, StandardCharsets.UTF_8));
			return true;
		}
		catch (final CharacterCodingException | IllegalArgumentException e) {
			return false;
		}
	}
}
