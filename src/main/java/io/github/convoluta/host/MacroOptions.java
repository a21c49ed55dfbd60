package io.github.convoluta.host;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.macro.Interpreter;
import io.github.convoluta.command.Field;
import io.github.convoluta.image.OpenImages;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * The options of a macro call, checked against a command's parameters: {@code key=value}, {@code key=[a value with
 * spaces]}, or a bare {@code flag}, which means true. Keys are matched whatever their case; keys that are not given have
 * their default value. The key of an image, which some recorded lines hold, means an open image's title or ID.
 *
 * @param values a value for every parameter that was given
 * @param wantsHelp whether the call asks for the help text only
 */
record MacroOptions(Map<String, Object> values, boolean wantsHelp) {

	private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
	private static final Set<String> NOT_FINITE = Set.of("nan", "infinity", "-infinity", "+infinity", "inf", "-inf");

	/**
	 * @throws IllegalArgumentException naming key and value and what is allowed
	 */
	static MacroOptions parse(final String options, final CommandInfo info) {
		final Map<String, ModuleItem<?>> keys = new LinkedHashMap<>();
		final Map<String, Object> values = new LinkedHashMap<>();
		final Set<String> words = new HashSet<>(Set.of("help", "preview"));
		for (final Field field : Field.of(info))
			keys.put(field.key(), field.item());
		words.addAll(keys.keySet());
		for (final ModuleItem<?> item : info.inputs())
			if (item.getType() == ImagePlus.class) words.add(item.getName());
		boolean help = false;
		for (final Map.Entry<String, String> option : split(options, words).entrySet()) {
			final String key = option.getKey();
			final ModuleItem<?> item = keys.get(key);
			if (item != null) values.put(key, value(item, option.getValue()));
			else if (key.equals("help")) help = true;
			else if (info.getInput(key) != null && info.getInput(key).getType() == ImagePlus.class) values.put(key, OpenImages
				.named(key, option.getValue()));
			else if (!key.equals("preview")) throw new IllegalArgumentException(info.getLabel() + " has no key \"" + key +
				"\". Its keys are " + String.join(", ", keys.keySet()) + ". Values with spaces need brackets: key=[a b].");
		}
		return new MacroOptions(values, help);
	}

	/**
	 * Keys in lower case with their values, in the order they were written; a bare flag has the value true.
	 *
	 * @param words keys that may stand bare after a value in brackets
	 */
	private static Map<String, String> split(final String options, final Set<String> words) {
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
			final String key = options.substring(start, i).toLowerCase(Locale.ROOT), value;
			if (i >= options.length() || options.charAt(i) != '=') value = "true";
			else {
				final int from = ++i;
				final int end = from < options.length() && options.charAt(from) == '[' ? closing(options, from, words) : -1;
				i = end < 0 ? wordEnd(options, from) : end + 1;
				value = end < 0 ? variable(options.substring(from, i)) : options.substring(from + 1, end);
			}
			if (result.putIfAbsent(key, value) != null) throw new IllegalArgumentException("The key \"" + key +
				"\" is given twice, as [" + result.get(key) + "] and as [" + value + "]. Give it once.");
		}
		return result;
	}

	/**
	 * Where a value in brackets ends: values such as paths may hold brackets of their own, also single ones, so that it is
	 * the first closing bracket that nothing or another option follows; where that leaves a choice, a bracket that closes
	 * an inner one does not count. -1 if the first bracket is just a character of a word, as in {@code [1]/a.zip}.
	 */
	private static int closing(final String options, final int open, final Set<String> words) {
		int outer = -1, inner = -1, any = -1, depth = 0;
		for (int i = open; i < options.length() && outer < 0; i++) {
			if (options.charAt(i) == '[') depth++;
			if (options.charAt(i) != ']') continue;
			depth--;
			if (i + 1 < options.length() && !Character.isWhitespace(options.charAt(i + 1))) continue;
			if (any < 0) any = i;
			if (!isOption(options.substring(i + 1).strip(), words)) continue;
			if (depth <= 0) outer = i;
			else if (inner < 0) inner = i;
		}
		final int found = outer >= 0 ? outer : inner >= 0 ? inner : any;
		if (found < 0 && options.substring(open, wordEnd(options, open)).indexOf(']') < 0) throw new IllegalArgumentException(
			"The option " + options.substring(open) + " has an opening bracket without a closing one.");
		return found;
	}

	/** Whether a text begins as options do. */
	private static boolean isOption(final String text, final Set<String> words) {
		final String word = text.substring(0, wordEnd(text, 0)).toLowerCase(Locale.ROOT);
		return word.isEmpty() || words.contains(word) || word.matches("\\p{L}+=.*");
	}

	private static int wordEnd(final String text, final int from) {
		int i = from;
		while (i < text.length() && !Character.isWhitespace(text.charAt(i)))
			i++;
		return i;
	}

	/** {@code &name} stands for the value of a macro variable. */
	private static String variable(final String value) {
		final Interpreter interpreter = Interpreter.getInstance();
		final String found = value.startsWith("&") && interpreter != null ? interpreter.getVariableAsString(value.substring(1))
			: null;
		return found == null ? value : found;
	}

	/**
	 * A value as the parameter's type has it.
	 *
	 * @throws IllegalArgumentException naming key, value and what is allowed
	 */
	static Object value(final ModuleItem<?> item, final String text) {
		final Class<?> type = Types.box(item.getType());
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
		final boolean whole = type == Integer.class || type == Long.class;
		// Java would also take "5d" and "0x1p1".
		final boolean isNumber = NUMBER.matcher(text).matches();
		final double value = isNumber ? Double.parseDouble(text) : Double.NaN;
		if (!isNumber && !NOT_FINITE.contains(text.toLowerCase(Locale.ROOT))) throw new IllegalArgumentException(item.getName() +
			"=" + text + " is not a number.");
		if (!Double.isFinite(value) || whole && value != Math.rint(value)) throw new IllegalArgumentException(item.getName() +
			"=" + text + " is not a " + (whole ? "whole" : "finite") + " number.");
		final Object min = orLimit(item.getMinimumValue(), type, Integer.MIN_VALUE);
		final Object max = orLimit(item.getMaximumValue(), type, Integer.MAX_VALUE);
		if (min != null && value < ((Number) min).doubleValue() || max != null && value > ((Number) max).doubleValue())
			throw new IllegalArgumentException(item.getName() + "=" + text + " is out of range; allowed is " + (min == null
				? "up to " + max : max == null ? "at least " + min : min + " to " + max) + ".");
		return type == Integer.class ? (Object) (int) value : type == Long.class ? (Object) (long) value : (Object) value;
	}

	/** Whole numbers have limits even where a parameter names none. */
	private static Object orLimit(final Object declared, final Class<?> type, final int limit) {
		return declared == null && type == Integer.class ? Integer.valueOf(limit) : declared;
	}
}
