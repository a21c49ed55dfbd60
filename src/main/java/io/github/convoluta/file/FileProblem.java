package io.github.convoluta.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What is wrong with a file, for people: the exceptions of {@link java.nio.file.Files} often say no more than a path.
 *
 * @param cause what was thrown
 */
public record FileProblem(IOException cause) {

	/** A part of a sentence, without a full stop. */
	public String text() {
		if (cause instanceof final AccessDeniedException e) return "access to " + e.getFile() +
			" is denied: it is protected, or open in another program";
		if (cause instanceof final NoSuchFileException e) return "there is no " + e.getFile();
		if (cause instanceof final DirectoryNotEmptyException e) return e.getFile() + " is a folder with files in it";
		if (cause instanceof final NotDirectoryException e) return e.getFile() + " is no folder";
		if (cause instanceof final FileAlreadyExistsException e) return e.getFile() + " is there already, and is no folder";
		if (cause instanceof final FileSystemException e && e.getReason() != null) return e.getReason() + " (" + e.getFile() +
			")";
		return cause.getMessage() == null ? cause.toString() : cause.getMessage();
	}
}
