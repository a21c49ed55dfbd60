package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.scijava.command.Command;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;

/** Macros rely on labels, keys and values: these must not change. */
class CommandContractTest {

	private static final List<Class<? extends Command>> COMMANDS = FoundCommands.all();

	/** Whether what is made from the commands is to be written: {@code mvn test -Dtest=CommandContractTest -Dconvoluta.write=true}. */
	private static final boolean WRITES = Boolean.getBoolean("convoluta.write");

	private static void check(final Path file, final String expected) throws IOException {
		if (WRITES) Files.writeString(file, expected);
		else assertEquals(expected, Files.readString(file), file +
			" is not what the commands say; -Dconvoluta.write=true writes it anew");
	}

	@Test
	void thereAreCommands() {
		assertTrue(COMMANDS.size() >= 13, COMMANDS.toString());
	}

	/** New keys, choices and commands are written down beside the old ones, which can't go away. */
	@Test
	void labelsKeysAndValuesAreFrozen() throws IOException {
		final Path file = Path.of("src/test/resources/keys.txt");
		final String present = FrozenKeys.of(COMMANDS);
		assertEquals(List.of(), FrozenKeys.lost(Files.readString(file), present));
		check(file, present);
	}

	@Test
	void whatIsLostIsSeen() {
		final String frozen = "A...: a=x|y b\nB...:\n";
		assertEquals(List.of(), FrozenKeys.lost(frozen, "C...: c\nB...: d\nA...: e b a=z|y|x\n"));
		assertEquals(List.of("A... a=y", "A... b", "B... "), FrozenKeys.lost(frozen, "A...: a=x\n").stream().sorted().toList());
	}

	@Test
	void keysAreLowerCaseAndEveryKeyIsExplained() {
		for (final Class<? extends Command> command : COMMANDS)
			for (final Field field : Field.of(CommandHelp.info(command))) {
				assertEquals(field.key().toLowerCase(Locale.ROOT), field.key());
				assertTrue(field.key().matches("[a-z]+"), field.key());
				final String description = field.item().getDescription();
				assertFalse(description == null || description.isBlank(), field.key());
				assertTrue(CommandHelp.markdown(command).contains("| `" + field.key() + "` |"));
			}
	}

	@Test
	void pluginsConfigIsMadeFromTheAnnotations() throws IOException {
		check(Path.of("plugins.config"), MenuFile.of(COMMANDS));
	}

	@Test
	void everyCommandHasAPlaceOfItsOwnInTheMenu() {
		final Set<Integer> places = new HashSet<>();
		for (final Class<? extends Command> command : COMMANDS) {
			final Plugin plugin = command.getAnnotation(Plugin.class);
			assertEquals("Plugins>Convoluta>" + plugin.label(), plugin.menuPath());
			assertFalse(plugin.visible(), "a visible command would appear twice in Fiji");
			assertTrue(FoundCommands.place(plugin) != Integer.MAX_VALUE, command + " has no place in the menu");
			assertTrue(places.add(FoundCommands.place(plugin)), command + " has the place of another");
		}
	}

	@Test
	void theReadmeNamesEveryOutput() throws IOException {
		final String readme = Files.readString(Path.of("README.md"));
		for (final Class<? extends Command> command : COMMANDS)
			for (final ModuleItem<?> output : CommandHelp.info(command).outputs())
				assertTrue(readme.contains("`" + output.getName() + "`"), output.getName());
	}

	/** {@code HeadlessIT} runs every macro there is. */
	@Test
	void everyCommandHasAnExampleAmongTheMacros() throws IOException {
		final StringBuilder macros = new StringBuilder();
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			for (final Path file : files.toList())
				macros.append(Files.readString(file));
		}
		for (final Class<? extends Command> command : COMMANDS)
			assertTrue(macros.indexOf("run(\"" + CommandHelp.title(command) + "\"") >= 0, CommandHelp.title(command));
	}

	@Test
	void theReadmesReferenceIsWhatTheCommandsSay() throws IOException {
		final Path readme = Path.of("README.md");
		final String text = Files.readString(readme);
		final String begin = "<!-- reference begins -->\n", end = "<!-- reference ends -->";
		final StringBuilder reference = new StringBuilder();
		for (final Class<? extends Command> command : COMMANDS)
			reference.append('\n').append(CommandHelp.markdown(command));
		reference.append('\n').append(CatalogueReference.markdown()).append('\n');
		final int from = text.indexOf(begin) + begin.length(), to = text.indexOf(end);
		if (WRITES) Files.writeString(readme, text.substring(0, from) + reference + text.substring(to));
		else assertEquals(reference.toString(), text.substring(from, to));
	}
}
