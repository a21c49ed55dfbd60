package io.github.convoluta.command;

import java.util.List;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;
import org.scijava.util.Types;

/** Help texts, made from the parameters of the commands, so that they always fit. */
public final class CommandHelp {

	private CommandHelp() {}

	/** Label of a command as in the menu. */
	public static String title(final Class<?> command) {
		return command.getAnnotation(Plugin.class).label();
	}

	/** What SciJava knows of a command. */
	public static CommandInfo info(final Class<? extends Command> command) {
		return new CommandInfo(command, command.getAnnotation(Plugin.class));
	}

	/** The command's section of the reference, in Markdown. */
	public static String markdown(final Class<? extends Command> command) {
		final StringBuilder s = new StringBuilder("### ").append(title(command)).append("\n\n").append(command.getAnnotation(
			Plugin.class).description()).append("\n");
		final List<Field> fields = Field.of(info(command));
		if (!fields.isEmpty()) s.append("\n| Key | Values [default] | Meaning |\n|---|---|---|\n");
		for (final Field field : fields) {
			final ModuleItem<?> item = field.item();
			s.append("| `").append(item.getName()).append("` | ").append(values(item)).append(" | ").append(item.getDescription())
				.append(" |\n");
		}
		return s.toString();
	}

	/** Whether a parameter is a macro key: a text, number or yes-no that a user can choose. */
	public static boolean isKey(final ModuleItem<?> item) {
		final Class<?> type = Types.box(item.getType());
		final boolean isValue = type == String.class || type == Boolean.class || Number.class.isAssignableFrom(type);
		return item.isInput() && item.getVisibility() != ItemVisibility.MESSAGE && isValue && !isForDialog(item);
	}

	/** Whether a parameter has a meaning in dialogs only. */
	public static boolean isForDialog(final ModuleItem<?> item) {
		return item.getName().equals("preview");
	}

	private static String values(final ModuleItem<?> item) {
		if (item.getChoices() != null && !item.getChoices().isEmpty()) return String.join(", ", item.getChoices().stream().map(
			Object::toString).toList()) + " [" + item.getDefaultValue() + "]";
		if (item.getType() == boolean.class || item.getType() == Boolean.class) return "true, false [" + item.getDefaultValue() +
			"]";
		final String range = item.getMinimumValue() == null ? "" : item.getMaximumValue() == null ? "at least " + item
			.getMinimumValue() + " " : item.getMinimumValue() + " to " + item.getMaximumValue() + " ";
		return range + "[" + item.getDefaultValue() + "]";
	}
}
