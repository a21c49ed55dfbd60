package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.KeptElsewhereException;
import io.github.convoluta.file.WholeFile;

/**
 * Where a table is written to as CSV in UTF-8, with a point as decimal mark whatever the language. A name without an
 * extension gets {@code .csv}; there is no other extension, so that nothing but a table is ever replaced.
 *
 * @param file absolute
 */
public record TableFile(Path file) {

	private static final String EXTENSION = ".csv";

	/**
	 * The file that a text names, empty for none. Its folder is made if it is missing.
	 *
	 * @param text what was given for the key {@code table}
	 * @throws IllegalArgumentException if it can't be the path of a table
	 * @throws UncheckedIOException if nothing can be written there
	 */
	public static Optional<TableFile> parse(final String text) {
		if (text.isBlank()) return Optional.empty();
		final Path file = path(text.strip());
		if (Files.exists(file) && !Files.isRegularFile(file)) throw new IllegalArgumentException("table=" + file +
			" is no file. Give the path of a CSV file.");
		try {
			Files.createDirectories(file.getParent());
			WholeFile.clean(file.getParent());
			WholeFile.tryIn(file.getParent());
		}
		catch (final IOException e) {
			throw new UncheckedIOException("table=" + file + " can't be written: " + FileProblem.text(e) +
				". Give a path in a folder that you may write to.", e);
		}
		return Optional.of(new TableFile(file));
	}

	private static Path path(final String text) {
		final Path path;
		try {
			path = Path.of(text).toAbsolutePath();
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("table=" + text + " is no path: " + e.getReason() + ".", e);
		}
		if (path.getFileName() == null || Files.isDirectory(path)) throw new IllegalArgumentException("table=" + text +
			" is a folder. Give the path of a CSV file in it.");
		final String name = path.getFileName().toString();
		if (name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) return path;
		if (name.matches(".+\\.[A-Za-z][A-Za-z0-9]{0,9}")) throw new IllegalArgumentException("table=" + text +
			" is no CSV file by its name. Tables are written as CSV: give a path that ends in .csv.");
		return path.resolveSibling(name + EXTENSION);
	}

	/**
	 * Writes a table, replacing an older one when the new one is complete.
	 *
	 * @throws UncheckedIOException if it could not be written, or only under another name because the file is in use
	 */
	public void write(final Table table) {
		try {
			WholeFile.writeOrKeep(file, true, out -> out.write(table.toCsv().getBytes(StandardCharsets.UTF_8)));
		}
		catch (final KeptElsewhereException e) {
			throw new UncheckedIOException("table=" + file + " can't be replaced: " + e.getMessage() +
				". The table was written to " + e.kept() + " instead.", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("table=" + file + " can't be written: " + FileProblem.text(e) + ".", e);
		}
	}
}
