package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import io.github.convoluta.image.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.plugin.Plugin;

/** Whoever gets a value wrong must read which. */
class MessagesNameKeysTest {

	private static final String NONSENSE = "?!";

	@TempDir
	Path temporary;

	static List<Class<? extends Command>> commands() {
		return FoundCommands.all();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyMessageAboutAKeyNamesIt(final Class<? extends Command> command) throws Exception {
		final List<String> silent = new ArrayList<>();
		try (Context context = new Context(StatusService.class, EventService.class, EngineService.class)) {
			final CommandInfo info = new CommandInfo(command, command.getAnnotation(Plugin.class));
			for (final Field field : Field.of(info)) {
				if (field.item().getType() != String.class || !isChecked(command, field)) continue;
				final Module module = info.createModule();
				context.inject(module.getDelegateObject());
				NeededInputs.of(command, temporary).forEach(module::setInput);
				module.setInput(field.key(), field.kind().isPath() ? temporary.resolve("none/none").toString() : NONSENSE);
				try {
					module.run();
					silent.add(field.key() + " is accepted");
				}
				catch (final RuntimeException e) {
					final String message = UserMessage.of(e).orElse("defect " + e);
					if (!message.contains(field.key() + "=")) silent.add(field.key() + ": " + message);
				}
			}
		}
		assertTrue(silent.isEmpty(), String.join("\n", silent));
	}

	/**
	 * Files are written wherever there is room for them, only large results go into a folder, and authors, titles and the
	 * class of what is outside of regions are called anything.
	 */
	private static boolean isChecked(final Class<? extends Command> command, final Field field) {
		final boolean large = FilterCommand.class.isAssignableFrom(command) && field.key().equals("folder");
		final boolean isName = field.key().equals("authors") || command == LabelsFromRoisCommand.class && List.of("background",
			"title").contains(field.key());
		return !large && field.kind() != Field.Kind.SAVED_FILE && !isName;
	}

	/** The advice is about the key that the command has. */
	@ParameterizedTest
	@MethodSource("alongOneAxis")
	void anAxisThatTheImageLacksIsNamedByItsKey(final Class<? extends Command> command) throws Exception {
		try (Context context = new Context(StatusService.class, EventService.class, EngineService.class)) {
			for (final String axis : List.of("Z", "T")) {
				final Module module = new CommandInfo(command, command.getAnnotation(Plugin.class)).createModule();
				context.inject(module.getDelegateObject());
				module.setInput("image", TestImages.cells());
				module.setInput("axis", axis);
				final String message = UserMessage.of(assertThrows(RuntimeException.class, module::run)).orElseThrow();
				assertTrue(message.startsWith("axis=" + axis + " needs a " + (axis.equals("Z") ? "z-stack" : "time series") +
					", but "), message);
				assertFalse(message.contains("axes="), message);
			}
		}
	}

	static List<Class<? extends Command>> alongOneAxis() {
		return List.of(MovingAverageCommand.class, DifferenceEquationCommand.class);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1e10 })
	void labelsThatAreNoClassesToo(final double factor) throws Exception {
		final ImagePlus labels = TestImages.cells();
		labels.setProcessor(labels.getProcessor().convertToFloat());
		labels.getProcessor().multiply(factor);
		final Path file = temporary.resolve("none.tif");
		IJ.saveAsTiff(labels, file.toString());
		try (Context context = new Context(StatusService.class, EventService.class, EngineService.class)) {
			final Module module = new CommandInfo(TrainSegmentationCommand.class, TrainSegmentationCommand.class.getAnnotation(
				Plugin.class)).createModule();
			context.inject(module.getDelegateObject());
			module.setInput("image", TestImages.cells());
			module.setInput("labels", file.toString());
			module.setInput("model", temporary.resolve("m.zip").toString());
			final String message = UserMessage.of(assertThrows(RuntimeException.class, module::run)).orElseThrow();
			assertTrue(message.startsWith("labels=["), message);
		}
	}

	@Test
	void kernelsToo() {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Keys.meaning("kernel", "1 x\n1",
			() -> {
				throw new IllegalArgumentException("Row 1.");
			}));
		assertEquals("kernel=[1 x; 1]: Row 1.", e.getMessage());
	}
}
