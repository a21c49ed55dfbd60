package io.github.convoluta.file;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes a file whole or not at all: under a name of its own in the same folder, onto the disk, and then in one move to
 * its place. A file that stood there is whole until then. Several threads and processes may write the same file; the last
 * one's stays. What a process that was killed leaves behind ends in {@code .part}.
 */
public final class WholeFile {

	/** Writes what the file holds; may be asked again, if another process cleans the folder meanwhile. */
	@FunctionalInterface
	public interface Content {

		/**
		 * Writes it all.
		 *
		 * @param out to write to; the caller closes it
		 * @throws IOException if that is not possible
		 */
		void write(OutputStream out) throws IOException;
	}

	/** What becomes of the name that a file is meant for. */
	private enum Place {
		TAKEN, TAKEN_IF_POSSIBLE, LEFT_TO_OTHERS
	}

	/** A file that nobody has written to for as long is a leftover: files are written without a pause. */
	private static final Duration LEFT = Duration.ofMinutes(10);

	private static final String PREFIX = "convoluta-", SUFFIX = ".part";
	private static final int ATTEMPTS = 4;
	/** Milliseconds: virus scanners and indexers keep new files open for about as long. */
	private static final long PAUSE = 150;

	private WholeFile() {}

	/**
	 * Writes a file, and the folders that it needs.
	 *
	 * @param file path, whose folder must be there
	 * @param content writes what the file holds
	 * @throws IOException if that is not possible; then nothing is left of it, and an older file is as it was
	 */
	public static void write(final Path file, final Content content) throws IOException {
		write(file, content, Place.TAKEN);
	}

	/**
	 * As {@link #write}, but what can't take its place is kept under a free name beside it.
	 *
	 * @param file path, whose folder must be there
	 * @param replaces whether it may take the place of what stands there
	 * @param content writes what the file holds
	 * @throws KeptElsewhereException if it is complete, but another program keeps the old file open, or a folder is
	 *           there
	 * @throws IOException if it could not be written
	 */
	public static void writeOrKeep(final Path file, final boolean replaces, final Content content) throws IOException {
		write(file, content, replaces ? Place.TAKEN_IF_POSSIBLE : Place.LEFT_TO_OTHERS);
	}

	private static void write(final Path file, final Content content, final Place place) throws IOException {
		// A link stays one: its target is written.
		final Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
		for (int attempt = 1;; attempt++) {
			Files.createDirectories(target.getParent());
			final Path temporary = temporary(target.getParent());
			try {
				create(temporary);
				try (FileOutputStream raw = new FileOutputStream(temporary.toFile()); OutputStream out = new BufferedOutputStream(
					raw))
				{
					content.write(out);
					out.flush();
					raw.getFD().sync();
				}
				place(temporary, target, place);
				syncFolder(target.getParent());
				return;
			}
			catch (final NoSuchFileException | FileNotFoundException e) {
				if (attempt == ATTEMPTS) throw e;
			}
			finally {
				delete(temporary);
			}
		}
	}

	private static void create(final Path temporary) throws IOException {
		try {
			Files.createFile(temporary);
		}
		catch (final AccessDeniedException e) {
			throw new AccessDeniedException(temporary.getParent().toString());
		}
		catch (final NoSuchFileException e) {
			throw e;
		}
		catch (final FileSystemException e) {
			// Users know the folder, not the temporary file.
			throw new FileSystemException(temporary.getParent().toString(), null, e.getReason());
		}
	}

	/** What made the writing fail counts more than that its remains can't be deleted. */
	private static void delete(final Path temporary) {
		try {
			Files.deleteIfExists(temporary);
		}
		catch (final IOException e) {
			System.getLogger(WholeFile.class.getName()).log(System.Logger.Level.WARNING, "could not delete " + temporary, e);
		}
	}

	private static void place(final Path temporary, final Path target, final Place place) throws IOException {
		try {
			if (place == Place.LEFT_TO_OTHERS && Files.exists(target)) throw new FileSystemException(target.toString(), null,
				"another file has this name");
			move(temporary, target);
		}
		catch (final NoSuchFileException e) {
			throw e;
		}
		catch (final IOException e) {
			if (place == Place.TAKEN) throw e;
			throw new KeptElsewhereException(toFreeName(temporary, target), e);
		}
	}

	private static void move(final Path temporary, final Path target) throws IOException {
		for (int attempt = 1;; attempt++)
			try {
				try {
					Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
				}
				catch (final AtomicMoveNotSupportedException e) {
					Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
				}
				return;
			}
			catch (final NoSuchFileException e) {
				throw e;
			}
			catch (final FileSystemException e) {
				if (attempt == ATTEMPTS || Files.isDirectory(target)) throw e;
				pause(attempt);
			}
	}

	private static void pause(final int attempt) {
		try {
			Thread.sleep(PAUSE * attempt);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static Path toFreeName(final Path temporary, final Path target) throws IOException {
		final String name = target.getFileName().toString();
		final int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
		for (int i = 2;; i++)
			try {
				return Files.move(temporary, target.resolveSibling(name.substring(0, dot) + " (" + i + ")" + name.substring(dot)));
			}
			catch (final FileAlreadyExistsException e) {
				if (i == Integer.MAX_VALUE) throw e;
			}
	}

	/** Makes the move itself last through a power failure, where the system can. */
	private static void syncFolder(final Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (final IOException e) {
			System.getLogger(WholeFile.class.getName()).log(System.Logger.Level.DEBUG, "folders can't be synchronised here", e);
		}
	}

	/**
	 * Makes and deletes a file in a folder.
	 *
	 * @param folder path of a folder
	 * @throws IOException if files can't be written there
	 */
	public static void tryIn(final Path folder) throws IOException {
		final Path temporary = temporary(folder);
		create(temporary);
		Files.delete(temporary);
	}

	/**
	 * {@return a name, not yet taken, for a file in a folder that is written without a pause and then moved to its
	 * place}
	 *
	 * @param folder path of a folder
	 */
	public static Path temporary(final Path folder) {
		return folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
	}

	/**
	 * Deletes what killed processes have left in a folder, as far as possible; nothing if there is no such folder.
	 *
	 * @param folder path of a folder
	 */
	public static void clean(final Path folder) {
		if (!Files.isDirectory(folder)) return;
		final Instant latest = Instant.now().minus(LEFT);
		try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
			for (final Path part : parts)
				if (Files.getLastModifiedTime(part).toInstant().isBefore(latest)) Files.deleteIfExists(part);
		}
		catch (final IOException | DirectoryIteratorException e) {
			System.getLogger(WholeFile.class.getName()).log(System.Logger.Level.WARNING, "could not clean " + folder, e);
		}
	}
}
