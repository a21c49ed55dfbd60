package io.github.convoluta.filter;

/**
 * What a filter sees beyond the image, for the samples {@code a b c d}:
 * <ul>
 * <li>zero: {@code 0 0 | a b c d | 0 0}</li>
 * <li>constant: {@code v v | a b c d | v v}</li>
 * <li>replicate: {@code a a | a b c d | d d}</li>
 * <li>mirror, the edge sample repeated: {@code b a | a b c d | d c}</li>
 * <li>reflect, the edge sample not repeated: {@code c b | a b c d | c b}</li>
 * <li>periodic: {@code c d | a b c d | a b}</li>
 * </ul>
 *
 * @param mode the rule
 * @param value the constant; 0 for every other rule
 */
public record Border(Mode mode, float value) {

	/** The rules; see {@link Border}. */
	public enum Mode {
		/** Zeros. */
		ZERO,
		/** A constant. */
		CONSTANT,
		/** The edge sample. */
		REPLICATE,
		/** The image mirrored, its edge sample repeated. */
		MIRROR,
		/** The image mirrored about its edge sample. */
		REFLECT,
		/** The image again and again. */
		PERIODIC
	}

	/** Zeros beyond the image. */
	public static final Border ZERO = new Border(Mode.ZERO, 0);
	/** The edge sample beyond the image. */
	public static final Border REPLICATE = new Border(Mode.REPLICATE, 0);
	/** The image mirrored, its edge sample repeated. */
	public static final Border MIRROR = new Border(Mode.MIRROR, 0);
	/** The image mirrored about its edge sample. */
	public static final Border REFLECT = new Border(Mode.REFLECT, 0);
	/** The image again and again. */
	public static final Border PERIODIC = new Border(Mode.PERIODIC, 0);

	/**
	 * {@return a border of one number}
	 *
	 * @param value a number that 32 bits can hold
	 */
	public static Border constant(final double value) {
		return new Border(Mode.CONSTANT, (float) value);
	}

	/**
	 * {@return the border of a mode, with the value that only {@link Mode#CONSTANT} uses}
	 *
	 * @param mode the rule
	 * @param value the constant
	 */
	public static Border of(final Mode mode, final double value) {
		return new Border(mode, mode == Mode.CONSTANT ? (float) value : 0);
	}

	/** {@return the index within {@code 0 .. size - 1} that position {@code i} shows, or -1 where the constant shows} */
	public long index(final long i, final long size) {
		if (i >= 0 && i < size) return i;
		return switch (mode) {
			case ZERO, CONSTANT -> -1;
			case REPLICATE -> i < 0 ? 0 : size - 1;
			case PERIODIC -> Math.floorMod(i, size);
			case MIRROR -> {
				final long m = Math.floorMod(i, 2 * size);
				yield m < size ? m : 2 * size - 1 - m;
			}
			case REFLECT -> {
				if (size == 1) yield 0;
				final long m = Math.floorMod(i, 2 * size - 2);
				yield m < size ? m : 2 * size - 2 - m;
			}
		};
	}
}
