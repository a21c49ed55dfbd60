package io.github.convoluta.command;

import java.util.Locale;
import java.util.Map;

import ij.plugin.frame.Recorder;
import org.scijava.command.Command;

/** Lines of commands in ImageJ's recorder, with every key. */
public final class RecordedLine {

	private RecordedLine() {}

	/** Adds an option to the line that is being recorded. */
	public static void option(final String key, final String value) {
		Recorder.recordOption(key, escaped(value));
	}

	/**
	 * Records a line for what was done without the command's dialog, if the recorder is open.
	 *
	 * @param values by keys; other keys get their default values
	 */
	static void write(final Class<? extends Command> command, final Map<String, ?> values) {
		if (!Recorder.record) return;
		Recorder.setCommand(CommandHelp.title(command));
		for (final Field field : Field.of(CommandHelp.info(command)))
			option(field.key(), text(values.containsKey(field.key()) ? values.get(field.key()) : field.item().getDefaultValue()));
		Recorder.saveCommand();
	}

	/** A value as a macro has it: the shortest text of a number, with a decimal point. */
	public static String text(final Object value) {
		if (value instanceof final Double d) return d == Math.rint(d) && Math.abs(d) < 1e15 ? String.format(Locale.ROOT, "%d", d
			.longValue()) : Double.toString(d);
		return value == null ? "" : value.toString();
	}

	/** A value as the recorder is to write it; it adds brackets by itself where there are spaces. */
	public static String escaped(final String value) {
		final String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
		return escaped.startsWith("[") && escaped.indexOf(' ') < 0 ? "[" + escaped + "]" : escaped;
	}
}
