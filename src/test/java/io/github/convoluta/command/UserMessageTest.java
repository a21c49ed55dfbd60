package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import io.github.convoluta.image.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.plugin.Plugin;

class UserMessageTest {

	@TempDir
	Path temporary;

	static Stream<Arguments> bareFileErrors() {
		return Stream.of(Arguments.of(new NoSuchFileException("/x/a"), "there is no such file or folder"), Arguments.of(
			new AccessDeniedException("/x/a"), "access is denied"), Arguments.of(new FileAlreadyExistsException("/x/a"),
				"there is something of that name already"), Arguments.of(new DirectoryNotEmptyException("/x/a"),
					"the folder is not empty"), Arguments.of(new NotDirectoryException("/x/a"), "it is not a folder"), Arguments.of(
						new FileSystemException("/x/a", null, "No space left on device"), "the disk is full"), Arguments.of(
							new FileSystemException("/x/a", null, "There is not enough space on the disk"), "the disk is full"), Arguments
								.of(new FileSystemException("/x/a", null, "Read-only file system"), "the disk is read-only"), Arguments.of(
									new FileSystemException("/x/a", "/x/b", "Is a directory"), "it is a folder, not a file"), Arguments.of(
										new FileSystemException("/x/a", null, "Not a directory"), "a part of the path is a file, not a folder"),
			Arguments.of(new FileSystemException("/x/a", null, "File name too long"), "the name is too long"), Arguments.of(
				new FileSystemException("/x/a", null,
					"The process cannot access the file because it is being used by another process."), "another program is using it"),
			Arguments.of(new FileNotFoundException("/x/a (Permission denied)"), "access is denied"));
	}

	@ParameterizedTest
	@MethodSource("bareFileErrors")
	void whatJavaThrowsBareIsSaidInPlainWordsWithTheFile(final IOException e, final String reason) {
		assertEquals("/x/a can't be used: " + reason + ".", UserMessage.of(e).orElseThrow());
		assertEquals("/x/a can't be used: " + reason + ".", UserMessage.of(new RuntimeException("Module threw exception",
			new UncheckedIOException(e))).orElseThrow());
	}

	@ParameterizedTest
	@MethodSource("bareFileErrors")
	void sentencesKeepTheirBeginningAndLoseTheNamesOfClasses(final IOException e, final String reason) {
		for (final String tail : new String[] { e.toString(), e.getMessage(), e.getMessage() + ".", e + "." })
			assertEquals("The model could not be written to /m: " + reason + ".", UserMessage.of(new UncheckedIOException(
				"The model could not be written to /m: " + tail, e)).orElseThrow());
	}

	@Test
	void errorsWithoutAFileAreExplainedToo() {
		assertEquals("A file can't be read or written: the disk is full.", UserMessage.of(new IOException(new String(
			"No space left on device"))
		{

			@Override
			public synchronized Throwable fillInStackTrace() {
				return this;
			}
		}).orElseThrow());
		for (final Map.Entry<IOException, String> e : Map.of(new ZipException("zip END header not found"), "not a zip file",
			new EOFException(), "ends too early", new MalformedInputException(1), "not text in UTF-8").entrySet())
			assertTrue(UserMessage.of(new UncheckedIOException("The table /t can't be read: " + e.getKey(), e.getKey()))
				.orElseThrow().contains(e.getValue()));
	}

	@Test
	void theFirstThatWasWrittenForUsersWins() {
		final Throwable root = new NullPointerException("x is null"), inner = new IllegalStateException(
			"Networks need libtorch.", root);
		assertEquals("Networks need libtorch.", UserMessage.of(inner).orElseThrow());
		assertEquals("Networks need libtorch.", UserMessage.of(new ExecutionException(new IllegalStateException(inner)))
			.orElseThrow());
		assertEquals("Close it.", UserMessage.of(new IllegalArgumentException("Close it.", new IOException("inner")))
			.orElseThrow());
	}

