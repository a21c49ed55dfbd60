package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.scijava.InstantiableException;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;
import org.scijava.widget.FileWidget;
import org.scijava.widget.TextWidget;

/**
 * One field of a command's dialog, as the command's parameters declare it, by their types and styles and by the attributes
 * that this class names, in the place that the command's {@link Form} gives it. The macro keys do not depend on any of this.
 *
 * @param item the parameter
 * @param kind what is entered
 * @param unit what a number counts, or empty
 * @param suggestions values to choose from where others are possible too, or empty
 * @param takes what else a text may name, so that it can be looked for
 * @param when values of other fields with which this one has a meaning: one of the entries must hold; empty for always
 */
public record Field(ModuleItem<?> item, Kind kind, String unit, List<String> suggestions, Set<Source> takes,
	List<Condition> when)
{

	/** Attribute of a number: what it counts, such as {@code pixels}. */
	public static final String UNIT = "unit";
	/** Attribute of a text: values to choose from, separated by {@code |}, where macros may give others too. */
	public static final String SUGGESTIONS = "suggestions";
	/** Attribute of a text: {@code image}, {@code file} or {@code image|file} if it may also name one. */
	public static final String TAKES = "takes";
	/** Style of a text that names an open image, or a file of one. */
	public static final String IMAGE_STYLE = "image";

	/** What is entered. */
	public enum Kind {

		FLAG, CHOICE, NUMBER, TEXT, LINES, IMAGE, OPENED_FILE, SAVED_FILE, FILE_OR_FOLDER, FOLDER;

		/** Whether the text is the path of a file or folder. */
		public boolean isPath() {
			return compareTo(OPENED_FILE) >= 0;
		}
	}

	/** What a text may name. */
	public enum Source {
		/** An open image, by its title. */
		IMAGE,
		/** A file, by its path. */
		FILE
	}

	/** Values of another field. */
	public record Condition(String key, List<String> values) {

		private static Condition parse(final String text) {
			final String[] sides = text.strip().split("=", 2);
			return new Condition(sides[0], List.of(sides[1].split("\\|")));
		}
	}

	/** The fields of a command in the order of its {@link Form}. */
	public static List<Field> of(final CommandInfo command) {
		final Form form = form(command);
		final List<String> order = form == null ? List.of() : List.of(form.order().split(" "));
		final List<Field> fields = new ArrayList<>();
		for (final ModuleItem<?> item : command.inputs())
			if (CommandHelp.isKey(item)) fields.add(of(item, form == null ? List.of() : conditions(form, item.getName())));
		fields.sort(Comparator.comparingInt(field -> order.contains(field.key()) ? order.indexOf(field.key()) : order.size()));
		return fields;
	}

	private static Form form(final CommandInfo command) {
		try {
			return command.loadClass().getAnnotation(Form.class);
		}
		catch (final InstantiableException e) {
			throw new IllegalStateException(e);
		}
	}

	private static List<Condition> conditions(final Form form, final String key) {
		return Arrays.stream(form.when()).map(rule -> rule.split(": ")).filter(rule -> List.of(rule[0].split(" ")).contains(key))
			.flatMap(rule -> Arrays.stream(rule[1].split(","))).map(Condition::parse).toList();
	}

	private static Field of(final ModuleItem<?> item, final List<Condition> when) {
		final Kind kind = kind(item);
		final Set<Source> takes = EnumSet.noneOf(Source.class);
		for (final String source : list(item.get(TAKES)))
			takes.add(Source.valueOf(source.toUpperCase(Locale.ROOT)));
		if (kind.isPath() || kind == Kind.IMAGE) takes.add(Source.FILE);
		if (kind == Kind.IMAGE) takes.add(Source.IMAGE);
		final String unit = item.get(UNIT);
		return new Field(item, kind, unit == null ? "" : unit, list(item.get(SUGGESTIONS)), Set.copyOf(takes), when);
	}

	private static List<String> list(final String attribute) {
		return attribute == null ? List.of() : List.of(attribute.split("\\|"));
	}

	private static Kind kind(final ModuleItem<?> item) {
		final Class<?> type = Types.box(item.getType());
		if (type == Boolean.class) return Kind.FLAG;
		if (Number.class.isAssignableFrom(type)) return Kind.NUMBER;
		if (item.getChoices() != null && !item.getChoices().isEmpty()) return Kind.CHOICE;
		return switch (item.getWidgetStyle() == null ? "" : item.getWidgetStyle()) {
			case TextWidget.AREA_STYLE -> Kind.LINES;
			case IMAGE_STYLE -> Kind.IMAGE;
			case FileWidget.OPEN_STYLE -> Kind.OPENED_FILE;
			case FileWidget.SAVE_STYLE -> Kind.SAVED_FILE;
			case FileWidget.FILE_AND_DIRECTORY_STYLE -> Kind.FILE_OR_FOLDER;
			case FileWidget.DIRECTORY_STYLE -> Kind.FOLDER;
			default -> Kind.TEXT;
		};
	}

	/** The macro key. */
	public String key() {
		return item.getName();
	}

	/** Whether the field has a meaning. */
	public boolean applies(final Map<String, String> values) {
		return when.isEmpty() || when.stream().anyMatch(c -> c.values().contains(values.get(c.key())));
	}
}
