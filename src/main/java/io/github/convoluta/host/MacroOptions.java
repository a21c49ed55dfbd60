package io.github.convoluta.host;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import ij.Macro;
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
		for (final String key : keys(options)) {
			final ModuleItem<?> item = keys.get(key);
			if (item != null) values.put(key, value(item, Macro.getValue(options, key, "true")));
			else if (key.equals("help")) help = true;
			else if (!key.equals("preview")) throw new IllegalArgumentException(info.getLabel() + " has no key \"" + key +
				"\". Its keys are " + String.join(", ", keys.keySet()) + ". Values with spaces need brackets: key=[a b].");
		}
		return new MacroOptions(values, help);
	}

	/** The keys in the order they were written, in lower case. */
	static Set<String> keys(final String options) {
		final Set<String> keys = new LinkedHashSet<>();
		int i = 0;
		while (i < options.length()) {
			if (Character.isWhitespace(options.charAt(i))) {
				i++;
				continue;
			}
			final int start = i;
			while (i < options.length() && options.charAt(i) != '=' && !Character.isWhitespace(options.charAt(i)))
				i++;
			keys.add(options.substring(start, i).toLowerCase(Locale.ROOT));
			if (i >= options.length() || options.charAt(i) != '=') continue;
			i++;
			if (i < options.length() && options.charAt(i) == '[') {
				final int end = options.indexOf(']', i);
				if (end < 0) throw new IllegalArgumentException("The option " + options.substring(start) +
					" has an opening bracket without a closing one.");
				i = end + 1;
			}
			else while (i < options.length() && !Character.isWhitespace(options.charAt(i)))
				i++;
		}
		return keys;
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
