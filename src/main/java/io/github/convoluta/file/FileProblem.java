package io.github.convoluta.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipException;

/** Says in plain words what is wrong with a file, where Java says it by the names of classes and in the system's terms. */
public final class FileProblem {

	/** What Linux, macOS and Windows call it, in lower case, and what it is. */
	private static final Map<String, String> TERMS = Map.ofEntries(Map.entry("no space left", "the disk is full"), Map.entry(
		"not enough space", "the disk is full"), Map.entry("quota", "your share of the disk is full"), Map.entry(
			"read-only file system", "the disk is read-only"), Map.entry("write protected", "the disk is read-only"), Map.entry(
				"is a directory", "it is a folder, not a file"), Map.entry("not a directory",
					"a part of the path is a file, not a folder"), Map.entry("name too long", "the name is too long"), Map.entry(
						"permission denied", "access is denied"), Map.entry("access is denied", "access is denied"), Map.entry(
							"operation not permitted", "access is denied"), Map.entry("no such file", "there is no such file or folder"),
		Map.entry("cannot find the", "there is no such file or folder"), Map.entry("used by another process",
			"another program is using it"), Map.entry("too many open files", "too many files are open"), Map.entry(
				"input/output error", "the disk reports an error"));

	private FileProblem() {}

	/**
	 * {@return what is wrong, as a part of a sentence: {@code the disk is full}}
	 *
	 * @param e what went wrong, of the system or of this application
	 */
	public static String reason(final IOException e) {
		if (e instanceof NoSuchFileException) return "there is no such file or folder";
		if (e instanceof AccessDeniedException) return "access is denied";
		if (e instanceof FileAlreadyExistsException) return "there is something of that name already";
		if (e instanceof DirectoryNotEmptyException) return "the folder is not empty";
		if (e instanceof NotDirectoryException) return "it is not a folder";
		if (e instanceof ZipException) return "it is not a zip file, or it is damaged";
		if (e instanceof EOFException) return "it ends too early";
		if (e instanceof CharacterCodingException) return "it is not text in UTF-8";
		final String said = e instanceof final FileSystemException f ? f.getReason() : e.getMessage();
		if (said == null || said.isBlank()) return "the system gives no reason (" + e.getClass().getSimpleName() + ")";
		final String lower = said.toLowerCase(Locale.ROOT);
		for (final Map.Entry<String, String> term : TERMS.entrySet())
			if (lower.contains(term.getKey())) return term.getValue();
		return said;
	}

	/**
	 * {@return the same with the file, if it is known: {@code the disk is full (C:\\models)}}
	 *
	 * @param e what went wrong, of the system or of this application
	 */
	public static String text(final IOException e) {
		return reason(e) + (e instanceof final FileSystemException f && f.getFile() != null ? " (" + f.getFile() + ")" : "");
	}

	/**
	 * {@return what is wrong with which file, as a sentence}
	 *
	 * @param e what went wrong, of the system or of this application
	 */
	public static String sentence(final IOException e) {
		String file = null;
		if (e instanceof final FileSystemException f) file = f.getFile();
		else if (e instanceof FileNotFoundException && e.getMessage() != null) file = e.getMessage().replaceFirst(
			" \\([^()]*\\)$", "");
		return (file == null ? "A file can't be read or written: " : file + " can't be used: ") + reason(e) + ".";
	}
}
