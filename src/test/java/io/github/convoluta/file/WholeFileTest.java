package io.github.convoluta.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

	@TempDir
	Path folder;

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("a.txt");
		Files.writeString(file, "old");
		final IOException thrown = assertThrows(IOException.class, () -> WholeFile.write(file, out -> {
			out.write(new byte[100_000]);
			throw new IOException("No space left on device");
		}));
		assertEquals("the disk is full", FileProblem.text(thrown));
		assertThrows(IllegalStateException.class, () -> WholeFile.write(file, out -> {
			throw new IllegalStateException();
		}));
		assertEquals("old", Files.readString(file));
		assertEquals(List.of("a.txt"), names());
	}

	@Test
	void whatCannotTakeItsPlaceIsKeptBesideIt() throws IOException {
		final Path file = Files.createDirectories(folder.resolve("m.zip/inside")).getParent();
		for (int i = 2; i < 4; i++) {
			final int number = i;
			final KeptElsewhereException e = assertThrows(KeptElsewhereException.class, () -> WholeFile.writeOrKeep(file, true,
				out -> out.write(number)));
			assertEquals(folder.resolve("m (" + i + ").zip"), e.kept());
			assertEquals(i, Files.readAllBytes(e.kept())[0]);
		}
		assertThrows(IOException.class, () -> WholeFile.write(file, out -> out.write(1)));
		assertEquals(List.of("m (2).zip", "m (3).zip", "m.zip"), names());
		assertTrue(Files.isDirectory(file.resolve("inside")));
	}

	@Test
	void whatMayNotBeReplacedStays() throws IOException {
		final Path file = Files.writeString(folder.resolve("notes"), "mine");
		final KeptElsewhereException e = assertThrows(KeptElsewhereException.class, () -> WholeFile.writeOrKeep(file, false,
			out -> out.write(1)));
		assertEquals("mine", Files.readString(file));
		assertEquals(folder.resolve("notes (2)"), e.kept());
		assertTrue(e.getMessage().contains("another file has this name"), e.getMessage());
		WholeFile.writeOrKeep(folder.resolve("new"), false, out -> out.write(1));
		assertEquals(List.of("new", "notes", "notes (2)"), names());
	}

	/** Every reader sees one writer's file, whole, whoever else writes it or tidies the folder. */
	@Test
	void writersOfOneFileDoNotDisturbEachOther() throws IOException {
		final Path file = folder.resolve("deep/er/m.zip");
		IntStream.range(0, 40).parallel().forEach(i -> {
			try {
				WholeFile.write(file, out -> {
					for (int k = 0; k < 1000; k++)
						out.write(i);
				});
				final byte[] bytes = Files.readAllBytes(file);
				assertEquals(1000, bytes.length);
				assertEquals(bytes[0], bytes[999]);
				WholeFile.clean(file.getParent());
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		});
		try (Stream<Path> files = Files.list(file.getParent())) {
			assertEquals(1, files.count());
		}
	}

	/** A folder that vanishes while its file is written, as when another process deletes it, is made again. */
	@Test
	void aFolderThatVanishesIsMadeAgain() throws IOException {
		final Path file = folder.resolve("gone/m.zip");
		final int[] asked = new int[1];
		WholeFile.write(file, out -> {
			out.write(7);
			out.flush();
			if (asked[0]++ == 0) {
				try (Stream<Path> files = Files.list(file.getParent())) {
					for (final Path f : files.toList())
						Files.delete(f);
				}
				Files.delete(file.getParent());
			}
		});
		assertEquals(7, Files.readAllBytes(file)[0]);
	}

	@Test
	void onlyOldLeftoversAreCleaned() throws IOException {
		final Path old = folder.resolve("convoluta-" + UUID.randomUUID() + ".part"), fresh = folder.resolve("convoluta-" + UUID
			.randomUUID() + ".part"), other = folder.resolve("download.part");
		for (final Path f : new Path[] { old, fresh, other })
			Files.write(f, new byte[1]);
		for (final Path f : new Path[] { old, other })
			Files.setLastModifiedTime(f, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
		WholeFile.clean(folder);
		assertEquals(Stream.of(fresh, other).map(f -> f.getFileName().toString()).sorted().toList(), names());
		WholeFile.clean(folder.resolve("no such folder"));
	}

	@Test
	void linksStayLinksAndOthersMayReadAsTheSystemSays() throws IOException {
		Assumptions.assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
		final Path file = folder.resolve("a.txt"), link = Files.createSymbolicLink(folder.resolve("link"), file), plain = Files
			.writeString(folder.resolve("plain"), "");
		Files.writeString(file, "old");
		WholeFile.write(link, out -> out.write('n'));
		assertTrue(Files.isSymbolicLink(link));
		assertEquals("n", Files.readString(file));
		assertEquals(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)), PosixFilePermissions.toString(Files
			.getPosixFilePermissions(file)));
	}
}
