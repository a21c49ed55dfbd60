package io.github.convoluta.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ij.macro.Interpreter;
import io.github.convoluta.command.CommandHelp;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.util.ClassUtils;

/**
 * The options of a macro call, checked against a command's parameters: {@code key=value}, {@code key=[a value with
 * spaces]}, or a bare {@code flag}, which means true. Keys are matched whatever their case; keys that are not given have
 * their default value.
 *
 * @param values a value for every parameter that was given
 * @param wantsHelp whether the call asks for the help text only
 */
record MacroOptions(Map<String, Object> values, boolean wantsHelp) {

	/**
	 * @throws IllegalArgumentException naming key and value and what is allowed
	 */
	static MacroOptions parse(final String options, final CommandInfo info) {
		final Map<String, ModuleItem<?>> keys = new LinkedHashMap<>();
		for (final ModuleItem<?> item : info.inputs())
			if (CommandHelp.isKey(item)) keys.put(item.getName(), item);
		final Map<String, Object> values = new LinkedHashMap<>();
		boolean help = false;
		for (final Map.Entry<String, String> option : split(options).entrySet()) {
			final String key = option.getKey();
			final ModuleItem<?> item = keys.get(key);
			if (item != null) values.put(key, value(item, option.getValue()));
			else if (key.equals("help")) help = true;
			else if (!key.equals("preview")) throw new IllegalArgumentException(info.getLabel() + " has no key \"" + key +
				"\". Its keys are " + String.join(", ", keys.keySet()) + ". Values with spaces need brackets: key=[a b].");
		}
		return new MacroOptions(values, help);
	}

	/** Keys in lower case with their values, in the order they were written; a bare flag has the value true. */
	static Map<String, String> split(final String options) {
		final Map<String, String> result = new LinkedHashMap<>();
		int i = 0;
		while (i < options.length()) {
			if (Character.isWhitespace(options.charAt(i))) {
				i++;
				continue;
			}
			final int start = i;
			while (i < options.length() && options.charAt(i) != '=' && !Character.isWhitespace(options.charAt(i)))
				i++;
			final String key = options.substring(start, i).toLowerCase(Locale.ROOT);
			if (i >= options.length() || options.charAt(i) != '=') {
				result.put(key, "true");
				continue;
			}
			final int from = ++i;
			if (from < options.length() && options.charAt(from) == '[') {
				final int end = options.indexOf(']', from);
				if (end < 0) throw new IllegalArgumentException("The option " + options.substring(start) +
					" has an opening bracket without a closing one.");
				result.put(key, options.substring(from + 1, end));
				i = end + 1;
			}
			else {
				while (i < options.length() && !Character.isWhitespace(options.charAt(i)))
					i++;
				result.put(key, variable(options.substring(from, i)));
			}
		}
		return result;
	}

	/** {@code &name} stands for the value of a macro variable. */
	private static String variable(final String value) {
		final Interpreter interpreter = Interpreter.getInstance();
		final String found = value.startsWith("&") && interpreter != null ? interpreter.getVariableAsString(value.substring(
			1)) : null;
		return found == null ? value : found;
	}

	private static Object value(final ModuleItem<?> item, final String text) {
		final Class<?> type = ClassUtils.getNonprimitiveType(item.getType());
		final String name = item.getName();
		if (type == Boolean.class) return switch (text.toLowerCase(Locale.ROOT)) {
			case "", "true", "yes", "1", "on" -> true;
			case "false", "no", "0", "off" -> false;
			default -> throw new IllegalArgumentException(name + "=" + text + " is not known; allowed are true and false.");
		};
		if (Number.class.isAssignableFrom(type)) return number(item, type, text);
		if (item.getChoices() != null && !item.getChoices().isEmpty()) return choice(item, text);
		return text;
	}

	private static Object choice(final ModuleItem<?> item, final String text) {
		final List<?> choices = item.getChoices();
		for (final Object choice : choices)
			if (choice.toString().equalsIgnoreCase(text)) return choice;
		throw new IllegalArgumentException(item.getName() + "=" + text + " is not known; allowed are " + String.join(", ",
			choices.stream().map(Object::toString).toList()) + ".");
	}

	private static Object number(final ModuleItem<?> item, final Class<?> type, final String text) {
		final double value;
		try {
			value = Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(item.getName() + "=" + text + " is not a number.", e);
		}
		final boolean whole = type == Integer.class || type == Long.class;
		if (!Double.isFinite(value) || whole && value != Math.rint(value)) throw new IllegalArgumentException(item.getName() +
			"=" + text + " is not a " + (whole ? "whole" : "finite") + " number.");
		final Object min = item.getMinimumValue(), max = item.getMaximumValue();
		if (min != null && value < ((Number) min).doubleValue() || max != null && value > ((Number) max).doubleValue())
			throw new IllegalArgumentException(item.getName() + "=" + text + " is out of range; allowed is " + (min == null
				? "up to " + max : max == null ? "at least " + min : min + " to " + max) + ".");
		return type == Integer.class ? (Object) (int) value : type == Long.class ? (Object) (long) value : (Object) value;
	}
}
