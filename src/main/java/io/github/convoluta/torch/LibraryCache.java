package io.github.convoluta.torch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.torch.PackedLibrary.PackedFile;

/**
 * Unpacks libtorch to where its binding finds it, before the binding looks: a library that is cut short would end the
 * program when it is loaded. Files of the wrong size are unpacked again, each into a folder of its own and moved into its
 * place when it is whole. Programs that do so at the same time wait for each other; what killed ones left is deleted.
 */
final class LibraryCache {

	/** The binding's folder for this engine. */
	private static final String ENGINE = "pytorch";
	private static final String LOCK = "convoluta.lock", TEMPORARY = "convoluta-unpacking";
	/** No program unpacks for as long. */
	private static final Duration PATIENCE = Duration.ofMinutes(3), LEFT = Duration.ofHours(1);

	private final PackedLibrary library;

	LibraryCache(final PackedLibrary library) {
		this.library = library;
	}

	/**
	 * Sees to it that the whole library is unpacked.
	 *
	 * @param configured the folder that the user wants it in, or null
	 * @param home the user's home; in its folder {@code .djl.ai} the library is looked for, and unpacked
	 * @param temporary where a private folder is made if that can't be
	 * @return the folder that the binding must be told
	 * @throws IOException if it is nowhere possible; the message says which folders were tried, and why not
	 */
	Path prepare(final String configured, final String home, final String temporary) throws IOException {
		if (configured != null) return in(new CacheFolder(Path.of(configured).toAbsolutePath(), true));
		final IOException first;
		try {
			final Path folder = Path.of(home);
			// Systems that know no home say "?", "/" or a folder that doesn't exist.
			if (!folder.isAbsolute() || !Files.isDirectory(folder)) throw new IOException(home +
				" (there is no such home folder)");
			return in(new CacheFolder(folder.resolve(".djl.ai"), false));
		}
		catch (final IOException e) {
			first = e;
		}
		final CacheFolder own;
		try {
			own = CacheFolder.privateIn(Path.of(temporary));
		}
		catch (final IOException e) {
			throw new IOException(first.getMessage() + ", " + temporary + " (" + reason(e) + ")", e);
		}
		try {
			return in(own);
		}
		catch (final IOException e) {
			throw new IOException(first.getMessage() + ", " + e.getMessage(), e);
		}
	}

	private Path in(final CacheFolder cache) throws IOException {
		try {
			unpack(cache);
			return cache.root();
		}
		catch (final IOException e) {
			throw new IOException(cache.root() + " (" + reason(e) + ")", e);
		}
	}

	/** What went wrong, in words. */
	private static String reason(final IOException e) {
		if (e instanceof AccessDeniedException) return "it can't be written";
		if (e instanceof final FileAlreadyExistsException f) return f.getFile() + " is not a folder";
		if (e instanceof final NoSuchFileException f) return f.getFile() + " doesn't exist";
		if (e instanceof final FileSystemException f) return f.getReason() == null ? f.getClass().getSimpleName() + " " + f
			.getFile() : f.getReason();
		return e.getMessage();
	}

	private void unpack(final CacheFolder cache) throws IOException {
		final boolean safe = cache.secure(ENGINE, library.folder());
		final Path engine = cache.root().resolve(ENGINE), folder = engine.resolve(library.folder());
		// A folder that can't be written, where an administrator has unpacked the library, is fine.
		if (safe && wrong(folder).isEmpty() && !Files.isWritable(engine)) return;
		try (FileChannel channel = FileChannel.open(engine.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = lock(channel))
		{
			clean(engine, folder, lock != null);
			final List<PackedFile> wrong = safe ? wrong(folder) : library.files();
			if (wrong.isEmpty()) return;
			final long needed = wrong.stream().mapToLong(PackedFile::size).sum(), room = Files.getFileStore(engine)
				.getUsableSpace();
			if (room < needed) throw new IOException("libtorch needs " + new ByteSize(needed) + " there, but " + new ByteSize(
				room) + " are free");
			final Path temporary = Files.createTempDirectory(engine, TEMPORARY);
			try {
				for (final PackedFile file : wrong) {
					file.unpack(temporary.resolve(file.name()));
					CacheFolder.takeFromOthers(temporary.resolve(file.name()));
					Files.move(temporary.resolve(file.name()), folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
				}
			}
			finally {
				delete(temporary);
			}
		}
	}

	/** Files that are missing, cut short, or open to others. */
	private List<PackedFile> wrong(final Path folder) throws IOException {
		final List<PackedFile> wrong = new ArrayList<>();
		for (final PackedFile file : library.files()) {
			final Path path = folder.resolve(file.name());
			if (!Files.isRegularFile(path) || Files.size(path) != file.size() || CacheFolder.othersCanWrite(path)) wrong.add(file);
		}
		return wrong;
	}

	/** Waits for other programs; null where the file system knows no locks. */
	private static FileLock lock(final FileChannel channel) throws IOException {
		final Instant end = Instant.now().plus(PATIENCE);
		while (Instant.now().isBefore(end)) {
			FileLock lock = null;
			try {
				lock = channel.tryLock();
			}
			catch (final OverlappingFileLockException e) {
				// Another class loader of this program unpacks.
				lock = null;
			}
			catch (final IOException e) {
				return null;
			}
			if (lock != null) return lock;
			try {
				Thread.sleep(50);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException("interrupted while another program was unpacking libtorch");
			}
		}
		throw new IOException("another program has been unpacking libtorch there for " + PATIENCE.toMinutes() +
			" minutes; close it and try again");
	}

	/** Deletes what killed programs left: this one's, which all lock, and the binding's, if they are old. */
	private static void clean(final Path engine, final Path folder, final boolean locked) throws IOException {
		final Instant old = Instant.now().minus(LEFT);
		for (final Path parent : List.of(engine, folder))
			try (Stream<Path> files = Files.list(parent)) {
				for (final Path file : files.toList()) {
					final String name = file.getFileName().toString();
					if (name.startsWith(TEMPORARY) && locked || name.matches(TEMPORARY + ".*|tmp\\d+|jni\\d+tmp") && Files
						.getLastModifiedTime(file).toInstant().isBefore(old)) delete(file);
				}
			}
	}

	private static void delete(final Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			System.getLogger(LibraryCache.class.getName()).log(System.Logger.Level.WARNING, "could not delete " + root, e);
		}
	}
}
