package io.github.convoluta.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.torch.PackedLibrary.PackedFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where libtorch is unpacked, and what is said if it can't be. */
class LibraryTest {

	private static final byte[] FIRST = "first library".repeat(1000).getBytes(), SECOND = { 1, 2, 3 };

	@TempDir
	Path temporary;

	private Path home, shared, jar;
	private PackedLibrary packed;

	@BeforeEach
	void pack() throws IOException {
		home = Files.createDirectory(temporary.resolve("home \u00fc"));
		shared = Files.createDirectory(temporary.resolve("shared"));
		jar = temporary.resolve("native lib.jar");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
			zip.putNextEntry(new ZipEntry("libfirst.so"));
			zip.write(FIRST);
			zip.putNextEntry(new ZipEntry("libsecond.so"));
			zip.write(SECOND);
		}
		packed = new PackedLibrary("1-cpu", List.of(file("libfirst.so"), file("libsecond.so")));
	}

	private PackedFile file(final String name) throws IOException {
		return PackedFile.of(name, URI.create("jar:" + jar.toUri() + "!/" + name).toURL());
	}

	private Path prepare(final Path configured) throws IOException {
		return new LibraryCache(packed).prepare(configured == null ? null : configured.toString(), home.toString(), shared
			.toString());
	}

	private static void assertWhole(final Path root) throws IOException {
		final Path folder = root.resolve("pytorch/1-cpu");
		assertArrayEquals(FIRST, Files.readAllBytes(folder.resolve("libfirst.so")));
		assertArrayEquals(SECOND, Files.readAllBytes(folder.resolve("libsecond.so")));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
		try (Stream<Path> files = Files.list(root.resolve("pytorch"))) {
			assertEquals(List.of("1-cpu", "convoluta.lock"), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
	}

	private static boolean isPosix() {
		return Path.of("/").getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	private static void permit(final Path path, final String permissions) throws IOException {
		Assumptions.assumeTrue(isPosix(), "skipped: no POSIX permissions here");
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
	}

	@Test
	void itIsUnpackedOnceIntoTheHome() throws IOException {
		assertEquals(home.resolve(".djl.ai"), prepare(null));
		assertWhole(home.resolve(".djl.ai"));
		final Path first = home.resolve(".djl.ai/pytorch/1-cpu/libfirst.so");
		// What has the right size is the user's own business, and is left alone.
		try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
			file.write('F');
		}
		prepare(null);
		assertEquals('F', Files.readAllBytes(first)[0]);
	}

	@Test
	void whatIsCutShortOrMissingIsUnpackedAgain() throws IOException {
		final Path root = prepare(temporary.resolve("a/b"));
		assertEquals(temporary.resolve("a/b"), root);
		final Path first = root.resolve("pytorch/1-cpu/libfirst.so");
		for (final int size : new int[] { 0, 100, FIRST.length - 1, FIRST.length + 1 }) {
			Files.write(first, new byte[size]);
			assertEquals(root, prepare(root));
			assertWhole(root);
		}
		Files.delete(root.resolve("pytorch/1-cpu/libsecond.so"));
		prepare(root);
		assertWhole(root);
	}

	@Test
	void whatKilledProgramsLeftIsDeleted() throws IOException {
		final Path root = prepare(temporary.resolve("cache")), engine = root.resolve("pytorch");
		// The binding's own, of long ago; and this program's, which would have the lock if it still ran.
		final Path old = Files.createDirectory(engine.resolve("tmp123456789")), recent = Files.createDirectory(engine.resolve(
			"tmp987"));
		Files.write(old.resolve("libfirst.so"), new byte[10]);
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
		Files.write(Files.createDirectory(engine.resolve("convoluta-unpacking42")).resolve("libfirst.so"), new byte[10]);
		final Path stray = Files.write(engine.resolve("1-cpu/jni77tmp"), new byte[3]);
		Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
		prepare(root);
		assertTrue(Files.exists(recent), "another program may be at it");
		Files.delete(recent);
		assertWhole(root);
	}

	@Test
	void othersAreWaitedFor() throws IOException {
		final Path root = temporary.resolve("cache"), engine = Files.createDirectories(root.resolve("pytorch"));
		final CompletableFuture<Path> late;
		try (FileChannel channel = FileChannel.open(engine.resolve("convoluta.lock"), StandardOpenOption.CREATE,
			StandardOpenOption.WRITE); FileLock lock = channel.lock())
		{
			late = CompletableFuture.supplyAsync(() -> {
				try {
					return prepare(root);
				}
				catch (final IOException e) {
					throw new java.io.UncheckedIOException(e);
				}
			});
			assertThrows(java.util.concurrent.TimeoutException.class, () -> late.get(300,
				java.util.concurrent.TimeUnit.MILLISECONDS));
			assertTrue(lock.isValid());
			assertFalse(Files.exists(engine.resolve("1-cpu/libfirst.so")));
		}
		assertEquals(root, late.join());
		assertWhole(root);
	}

	@Test
	void severalProgramsAtOnceUnpackItOnce() throws IOException {
		final Path root = temporary.resolve("cache");
		Stream.generate(() -> 0).limit(8).parallel().forEach(i -> {
			try {
				assertEquals(root, prepare(root));
				assertArrayEquals(FIRST, Files.readAllBytes(root.resolve("pytorch/1-cpu/libfirst.so")));
			}
			catch (final IOException e) {
				throw new java.io.UncheckedIOException(e);
			}
		});
		assertWhole(root);
	}

	@Test
	void withoutAHomeAPrivateFolderIsTakenAndFoundAgain() throws IOException {
		// A file where the folder should be: a home that nothing can be written in, whoever asks.
		Files.write(home.resolve(".djl.ai"), new byte[1]);
		final Path predictable = Files.createDirectories(shared.resolve(".djl.ai/pytorch"));
		if (isPosix()) permit(Files.createDirectory(shared.resolve("convoluta-open")), "rwxrwxrwx");
		final Path root = prepare(null);
		assertEquals(shared, root.getParent());
		assertNotEquals(shared.resolve("convoluta-open"), root);
		if (isPosix()) assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
		assertWhole(root);
		assertEquals(root, prepare(null));
		try (Stream<Path> files = Files.list(predictable)) {
			assertEquals(0, files.count());
		}
	}

	@Test
	void itIsSaidWhichFoldersWereTried() throws IOException {
		Files.write(home.resolve(".djl.ai"), new byte[1]);
		Files.delete(shared);
		final String both = assertThrows(IOException.class, () -> prepare(null)).getMessage();
		assertTrue(both.contains(home.resolve(".djl.ai") + " (") && both.contains(shared + " ("), both);
		final String none = assertThrows(IOException.class, () -> new LibraryCache(packed).prepare(null, "?", shared.toString()))
			.getMessage();
		assertTrue(none.startsWith("? (there is no such home folder), "), none);
		final Path named = Files.write(temporary.resolve("file"), new byte[1]);
		final String one = assertThrows(IOException.class, () -> prepare(named)).getMessage();
		assertTrue(one.startsWith(named + " ("), one);
	}

	@Test
	void nothingIsLoadedFromAFolderThatOthersCanWrite() throws IOException {
		// In the user's own folder that right is taken from them, and nothing that they may have put there is kept.
		final Path folder = prepare(null).resolve("pytorch/1-cpu");
		for (final Path open : List.of(folder, folder.getParent(), folder.getParent().getParent())) {
			permit(open, "rwxrwxrwx");
			Files.write(folder.resolve("libsecond.so"), new byte[] { 7, 7, 7 });
			prepare(null);
			assertWhole(home.resolve(".djl.ai"));
			assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
		}
		permit(folder.resolve("libfirst.so"), "rw-rw-r--");
		prepare(null);
		assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("libfirst.so"))));
		// One that the user named is shared on purpose, and so refused; also one in such a folder.
		final Path open = Files.createDirectory(temporary.resolve("open"));
		permit(open, "rwxrwxrwx");
		final String message = assertThrows(IOException.class, () -> prepare(open)).getMessage();
		assertTrue(message.startsWith(open.toString()) && message.contains("chmod go-w"), message);
		assertTrue(assertThrows(IOException.class, () -> prepare(open.resolve("below"))).getMessage().contains(
			"everybody can write"));
	}

	@Test
	void aDamagedJarLeavesNothing() throws IOException {
		final PackedFile whole = packed.files().get(0);
		packed = new PackedLibrary("1-cpu", List.of(new PackedFile(whole.name(), whole.source(), whole.size(), whole.checksum() ^
			1)));
		final Path root = temporary.resolve("cache");
		assertTrue(assertThrows(IOException.class, () -> prepare(root)).getMessage().contains("jar of libfirst.so is damaged"));
		try (Stream<Path> files = Files.walk(root)) {
			assertEquals(List.of(root.resolve("pytorch/convoluta.lock")), files.filter(Files::isRegularFile).toList());
		}
	}

	@Test
	void moreThanThereIsRoomForIsRefusedBeforehand() throws IOException {
		final PackedFile whole = packed.files().get(0);
		packed = new PackedLibrary("1-cpu", List.of(new PackedFile(whole.name(), whole.source(), 1L << 60, -1)));
		final String message = assertThrows(IOException.class, () -> prepare(temporary.resolve("cache"))).getMessage();
		assertTrue(message.contains("needs 1152921504.61 GB there, but "), message);
	}

	@Test
	void theBindingLoadsWhatWasUnpacked() throws IOException {
		final Path folder = Path.of(TorchLibrary.folder());
		assertTrue(Files.isRegularFile(folder.resolve(System.mapLibraryName("torch_cpu"))), folder.toString());
	}

	@Test
	void theJarIsFoundWhereFijiHasNatives() throws IOException {
		assertEquals("linux64", NativeJars.platform("Linux", "amd64"));
		assertEquals("linux-arm64", NativeJars.platform("Linux", "aarch64"));
		assertEquals("macos-arm64", NativeJars.platform("Mac OS X", "aarch64"));
		assertEquals("win64", NativeJars.platform("Windows 11", "amd64"));
		assertEquals(null, NativeJars.platform("Mac OS X", "x86_64"));
		assertEquals(null, NativeJars.platform("Linux", "x86"));
		final Path lib = Files.createDirectories(temporary.resolve("Fiji \u00fc/lib/linux64"));
		final Path found = Files.createFile(lib.resolve("djl-pytorch-native-cpu.jar"));
		Files.createFile(lib.resolve("libother.so"));
		for (final String plugin : List.of("Fiji \u00fc/plugins/Convoluta_.jar", "Fiji \u00fc/plugins/sub/Convoluta_.jar"))
			assertEquals(List.of(found), NativeJars.find(temporary.resolve(plugin).toUri().toURL(), "lib/linux64"));
		assertEquals(List.of(), NativeJars.find(temporary.resolve("other/plugins/Convoluta_.jar").toUri().toURL(),
			"lib/linux64"));
	}

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, 2.28, 'glibc 2.29 or newer (Ubuntu 20.04, Debian 11, RHEL 9), and this system has 2.28'",
		"Linux, aarch64, 2.31, 'glibc 2.32 or newer'",
		"Linux, amd64, '', 'glibc 2.29 or newer, and this system has another one'",
		"Mac OS X, aarch64, 14.7.1, 'macOS 15.0 or newer, and this is 14.7.1'",
		"Windows 10, amd64, '', 'Visual C++ runtime of 2015 or newer'",
		"Mac OS X, x86_64, 15.1, 'no longer made for Macs with Intel processors'",
		"FreeBSD, amd64, 14, 'it is not made for this system'" })
	void theMessageSaysWhatTheSystemLacks(final String system, final String processor, final String version,
		final String expected)
	{
		final String message = TorchLibrary.missing(new SystemRequirements(system, processor, version), new RuntimeException(
			"x"));
		assertTrue(message.contains(expected) && message.contains("filters work without it"), message);
	}

	@Test
	void aFailureThatIsNotTheSystemsSaysWhatItIs() {
		for (final SystemRequirements system : List.of(new SystemRequirements("Linux", "amd64", "2.29"), new SystemRequirements(
			"Linux", "aarch64", "2.40"), new SystemRequirements("Mac OS X", "aarch64", "26.0"), new SystemRequirements(
				"Windows 11", "amd64", "14")))
		{
			assertEquals(null, system.unmet());
			final String message = TorchLibrary.missing(system, new RuntimeException("x", new UnsatisfiedLinkError(
				"libc10.so: what")));
			assertTrue(message.contains("could not be loaded: libc10.so: what. It needs "), message);
		}
		final SystemRequirements here = SystemRequirements.here();
		if (here.system().equals("Linux")) assertTrue(here.version().matches("2\\.\\d+"), here.toString());
		assertEquals(null, here.unmet());
	}

	@Test
	void archivesAreTheSameInEveryTimeZone() throws IOException {
		final Network network = Architectures.create("unet depth=1 width=2", 2, 1, 2);
		final Weights weights = Weights.random(Parameter.of(network, 8, 8), 4);
		final TimeZone before = TimeZone.getDefault();
		byte[] first = null;
		try {
			for (final String zone : List.of("UTC", "Asia/Tokyo", "America/St_Johns")) {
				TimeZone.setDefault(TimeZone.getTimeZone(zone));
				final ByteArrayOutputStream archive = new ByteArrayOutputStream();
				TorchArchive.write(network, weights, archive);
				if (first == null) first = archive.toByteArray();
				else assertArrayEquals(first, archive.toByteArray(), zone);
			}
		}
		finally {
			TimeZone.setDefault(before);
		}
	}
}
