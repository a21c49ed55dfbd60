package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.scijava.command.Command;

/**
 * Labels, keys and choices as macros rely on them, one command a line, as in {@code Pool n-D...: operation=max|min window};
 * what was written down once may get company, but never goes away.
 */
final class FrozenKeys {

	private FrozenKeys() {}

	static String of(final List<Class<? extends Command>> commands) {
		return commands.stream().map(FrozenKeys::line).collect(Collectors.joining());
	}

	private static String line(final Class<? extends Command> command) {
		final StringBuilder s = new StringBuilder(CommandHelp.title(command)).append(":");
		for (final Field field : Field.of(CommandHelp.info(command))) {
			s.append(' ').append(field.key());
			if (field.kind() == Field.Kind.CHOICE) s.append('=').append(field.item().getChoices().stream().map(Object::toString)
				.map(choice -> choice.replace(' ', '_')).collect(Collectors.joining("|")));
		}
		return s.append('\n').toString();
	}

	/** What {@code frozen} has and {@code present} has not. */
	static List<String> lost(final String frozen, final String present) {
		final Map<String, Map<String, List<String>>> there = parse(present);
		final List<String> lost = new ArrayList<>();
		parse(frozen).forEach((label, keys) -> keys.forEach((key, choices) -> {
			final List<String> now = there.getOrDefault(label, Map.of()).get(key);
			if (now == null) lost.add(label + " " + key);
			else choices.stream().filter(choice -> !now.contains(choice)).forEach(choice -> lost.add(label + " " + key + "=" +
				choice));
		}));
		return lost;
	}

	/** Choices by key by label; the label itself is a key without choices. */
	private static Map<String, Map<String, List<String>>> parse(final String text) {
		final Map<String, Map<String, List<String>>> commands = new HashMap<>();
		for (final String line : text.lines().toList()) {
			final String[] sides = line.split(":", 2);
			final Map<String, List<String>> keys = new HashMap<>(Map.of("", List.of()));
			for (final String key : sides[1].isBlank() ? new String[0] : sides[1].strip().split(" "))
				keys.put(key.split("=")[0], key.contains("=") ? List.of(key.split("=", 2)[1].split("\\|")) : List.of());
			commands.put(sides[0], keys);
		}
		return commands;
	}
}