	@Test
	void defectsAreNotDressedUp() {
		assertFalse(UserMessage.of(new NullPointerException("x is null")).isPresent());
		assertFalse(UserMessage.of(new ArrayIndexOutOfBoundsException(3)).isPresent());
		// Java's own complaint about an argument is not written for users.
		final IllegalArgumentException javas = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
			() -> new java.util.ArrayList<>(-1));
		assertFalse(UserMessage.of(javas).isPresent());
		assertFalse(UserMessage.of(new IllegalStateException(javas)).isPresent());
		assertFalse(UserMessage.of(new IllegalStateException()).isPresent());
	}

	@Test
	void exhaustedMemorySaysWhich() {
		final String heap = UserMessage.of(new IllegalStateException(new OutOfMemoryError("Java heap space"))).orElseThrow();
		assertTrue(heap.contains("Java heap space") && heap.contains("Memory & Threads"), heap);
		final String outside = UserMessage.of(new OutOfMemoryError("Cannot reserve 8 bytes of direct buffer memory"))
			.orElseThrow();
		assertTrue(outside.contains("outside of ImageJ's own"), outside);
		final String threads = UserMessage.of(new OutOfMemoryError("unable to create native thread")).orElseThrow();
		assertTrue(threads.contains("no more threads"), threads);
	}

	@Test
	void pathsThatTheSystemRefusesAreNamed() {
		final String message = UserMessage.of(new InvalidPathException("a|b", "Illegal char <|>", 1)).orElseThrow();
		assertTrue(message.contains("a|b") && message.contains("Illegal char"), message);
	}

	private String failure(final Class<? extends Command> command, final Map<String, Object> inputs) throws Exception {
		try (Context context = new Context(StatusService.class, EventService.class, EngineService.class)) {
			final Module module = new CommandInfo(command, command.getAnnotation(Plugin.class)).createModule();
			context.inject(module.getDelegateObject());
			if (module.getInfo().getInput("image") != null) module.setInput("image", TestImages.cells());
			inputs.forEach(module::setInput);
			try {
				module.run();
			}
			catch (final Throwable t) {
				return UserMessage.of(t).orElseThrow(() -> new AssertionError("unexpected", t));
			}
			throw new AssertionError("nothing was thrown for " + inputs);
		}
	}

	private Path file(final String name, final byte... content) throws IOException {
		return Files.write(temporary.resolve(name), content);
	}

	/** What a user reads when a file is not what it should be: one line that names it, without a word of Java. */
	@Test
	void ordinaryMistakesWithFilesAreClear() throws Exception {
		final Path folder = Files.createDirectory(temporary.resolve("a folder")), none = temporary.resolve("none.txt");
		final Path noZip = file("no.zip", (byte) 1, (byte) 2), noText = file("no.txt", (byte) 0xff, (byte) 0xfe, (byte) 0xc0);
		final Path empty = file("empty.zip");
		final Path truncated = temporary.resolve("truncated.zip");
		Files.write(truncated, java.util.Arrays.copyOf(Files.readAllBytes(Path.of("src/test/resources/models/format-1.zip")),
			2000));
		final Path under = noText.resolve("m.txt");
		final Map<String, String> messages = new java.util.LinkedHashMap<>();
		messages.put("none.txt", failure(ConvolveCommand.class, Map.of("kernel", none.toString())));
		messages.put("a folder", failure(ConvolveCommand.class, Map.of("kernel", folder.toString())));
		messages.put("no.txt", failure(ConvolveCommand.class, Map.of("kernel", noText.toString())));
		messages.put("a folder ", failure(ShowKernelCommand.class, Map.of("file", folder.toString())));
		messages.put("m.txt", failure(ShowKernelCommand.class, Map.of("file", under.toString())));
		messages.put("no.zip", failure(ApplyNetworkCommand.class, Map.of("model", noZip.toString())));
		messages.put("empty.zip", failure(ApplyNetworkCommand.class, Map.of("model", empty.toString())));
		messages.put("truncated.zip", failure(ApplyNetworkCommand.class, Map.of("model", truncated.toString())));
		messages.put("none.txt ", failure(ApplyNetworkCommand.class, Map.of("model", none.toString())));
		messages.put("a folder  ", failure(ApplyNetworkCommand.class, Map.of("model", folder.toString())));
		messages.put("no.txt ", failure(TrainSegmentationCommand.class, Map.of("labels", noText.toString(), "model", temporary
			.resolve("x.zip").toString())));
		messages.put("a folder   ", failure(TrainClassifierCommand.class, Map.of("folder", folder.toString(), "model", temporary
			.resolve("x.zip").toString())));
		messages.put("none.json", failure(NetworkSummaryCommand.class, Map.of("network", temporary.resolve("none.json")
			.toString())));
		messages.put("no.txt  ", failure(NetworkSummaryCommand.class, Map.of("network", noText.toString())));
		messages.forEach((name, message) -> {
			assertTrue(message.contains(name.strip()), name + ": " + message);
			assertFalse(message.contains("Exception") || message.contains("java.") || message.contains("Error:"), message);
			assertEquals(1, message.lines().count(), message);
		});
		assertEquals(14, messages.size());
	}

	@Test
	void aZipThatIsNoneIsToldFromADamagedDisk() throws IOException {
		final Path file = file("x.zip", (byte) 1);
		final IOException e = org.junit.jupiter.api.Assertions.assertThrows(IOException.class, () -> {
			try (ZipFile zip = new ZipFile(file.toFile())) {
				zip.size();
			}
		});
		assertTrue(UserMessage.of(e).orElseThrow().contains("not a zip file"));
	}
}
