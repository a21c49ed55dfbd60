package io.github.convoluta.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Extents of the values between two layers, without the batch: along x, y, z as far as there are such axes, and the
 * number of channels. A flat vector has no spatial axes.
 *
 * @param spatial extents along x, y, z; empty for a vector
 * @param channels number of channels, or the length of a vector
 */
public record Shape(List<Integer> spatial, int channels) {

	public Shape {
		spatial = List.copyOf(spatial);
		if (channels < 1 || spatial.stream().anyMatch(s -> s < 1)) throw new IllegalArgumentException(
			"A shape needs extents of at least 1, but " + spatial + " with " + channels + " channels was given.");
	}

	/**
	 * {@return a vector}
	 *
	 * @param length number of values
	 */
	public static Shape vector(final int length) {
		return new Shape(List.of(), length);
	}

	/**
	 * Reads {@code 28x28x1}: x, y, z as far as there are such axes, then channels.
	 *
	 * @param text whole numbers with {@code x} between them
	 * @return the shape
	 * @throws IllegalArgumentException if the text is no such list of 2 to 4 whole numbers, or they are too large
	 */
	public static Shape parse(final String text) {
		final List<Integer> numbers = new ArrayList<>();
		for (final String token : text.strip().split("\\s*[xX\u00d7,]\\s*|\\s+")) {
			if (!token.matches("\\d+")) throw new IllegalArgumentException("\"" + text +
				"\" is no input size. Write x, y, z and channels, such as 28x28x1, or 64x64x32x1 for stacks.");
			if (!token.matches("0*[1-9]\\d{0,8}")) throw new IllegalArgumentException("The input size " + text +
				" has an extent out of range; allowed is 1 to 999999999.");
			numbers.add(Integer.parseInt(token));
		}
		if (numbers.size() < 2 || numbers.size() > 4) throw new IllegalArgumentException("The input size " + text + " has " +
			numbers.size() + " numbers; give 1 to 3 extents and the channels, such as 28x28x1.");
		final BigInteger count = numbers.stream().map(n -> BigInteger.valueOf(n)).reduce(BigInteger.ONE, BigInteger::multiply);
		if (count.compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) > 0) throw new IllegalArgumentException("The input size " +
			text + " has " + count + " values; a sample can have 1 to " + Integer.MAX_VALUE + ".");
		return new Shape(numbers.subList(0, numbers.size() - 1), numbers.get(numbers.size() - 1));
	}

	/** {@return the number of spatial axes; 0 for a vector} */
	public int dimensions() {
		return spatial.size();
	}

	/** {@return the number of values} */
	public long count() {
		return spatial.stream().mapToLong(s -> s).reduce(channels, Math::multiplyExact);
	}

	/** The same spatial extents with other channels. */
	Shape withChannels(final int newChannels) {
		return new Shape(spatial, newChannels);
	}

	/** Extents and channels, such as {@code 24x24x32}. */
	@Override
	public String toString() {
		return spatial.isEmpty() ? Integer.toString(channels) : spatial.stream().map(s -> s + "x").collect(Collectors
			.joining()) + channels;
	}

	/** The spatial extents alone, such as {@code 24x24}. */
	String spatialText() {
		return spatial.stream().map(String::valueOf).collect(Collectors.joining("x"));
	}
}
