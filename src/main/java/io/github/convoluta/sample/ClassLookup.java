package io.github.convoluta.sample;

import java.util.Arrays;

import io.github.convoluta.engine.Target;

/**
 * Finds the classes of label values, whatever their range: neighbours are mostly of the same class, and others are looked
 * up among the sorted values. For one thread at a time.
 */
final class ClassLookup {

	private final float[] values;
	private final boolean sparse;
	private float last = Float.NaN;
	private long lastClass = Target.IGNORED;

	/** @param values rising, each exact as a float */
	ClassLookup(final long[] values, final boolean sparse) {
		this.values = new float[values.length];
		for (int i = 0; i < values.length; i++)
			this.values[i] = values[i];
		this.sparse = sparse;
	}

	/** The class, from 0 on, or {@link Target#IGNORED}. */
	long classOf(final float value) {
		if (value == last) return lastClass;
		last = value;
		// The sum makes of a negative zero, which would be sorted before it, a positive one.
		final int place = sparse && value == 0 ? -1 : Arrays.binarySearch(values, value + 0f);
		return lastClass = place < 0 ? Target.IGNORED : place;
	}
}
