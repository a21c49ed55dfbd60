package io.github.convoluta.training;

import java.util.List;

/**
 * Several sets of samples as one, in their order. A batch may mix sets whose samples have the same shape.
 *
 * @param sets at least one
 */
public record JoinedSamples(List<Samples> sets) implements Samples {

	public JoinedSamples {
		sets = List.copyOf(sets);
		if (sets.isEmpty()) throw new IllegalArgumentException("There are no sets of samples to join.");
	}

	@Override
	public int size() {
		return sets.stream().mapToInt(Samples::size).sum();
	}

	@Override
	public int classOf(final int index) {
		final int set = set(index);
		return sets.get(set).classOf(index - first(set));
	}

	@Override
	public Batch batch(final int... indices) {
		final Batch[] single = new Batch[indices.length];
		int values = 0, targets = 0;
		for (int i = 0; i < indices.length; i++) {
			final int set = set(indices[i]);
			single[i] = sets.get(set).batch(indices[i] - first(set));
			values += single[i].input().length;
			targets += java.lang.reflect.Array.getLength(single[i].target());
		}
		final float[] input = new float[values];
		final Object target = single[0].target() instanceof long[] ? new long[targets] : new float[targets];
		for (int i = 0; i < single.length; i++) {
			final int n = values / single.length, m = targets / single.length;
			if (single[i].input().length != n) throw new IllegalArgumentException("Samples of " + java.util.Arrays.toString(
				single[i].shape()) + " and " + java.util.Arrays.toString(single[0].shape()) + " can't be in one batch.");
			System.arraycopy(single[i].input(), 0, input, i * n, n);
			System.arraycopy(single[i].target(), 0, target, i * m, m);
		}
		final long[] shape = single[0].shape().clone(), targetShape = single[0].targetShape().clone();
		shape[0] = targetShape[0] = single.length;
		return new Batch(input, shape, target, targetShape);
	}

	private int set(final int index) {
		int set = 0;
		for (int rest = index; rest >= sets.get(set).size(); set++)
			rest -= sets.get(set).size();
		return set;
	}

	private int first(final int set) {
		return sets.subList(0, set).stream().mapToInt(Samples::size).sum();
	}
}
