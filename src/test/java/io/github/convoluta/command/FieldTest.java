package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.convoluta.kernel.KernelSource;
import io.github.convoluta.network.NetworkSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

/** What dialogs need to know of the parameters. */
class FieldTest {

	static List<Class<? extends Command>> commands() {
		return FoundCommands.all();
	}

	private static CommandInfo info(final Class<? extends Command> command) {
		return CommandHelp.info(command);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyKeyHasOneField(final Class<? extends Command> command) {
		final List<String> fields = Field.of(info(command)).stream().map(Field::key).sorted().toList();
		final List<String> keys = new java.util.ArrayList<>();
		for (final ModuleItem<?> item : info(command).inputs())
			if (CommandHelp.isKey(item)) keys.add(item.getName());
		keys.sort(null);
		assertEquals(keys, fields);
	}

	/** Fields of superclasses would come first, and new ones last. */
	@ParameterizedTest
	@MethodSource("commands")
	void theFormNamesEveryKeyInItsPlace(final Class<? extends Command> command) {
		final List<String> fields = Field.of(info(command)).stream().map(Field::key).toList();
		if (!fields.isEmpty()) assertEquals(command.getAnnotation(Form.class).order(), String.join(" ", fields));
	}

	/** What has no default comes first, what may stay empty last. */
	@ParameterizedTest
	@MethodSource("commands")
	void theFormAsksForWhatIsNeededFirst(final Class<? extends Command> command) {
		final List<Integer> groups = Field.of(info(command)).stream().map(f -> !f.item().isRequired() ? 2 : "".equals(f.item()
			.getDefaultValue()) ? 0 : 1).toList();
		assertEquals(groups.stream().sorted().toList(), groups);
	}

	/**
	 * A key that several commands have is declared once, or means something else; what no common superclass can declare, since
	 * a class has but one, is alike.
	 */
	@Test
	void whatCommandsShareIsDeclaredOnce() {
		final Map<String, Map<String, Set<String>>> declarations = new TreeMap<>();
		for (final Class<? extends Command> command : commands())
			for (final Field field : Field.of(info(command))) {
				final String where = info(command).getInput(field.key()).getField().getDeclaringClass().getSimpleName();
				declarations.computeIfAbsent(field.key(), k -> new TreeMap<>()).computeIfAbsent(field.item().getLabel() + field
					.item().getChoices() + field.item().getDescription(), k -> new TreeSet<>()).add(where);
			}
		final Set<String> twice = new TreeSet<>();
		declarations.forEach((key, meanings) -> meanings.values().stream().filter(classes -> classes.size() > 1).forEach(
			classes -> twice.add(key + " in " + classes)));
		assertEquals(Set.of("border in [BorderedFilterCommand, MovingAverageCommand]",
			"classweights in [TrainClassifierCommand, TrainSegmentationCommand]",
			"network in [NetworkSummaryCommand, TrainingCommand]", "normalize in [ConvolveCommand, ShowKernelCommand]"), twice);
	}

	/** ImageJ finds keys by searching: one that ends like another would be taken for it. */
	@ParameterizedTest
	@MethodSource("commands")
	void noKeyEndsLikeAnother(final Class<? extends Command> command) {
		final List<Field> fields = Field.of(info(command));
		for (final Field a : fields)
			for (final Field b : fields)
				assertFalse(a != b && a.key().endsWith(b.key()), a.key() + " and " + b.key());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void conditionsNameKeysAndValuesThatThereAre(final Class<? extends Command> command) {
		final Map<String, Field> byKey = new HashMap<>();
		for (final Field field : Field.of(info(command)))
			byKey.put(field.key(), field);
		for (final Field field : byKey.values())
			for (final Field.Condition condition : field.when()) {
				final Field other = byKey.get(condition.key());
				assertNotNull(other, field.key() + " depends on " + condition.key());
				for (final String value : condition.values())
					assertTrue(other.kind() == Field.Kind.FLAG ? value.matches("true|false") : other.item().getChoices().contains(
						value), condition.toString());
			}
	}

	@Test
	void fieldsApplyToWhatTheyAreFor() {
		final Map<String, Field> edges = new HashMap<>();
		for (final Field field : Field.of(info(EdgesCommand.class)))
			edges.put(field.key(), field);
		final String[][] expected = { { "sobel", "default", "" }, { "laplacian", "crossings", "low" }, { "log", "default",
			"sigma unit" }, { "gaussian", "magnitude", "sigma unit" }, { "canny", "default", "sigma unit low high" } };
		for (final String[] row : expected) {
			final Map<String, String> values = Map.of("operator", row[0], "result", row[1]);
			for (final String key : new String[] { "sigma", "unit", "low", "high" })
				assertEquals(List.of(row[2].split(" ")).contains(key), edges.get(key).applies(values), key + " of " + row[0]);
		}
		for (final Field field : Field.of(info(PoolCommand.class)))
			assertEquals(!List.of("window", "stride", "pad", "partial").contains(field.key()), field.applies(Map.of("global",
				"true")), field.key());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whatIsProposedCanBeUsed(final Class<? extends Command> command) {
		for (final Field field : Field.of(info(command)))
			for (final String suggestion : field.suggestions())
				if (field.key().equals("kernel")) assertNotNull(KernelSource.resolve(suggestion, 2));
				else if (field.key().equals("network")) assertNotNull(NetworkSource.resolve(suggestion, suggestion.startsWith(
					"timeseries") ? 1 : 2, 1, 2));
	}
}
