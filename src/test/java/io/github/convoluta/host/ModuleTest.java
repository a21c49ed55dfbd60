package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import ij.ImagePlus;
import io.github.convoluta.command.CommandHelp;
import io.github.convoluta.command.ConvolveCommand;
import io.github.convoluta.command.EdgesCommand;
import io.github.convoluta.command.Field;
import io.github.convoluta.command.FoundCommands;
import io.github.convoluta.command.NeededInputs;
import io.github.convoluta.command.UserMessage;
import io.github.convoluta.image.TestImages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Cancelable;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptModule;
import org.scijava.util.POM;

/** Every command as a module of SciJava's: for programs, for scripts, and for the search bar. */
class ModuleTest {

	/** Groovy as Fiji has it. */
	public static final class Groovy extends AdaptedScriptLanguage {

		public Groovy() {
			super("groovy");
		}
	}

	@TempDir
	private Path folder;
	private FijiContext fiji;

	@BeforeEach
	void create() {
		fiji = new FijiContext();
		fiji.addDialog();
	}

	@AfterEach
	void dispose() {
		fiji.close();
	}

	static List<Class<? extends Command>> commands() {
		return FoundCommands.all();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void theSearchBarShowsWhatACommandIsFor(final Class<? extends Command> command) {
		final CommandInfo info = CommandHelp.info(command);
		assertTrue(info.isValid(), () -> info.getProblems().toString());
		assertFalse(info.getLabel().isBlank());
		assertEquals(info.getLabel(), info.getMenuPath().getLeaf().getName());
		assertEquals("Plugins", info.getMenuPath().get(0).getName());
		assertEquals("Convoluta", info.getMenuPath().get(1).getName());
		assertTrue(info.getDescription().matches("[A-Z].{30,}\\."), info.getDescription());
		assertTrue(info.canRunHeadless());
		for (final ModuleItem<?> item : info.inputs())
			if (CommandHelp.isKey(item)) assertFalse(item.getLabel().isBlank(), item.getName());
		assertEquals("https://imagej.net/plugins/convoluta", POM.getPOM(command).getProjectURL());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whoGivesWhatACommandNeedsGetsItsResult(final Class<? extends Command> command) throws Exception {
		final Module module = fiji.run(command, NeededInputs.of(command, folder));
		final boolean takesNothing = NeededInputs.of(command, folder).isEmpty();
		if (takesNothing && !Field.of(CommandHelp.info(command)).isEmpty()) assertTrue(FijiContext.reason(module).startsWith(
			"asked for "));
		else assertResult(command, module);
		assertEquals(0, fiji.service(DisplayService.class).getDisplays().size());
		assertEquals(List.of(), fiji.errors());
	}

	/** The first key alone is enough for the others to have their defaults. */
	@ParameterizedTest
	@MethodSource("commands")
	void nothingIsAskedOfWhoGivesAKey(final Class<? extends Command> command) throws Exception {
		final Map<String, Object> inputs = NeededInputs.of(command, folder);
		final List<Field> fields = Field.of(CommandHelp.info(command));
		if (fields.isEmpty()) return;
		inputs.putIfAbsent(fields.get(0).key(), fields.get(0).item().getDefaultValue());
		assertResult(command, fiji.run(command, inputs));
	}

	private static void assertResult(final Class<? extends Command> command, final Module module) {
		assertFalse(((Cancelable) module).isCanceled(), FijiContext.reason(module));
		final List<String> results = new ArrayList<>();
		for (final ModuleItem<?> item : CommandHelp.info(command).outputs()) {
			final Object result = module.getOutput(item.getName());
			if (result == null) continue;
			assertInstanceOf(item.getType(), result);
			results.add(item.getName());
		}
		assertFalse(results.isEmpty(), "a command without a result");
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whatIsWrongIsTheReasonOrTheException(final Class<? extends Command> command) throws Exception {
		final Map<String, Object> inputs = NeededInputs.of(command, folder);
		final Field wrong = Field.of(CommandHelp.info(command)).stream().filter(f -> f.item().getType() == String.class && f
			.kind() != Field.Kind.SAVED_FILE).findFirst().orElse(null);
		if (wrong == null) return;
		inputs.put(wrong.key(), folder.resolve("none/none").toString());
		final String reason = FijiContext.reason(fiji.run(command, inputs));
		assertTrue(reason.contains(wrong.key() + "="), reason);
		assertEquals(List.of(), fiji.errors());
		final ExecutionException thrown = assertThrows(ExecutionException.class, () -> fiji.service(CommandService.class).run(
			command, false, inputs).get());
		assertTrue(UserMessage.of(thrown.getCause()).orElseThrow().contains(wrong.key() + "="));
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whatIsMissingIsSaid(final Class<? extends Command> command) throws Exception {
		final CommandInfo info = CommandHelp.info(command);
		for (final String needed : NeededInputs.of(command, folder).keySet()) {
			final Map<String, Object> inputs = NeededInputs.of(command, folder);
			if (inputs.size() == 1 || info.getInput(needed).getDefaultValue() != null && !"".equals(info.getInput(needed)
				.getDefaultValue())) continue;
			inputs.remove(needed);
			final ExecutionException thrown = assertThrows(ExecutionException.class, () -> fiji.service(CommandService.class).run(
				command, false, inputs).get(), needed);
			final String message = UserMessage.of(thrown.getCause()).orElseThrow(() -> new AssertionError(needed, thrown));
			assertTrue(message.contains(needed), message);
		}
	}

	/** A script gives the same today and tomorrow. */
	@Test
	void whatWasEnteredInADialogDoesNotCount() throws Exception {
		final CommandInfo info = CommandHelp.info(EdgesCommand.class);
		@SuppressWarnings("unchecked")
		final ModuleItem<String> operator = (ModuleItem<String>) (ModuleItem<?>) info.getInput("operator");
		fiji.service(ModuleService.class).save(operator, "canny");
		try {
			final Module module = fiji.run(EdgesCommand.class, Map.of("image", TestImages.cells()));
			assertEquals("sobel", module.getInput("operator"));
		}
		finally {
			fiji.service(ModuleService.class).save(operator, "sobel");
		}
	}

	@Test
	void theExampleOfTheManual() throws Exception {
		final ImagePlus image = TestImages.cells();
		final Module module = fiji.service(CommandService.class).run(ConvolveCommand.class, true, "image", image, "kernel",
			"sobel x").get();
		final ImagePlus filtered = (ImagePlus) module.getOutput("filtered");
		assertEquals(32, filtered.getBitDepth());
		assertEquals("cells-convolved", filtered.getTitle());
	}

	/** Scripts have decimals and texts of their own kinds. */
	@Test
	void scriptsGetTheSameAsPrograms() throws Exception {
		final ScriptInfo info = new ScriptInfo(fiji.service(CommandService.class).context(), "script.groovy", new StringReader(
			"""
					#@ CommandService commands
					#@ ij.ImagePlus picture
					#@output ij.ImagePlus edges
					s = 2
					blurred = commands.run("io.github.convoluta.command.ConvolveCommand", true, "image", picture, "kernel", "gaussian ${s}").get().getOutput("filtered")
					edges = commands.run("io.github.convoluta.command.EdgesCommand", true, "image", blurred, "operator", "gaussian", "sigma", 1.5).get().getOutput("filtered")
					"""));
		info.setLanguage(new Groovy());
		final ScriptModule script = info.createModule();
		script.setContext(fiji.service(CommandService.class).context());
		script.setInput("commands", fiji.service(CommandService.class));
		script.setInput("picture", TestImages.cells());
		script.run();
		assertEquals(List.of(), fiji.errors());
		final Map<String, Object> first = new HashMap<>(Map.of("image", TestImages.cells(), "kernel", "gaussian 2"));
		final Object blurred = fiji.run(ConvolveCommand.class, first).getOutput("filtered");
		final ImagePlus expected = (ImagePlus) fiji.run(EdgesCommand.class, Map.of("image", blurred, "operator", "gaussian",
			"sigma", 1.5)).getOutput("filtered");
		final ImagePlus edges = (ImagePlus) script.getOutput("edges");
		assertNotNull(edges);
		assertArrayEquals((float[]) expected.getProcessor().getPixels(), (float[]) edges.getProcessor().getPixels());
	}
}
