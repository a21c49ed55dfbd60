package io.github.convoluta.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.network.Architectures;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPathTest {

	@TempDir
	Path folder;

	private Path parsed(final String name) {
		return folder.relativize(ModelPath.parse(folder.resolve(name).toString()).file());
	}

	private static Path zip(final Path file, final String entry, final String text) throws IOException {
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry(entry));
			zip.write(text.getBytes());
		}
		return file;
	}

	@Test
	void namesWithoutAnExtensionGetOne() {
		assertEquals("cells.zip", parsed("cells").toString());
		assertEquals("cells 0.5.zip", parsed("cells 0.5").toString());
		assertEquals(".hidden.zip", parsed(".hidden").toString());
		assertEquals("cells.ZIP", parsed("cells.ZIP").toString());
		assertEquals("cells.model", parsed("cells.model").toString());
		assertEquals("m.zip.checkpoints", ModelPath.parse("m").checkpoints().getFileName().toString());
		assertTrue(ModelPath.parse("m").file().isAbsolute());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelPath.parse(" ")).getMessage().contains(
			"model is empty"));
		for (final String text : new String[] { folder.toString(), folder + "/new/", "/" })
			assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelPath.parse(text)).getMessage().contains(
				"is a folder"), text);
	}

	@Test
	void modelsAreFoundByTheNameTheyWereTrainedWith() {
		final Path file = folder.resolve("m.zip");
		ModelFile.write(ExampleModel.segmentation(1, 1, ""), ExampleModel.COVER, file, new TorchEngine());
		assertEquals(file, ModelPath.existing(folder.resolve("m").toString()));
		assertEquals(file, ModelPath.existing(file.toString()));
		assertEquals(folder.resolve("none"), ModelPath.existing(folder.resolve("none").toString()));
	}

	/** By what is in it: a name says nothing. */
	@Test
	void onlyAModelOrNothingMayStandThere() throws IOException {
		final Path text = Files.writeString(folder.resolve("thesis.zip"), "text"), archive = zip(folder.resolve("data.zip"),
			"a.txt", "text"), foreign = zip(folder.resolve("foreign.zip"), "rdf.yaml", "name: of another program\n"), damaged =
				zip(folder.resolve("damaged.zip"), "rdf.yaml", "{"), empty = Files.createFile(folder.resolve("empty.zip"));
		for (final Path file : List.of(text, archive, foreign, damaged, empty)) {
			final byte[] before = Files.readAllBytes(file);
			assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelPath.parse(file.toString()).check()).getMessage()
				.contains("is no model of this program"), file.toString());
			assertArrayEquals(before, Files.readAllBytes(file));
		}
		final Path model = folder.resolve("picture.tif");
		ModelFile.write(ExampleModel.segmentation(1, 1, ""), ExampleModel.COVER, model, new TorchEngine());
		ModelPath.parse(model.toString()).check();
		final Path newer = zip(folder.resolve("newer.zip"), "rdf.yaml", "config:\n  convoluta:\n    format: 99\n");
		ModelPath.parse(newer.toString()).check();
		ModelPath.parse(folder.resolve("new.zip").toString()).check();
		assertFalse(Files.exists(folder.resolve("new.zip")));
	}

	@Test
	void foldersAreMadeAndWhatCannotBeOneIsNamed() throws IOException {
		ModelPath.parse(folder.resolve("a/b/m").toString()).check();
		try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
			assertEquals(0, files.count());
		}
		final Path file = Files.writeString(folder.resolve("notes"), "");
		final String message = assertThrows(UncheckedIOException.class, () -> ModelPath.parse(file.resolve("m.zip").toString())
			.check()).getMessage();
		assertTrue(message.startsWith("model=" + file.resolve("m.zip") + " can't be written: ") && message.contains(file
			.toString()), message);
	}

	@Test
	void modelsThatDoNotFitOnTheDiskAreRefused() {
		final ModelPath path = ModelPath.parse(folder.resolve("m").toString());
		final String message = assertThrows(IllegalArgumentException.class, () -> path.requireRoom(Long.MAX_VALUE)).getMessage();
		assertTrue(message.contains("need 9223372036.85 GB") && message.contains("Make room"), message);
		path.requireRoom(Architectures.create("unet depth=2 width=4", 2, 1, 2), 16, 16);
	}

	/** What came there during a training is not replaced, and what was learnt is not lost. */
	@Test
	void aModelIsKeptBesideWhatIsInItsPlace() throws IOException {
		final TrainedModel model = ExampleModel.segmentation(1, 1, "");
		final Path text = Files.writeString(folder.resolve("m.zip"), "text"), taken = Files.createDirectory(folder.resolve(
			"n.zip"));
		for (final Path file : List.of(text, taken)) {
			final String message = assertThrows(UncheckedIOException.class, () -> ModelFile.write(model, ExampleModel.COVER, file,
				new TorchEngine())).getMessage();
			final Path kept = folder.resolve(file.getFileName().toString().replace(".zip", " (2).zip"));
			assertTrue(message.contains("It was written to " + kept + " instead"), message);
			assertEquals(model.about(), ModelFile.read(kept, new TorchEngine()).about());
		}
		assertEquals("text", Files.readString(text));
		assertTrue(Files.isDirectory(taken));
	}
}
