package io.github.convoluta.network;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A letter of {@linkplain ArchitectureCode architecture codes} and the layer that it stands for.
 *
 * @param letter the letter
 * @param numbers which numbers may follow: {@code n} for one without a letter, {@code k}, {@code s} and {@code d} for
 *          those after these letters
 * @param reads what the layer can read
 * @param levels how many levels of resolution it goes down, which double the filters of later layers; negative for up
 * @param layer the layer with its numbers; refuses them by an IllegalArgumentException without a full stop
 */
public record CodeLetter(char letter, String numbers, Reads reads, int levels, Function<Numbers, Layer> layer) {

	/** What a layer can read; before one that needs a vector all values become one. */
	public enum Reads {
		ANYTHING, POSITIONS, VECTOR
	}

	/**
	 * The numbers that a layer is made with.
	 *
	 * @param dimensions number of spatial axes
	 * @param classes number of the network's classes
	 * @param filters usual number of filters at this resolution
	 * @param value the number right after the letter; this and the others are 0 where none was given
	 * @param size the number after {@code k}
	 * @param stride the number after {@code s}
	 * @param dilation the number after {@code d}
	 */
	public record Numbers(int dimensions, int classes, int filters, int value, int size, int stride, int dilation) {

		/** The number right after the letter, or the usual one. */
		int value(final int usual) {
			return value > 0 ? value : usual;
		}

		/** The same number for all axes; at least 1. */
		List<Integer> all(final int number) {
			return Collections.nCopies(dimensions, Math.max(1, number));
		}

		/** The window's extents, or the usual ones. */
		List<Integer> size(final int usual) {
			return all(size > 0 ? size : usual);
		}
	}

	/** A letter for a layer without numbers that reads anything. */
	static CodeLetter of(final char letter, final Layer layer) {
		return new CodeLetter(letter, "", Reads.ANYTHING, 0, n -> layer);
	}
}
