package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ij.IJ;
import io.github.convoluta.model.Credits;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.torch.TorchEngine;
import io.github.convoluta.training.ModelTraining;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandInfo;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.plugin.Plugin;

/** What becomes of files when trainings end well, badly, or early. */
class TrainingCommandTest {

	private static Context context;

	@TempDir
	Path folder;

	private Path model;

	@BeforeAll
	static void createContext() {
		context = new Context(StatusService.class, EventService.class, EngineService.class);
	}

	@AfterAll
	static void disposeContext() {
		context.dispose();
	}

	@BeforeEach
	void writeSignals() throws IOException {
		final StringBuilder table = new StringBuilder();
		for (int i = 0; i < 24; i++) {
			table.append(i % 2 == 0 ? "rising" : "falling");
			for (int x = 0; x < 8; x++)
				table.append(',').append((i % 2 == 0 ? x : 8 - x) + i % 5);
			table.append('\n');
		}
		Files.writeString(folder.resolve("signals.csv"), table);
		model = folder.resolve("m.zip");
	}

	/** Something happens when the files have been looked at, before the training. */
	public static class Disturbed extends TrainClassifierCommand {

		private Runnable action = () -> {};

		@Override
		ModelTraining.Outcome train(final CommandMonitor monitor) {
			action.run();
			return super.train(monitor);
		}
	}

	private Disturbed run(final Map<String, Object> inputs) throws Exception {
		return run(inputs, () -> {});
	}

	private Disturbed run(final Map<String, Object> inputs, final Runnable action) throws Exception {
		final Module module = new CommandInfo(Disturbed.class, TrainClassifierCommand.class.getAnnotation(Plugin.class))
			.createModule();
		final Disturbed command = (Disturbed) module.getDelegateObject();
		command.action = action;
		context.inject(command);
		final Map<String, Object> all = new HashMap<>(Map.of("folder", folder.resolve("signals.csv").toString(), "network",
			"mlp width=4 depth=1", "epochs", 2, "model", model.toString()));
		all.putAll(inputs);
		all.forEach(module::setInput);
		try {
			module.run();
		}
		finally {
			IJ.resetEscape();
		}
		return command;
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void aModelIsReplacedByAModelAndNothingElseIsLeft() throws Exception {
		run(Map.of());
		final TrainedModel first = ModelFile.read(model, new TorchEngine());
		assertEquals(List.of("m.zip", "signals.csv"), names());
		run(Map.of("model", folder.resolve("m").toString(), "seed", 2, "authors", "Jane Doe", "license", "MIT"));
		assertEquals(List.of("m.zip", "signals.csv"), names());
		final TrainedModel second = ModelFile.read(model, new TorchEngine());
		assertFalse(first.history().equals(second.history()));
		assertEquals(new Credits(List.of("Jane Doe"), "MIT"), second.about().credits());
	}

	@Test
	void anythingElseIsNotReplacedAndItsNameIsCheckedFirst() throws Exception {
		Files.writeString(model, "a thesis");
		final String table = Files.readString(folder.resolve("signals.csv"));
		for (final Path file : List.of(model, folder.resolve("signals.csv"), folder)) {
			final String message = assertThrows(IllegalArgumentException.class, () -> run(Map.of("model", file.toString(),
				"folder", "no such folder"))).getMessage();
			assertTrue(message.startsWith("model=" + file), message);
		}
		assertEquals("a thesis", Files.readString(model));
		assertEquals(table, Files.readString(folder.resolve("signals.csv")));
	}

	@Test
	void escapeBeforeTheFirstEpochKeepsTheGoodModel() throws Exception {
		run(Map.of());
		final byte[] before = Files.readAllBytes(model);
		final Disturbed command = run(Map.of(), () -> IJ.setKeyDown(KeyEvent.VK_ESCAPE));
		assertTrue(command.isCanceled());
		assertTrue(command.getCancelReason().matches("(?s).*(stopped|cancelled).*"), command.getCancelReason());
		assertArrayEquals(before, Files.readAllBytes(model));
		assertEquals(List.of("m.zip", "signals.csv"), names());
	}

	/** Another program writes a file of the model's name while the training runs. */
	@Test
	void whatCannotBeWrittenIsKeptAndCanBeFetched() throws Exception {
		final String message = assertThrows(UncheckedIOException.class, () -> run(Map.of(), () -> {
			try {
				Files.writeString(model, "a thesis");
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		})).getMessage();
		assertTrue(message.contains("It was written to " + folder.resolve("m (2).zip") + " instead"), message);
		assertTrue(message.contains("in 2 epochs is kept in " + folder.resolve("m.zip.checkpoints")) && message.contains(
			"resume=true"), message);
		assertEquals("a thesis", Files.readString(model));
		Files.delete(model);
		run(Map.of("resume", true));
		assertEquals(List.of("m (2).zip", "m.zip", "signals.csv"), names());
		final TrainedModel kept = ModelFile.read(folder.resolve("m (2).zip"), new TorchEngine()), fetched = ModelFile.read(model,
			new TorchEngine());
		assertEquals(kept.history(), fetched.history());
		for (int i = 0; i < kept.weights().arrays().size(); i++)
			assertArrayEquals(kept.weights().arrays().get(i), fetched.weights().arrays().get(i));
	}
}
