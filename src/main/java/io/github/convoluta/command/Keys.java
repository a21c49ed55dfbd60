package io.github.convoluta.command;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.convoluta.kernel.KernelText;

/** Turns the values of macro keys into numbers and choices, with errors that name key, value and what is allowed. */
final class Keys {

	/** Characters of a value that messages repeat. */
	private static final int LONGEST = 80;

	private Keys() {}

	/** The constant of {@code type} that {@code value} names, in whatever case. */
	static <E extends Enum<E>> E choice(final String key, final String value, final Class<E> type) {
		for (final E constant : type.getEnumConstants())
			if (name(constant).equalsIgnoreCase(value.strip())) return constant;
		throw new IllegalArgumentException(key + "=" + value + " is not known; allowed are " + Arrays.stream(type
			.getEnumConstants()).map(Keys::name).collect(Collectors.joining(", ")) + ".");
	}

	private static String name(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whole numbers, one per axis; a single one is repeated.
	 *
	 * @param least the smallest number allowed
	 */
	static int[] perAxis(final String key, final String value, final int axes, final int least) {
		return perAxis(key, value, axes, least, Integer.MAX_VALUE);
	}

	/**
	 * The same, with a largest number allowed.
	 */
	static int[] perAxis(final String key, final String value, final int axes, final int least, final int most) {
		final double[] numbers = numbers(key, value);
		if (numbers.length != 1 && numbers.length != axes) throw new IllegalArgumentException(key + "=[" + value + "] has " +
			numbers.length + " numbers, but there " + (axes == 1 ? "is one axis" : "are " + axes +
				" axes: give one number for all, or one per axis, x first") + ".");
		final int[] result = new int[axes];
		for (int d = 0; d < axes; d++) {
			final double v = numbers[numbers.length == 1 ? 0 : d];
			if (v != Math.rint(v) || v < least || v > most) throw new IllegalArgumentException(key + "=[" + value +
				"] must be whole numbers from " + least + " to " + most + ".");
			result[d] = (int) v;
		}
		return result;
	}

	/** A list of numbers, at least one. */
	static double[] numbers(final String key, final String value) {
		try {
			return KernelText.parseNumbers(value);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(key + "=[" + value + "]: give numbers separated by spaces. " + e.getMessage(), e);
		}
	}

	/**
	 * What {@code meaning} makes of a key's value.
	 *
	 * @throws IllegalArgumentException where {@code meaning} does, naming the key
	 */
	static <T> T meaning(final String key, final String value, final Supplier<T> meaning) {
		try {
			return meaning.get();
		}
		catch (final UncheckedIOException e) {
			final String message = e.getMessage();
			throw message == null || message.equals(String.valueOf(e.getCause())) ? e : new UncheckedIOException(about(key,
				value) + message, e.getCause());
		}
		catch (final IllegalArgumentException e) {
			if (e.getMessage() == null || named(key, e.getMessage())) throw e;
			throw new IllegalArgumentException(about(key, value) + e.getMessage(), e);
		}
	}

	/** Whether a message says already which key is meant, this one or one that goes with it. */
	private static boolean named(final String key, final String message) {
		return message.startsWith(key + " ") || message.matches("(?s)[a-z]+=.*");
	}

	private static String about(final String key, final String value) {
		final String line = value.strip().replaceAll("\\s*\\R\\s*", "; ");
		return key + "=[" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line) + "]: ";
	}

	/** The same for what gives no result. */
	static void meaning(final String key, final String value, final Runnable use) {
		meaning(key, value, () -> {
			use.run();
			return null;
		});
	}

	/** @throws IllegalArgumentException if there is no image, or none that could be found */
	static void requireImage(final ImagePlus image) {
		if (image == null || image.getWidth() == 0) throw new IllegalArgumentException(
			"There is no image open. Open an image first.");
	}

	/** A number that 32-bit images can hold. */
	static double sample(final String key, final double value) {
		return number(key, value, -Float.MAX_VALUE, Float.MAX_VALUE);
	}

	/** A number within a range. */
	static double number(final String key, final double value, final double min, final double max) {
		if (!(value >= min && value <= max)) throw new IllegalArgumentException(key + "=" + value +
			" is out of range; allowed is " + min + " to " + max + ".");
		return value;
	}
}
