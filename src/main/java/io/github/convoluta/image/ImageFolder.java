package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import io.github.convoluta.file.FileProblem;

/**
 * What lies in a folder, in natural order. Passed over is what systems and programs keep there for themselves: hidden files
 * and folders such as {@code .ipynb_checkpoints}, {@code Thumbs.db}, {@code @eaDir}.
 */
public final class ImageFolder {

	private static final Set<String> NOT_THE_USERS = Set.of("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir",
		"$recycle.bin", "system volume information");

	private ImageFolder() {}

	/**
	 * The images in a folder, by their names or their first bytes; none of them is opened.
	 *
	 * @param pattern what their names match, such as {@code *.tif} or <code>*_c1.{tif,png}</code>; empty for all
	 * @param recursive whether those in folders within it are taken too, after its own
	 * @throws IllegalArgumentException if there is no such folder, or the pattern is none
	 * @throws UncheckedIOException if the folder can't be read
	 */
	public static List<Path> images(final Path folder, final String pattern, final boolean recursive) {
		return files(folder, pattern, recursive).stream().filter(ImageFile::isImage).toList();
	}

	/** The same for all files, images or not. */
	static List<Path> files(final Path folder, final String pattern, final boolean recursive) {
		final PathMatcher matcher = matcher(pattern.isBlank() ? "*" : pattern.strip());
		final List<Path> found = new ArrayList<>();
		collect(folder, matcher, recursive, found);
		return found;
	}

	private static PathMatcher matcher(final String pattern) {
		try {
			return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
		}
		catch (final PatternSyntaxException e) {
			throw new IllegalArgumentException("pattern=[" + pattern + "] is none: " + e.getDescription() +
				". Give one such as *.tif, *_c1.{tif,png} or cell??.png.", e);
		}
	}

	private static void collect(final Path folder, final PathMatcher matcher, final boolean recursive,
		final List<Path> found)
	{
		final List<Path> entries = entries(folder);
		for (final Path entry : entries)
			if (Files.isRegularFile(entry) && matcher.matches(Path.of(ImageFile.name(entry)))) found.add(entry);
		// A link may lead back to where it came from.
		if (recursive) for (final Path entry : entries)
			if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) collect(entry, matcher, true, found);
	}

	/** The folders in a folder. */
	static List<Path> folders(final Path folder) {
		return entries(folder).stream().filter(Files::isDirectory).toList();
	}

	private static List<Path> entries(final Path folder) {
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("There is no folder " + folder + ".");
		try (Stream<Path> paths = Files.list(folder)) {
			return paths.filter(p -> !isHidden(p)).sorted(Comparator.comparing(ImageFile::name, ClassOrder.NATURAL)).toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The folder " + folder + " can't be read: " + FileProblem.reason(e) + ".", e);
		}
	}

	private static boolean isHidden(final Path path) {
		final String name = ImageFile.name(path);
		try {
			return name.startsWith(".") || NOT_THE_USERS.contains(name.toLowerCase(Locale.ROOT)) || Files.isHidden(path);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(path + " can't be read: " + FileProblem.reason(e) + ".", e);
		}
	}
}
