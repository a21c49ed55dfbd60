package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many input samples beyond a part of an image must be computed along with it, so that this part's results are those
 * of the whole image. The part begins and ends at multiples of the network's {@link Network#divisor()}. The numbers are
 * exact for networks of layers that see a limited surrounding; see {@link Network#seesWholeInput()} for others.
 *
 * @param before samples needed before the part, x first
 * @param after samples needed behind it
 */
public record Halo(List<Integer> before, List<Integer> after) {

	/** Extents tried to find one that all layers fit. */
	private static final long LARGEST = 1L << 24;

	public Halo {
		before = List.copyOf(before);
		after = List.copyOf(after);
	}

	/**
	 * {@return the halo of a network that gives a result for every input sample}
	 *
	 * @param network any
	 * @throws IllegalArgumentException if it does not, or joins values of different resolution
	 */
	public static Halo of(final Network network) {
		final int[] divisor = network.divisor(), extents = fitting(network, divisor);
		final List<Shape> shapes = network.shapes(extents);
		final List<Integer> before = new ArrayList<>(), after = new ArrayList<>();
		for (int d = 0; d < divisor.length; d++) {
			final Ratio[] steps = network.steps(d);
			checkJoins(network, steps);
			final long part = divisor[d];
			final Span[] needed = network.sources(d, new Span(0, part - 1), shapes, extents[d]);
			long least = 0, most = 0;
			for (int i = Network.INPUT; i < steps.length; i++) {
				final Span span = needed[i + 1];
				if (span == null) continue;
				final Ratio step = i == Network.INPUT ? Ratio.ONE : steps[i];
				final int extent = i == Network.INPUT ? extents[d] : shapes.get(i).spatial().get(d);
				// Every layer's results must lie within what it computes for the block, not only the input's samples: padding and
				// cropping between two layers depend on where the block begins and ends.
				least = Math.max(least, step.inputs(-span.first()));
				most = Math.max(most, step.inputs(span.last() + 1 - extent) + extents[d] - part);
			}
			before.add(Math.toIntExact(least));
			after.add(Math.toIntExact(most));
		}
		return new Halo(before, after);
	}

	/** {@return the larger side along each axis, x first} */
	public int[] larger() {
		final int[] larger = new int[before.size()];
		for (int d = 0; d < larger.length; d++)
			larger[d] = Math.max(before.get(d), after.get(d));
		return larger;
	}

	/** Multiples of the divisor that the network takes, and for which it gives a result of the same extents. */
	private static int[] fitting(final Network network, final int[] divisor) {
		if (!network.isDense()) throw new IllegalArgumentException("For every pixel the network \"" + network.name() +
			"\" must give a result, but it gives one for the whole input.");
		IllegalArgumentException first = null;
		for (long k = 1; k <= LARGEST; k *= 2) {
			final int[] extents = new int[divisor.length];
			for (int d = 0; d < extents.length; d++)
				extents[d] = (int) Math.min(k * divisor[d], LARGEST / divisor[d] * divisor[d]);
			try {
				final List<Shape> shapes = network.shapes(extents);
				checkSize(network, extents, shapes.get(shapes.size() - 1));
				return extents;
			}
			catch (final IllegalArgumentException e) {
				if (first == null) first = e;
			}
		}
		throw first;
	}

	private static void checkSize(final Network network, final int[] extents, final Shape result) {
		final List<Integer> expected = Arrays.stream(extents).boxed().toList();
		if (!result.spatial().equals(expected)) throw new IllegalArgumentException("For every pixel the network \"" + network
			.name() + "\" must give a result, but for an input of " + new Shape(expected, network.channels()) + " it gives " +
			result + ".");
	}

	private static void checkJoins(final Network network, final Ratio[] steps) {
		for (final Network.Node node : network.nodes())
			if (node.inputs().stream().map(i -> i == Network.INPUT ? Ratio.ONE : steps[i]).distinct().count() > 1)
				throw new IllegalArgumentException("Layer " + node.name() + " of the network \"" + network.name() +
					"\" joins values of different resolution, so results depend on the image's size.");
	}
}
