package io.github.convoluta.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * Objects of two label images of the same extents, and how far they cover each other. 0 and NaN are background; every
 * other value is an object.
 *
 * @param truths pixels of each true object, by its label
 * @param predictions pixels of each predicted one
 * @param shared pixels that a true and a predicted object share, where there are any
 */
public record ObjectOverlaps(Map<Float, Long> truths, Map<Float, Long> predictions, Map<Pair, Long> shared) {

	/**
	 * Labels of a true and a predicted object.
	 */
	public record Pair(float truth, float predicted) {}

	/**
	 * Reads both images once, row by row.
	 *
	 * @throws IllegalArgumentException if extents differ
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public static ObjectOverlaps of(final RandomAccessibleInterval<?> truth, final RandomAccessibleInterval<?> predicted,
		final Monitor monitor)
	{
		if (!Arrays.equals(truth.dimensionsAsLongArray(), predicted.dimensionsAsLongArray())) throw new IllegalArgumentException(
			"The images to compare have extents of " + Arrays.toString(truth.dimensionsAsLongArray()) + " and " + Arrays.toString(
				predicted.dimensionsAsLongArray()) + " pixels. They must be the same.");
		final Map<Float, Long> truths = new TreeMap<>(), predictions = new TreeMap<>();
		final Map<Pair, Long> shared = new HashMap<>();
		final int n = truth.numDimensions(), width = Math.toIntExact(truth.dimension(0));
		final BlockReader a = BlockReader.of(truth, Border.REPLICATE), b = BlockReader.of(predicted, Border.REPLICATE);
		final float[] t = new float[width], p = new float[width];
		final int[] size = new int[n];
		Arrays.fill(size, 1);
		size[0] = width;
		final long[] at = new long[n];
		final long rows = truth.size() / width;
		for (long row = 0; row < rows; row++) {
			if ((row & 127) == 0) monitor.progress((double) row / rows);
			a.read(at, size, t, 0);
			b.read(at, size, p, 0);
			for (int x = 0; x < width;) {
				final int from = x++;
				while (x < width && t[x] == t[from] && p[x] == p[from])
					x++;
				final long count = x - from;
				final boolean isTrue = isObject(t[from]), isPredicted = isObject(p[from]);
				if (isTrue) truths.merge(t[from], count, Long::sum);
				if (isPredicted) predictions.merge(p[from], count, Long::sum);
				if (isTrue && isPredicted) shared.merge(new Pair(t[from], p[from]), count, Long::sum);
			}
			for (int d = 1; d < n && ++at[d] == truth.dimension(d); d++)
				at[d] = 0;
		}
		monitor.progress(1);
		return new ObjectOverlaps(truths, predictions, shared);
	}

	private static boolean isObject(final float value) {
		return value != 0 && !Float.isNaN(value);
	}

	/** Shared pixels over all pixels of both objects, from 0 to 1. */
	public double iou(final Pair pair) {
		final long both = shared.getOrDefault(pair, 0L);
		return (double) both / (truths.get(pair.truth()) + predictions.get(pair.predicted()) - both);
	}

	/**
	 * Matches objects one to one: as many pairs as can be of at least the threshold, and of all such matchings the one with
	 * the largest sum of IoU, as StarDist does.
	 *
	 * @param threshold least IoU of a pair, above 0 and up to 1
	 * @throws IllegalArgumentException if it is out of range
	 */
	public ObjectMatching match(final double threshold) {
		if (!(threshold > 0 && threshold <= 1)) throw new IllegalArgumentException("An IoU threshold of " + threshold +
			" is out of range; give numbers above 0 and up to 1, such as 0.5.");
		final Map<Float, List<Pair>> byTruth = new LinkedHashMap<>(), byPrediction = new LinkedHashMap<>();
		shared.keySet().stream().filter(pair -> iou(pair) >= threshold).sorted((a, b) -> a.truth() != b.truth() ? Float.compare(a
			.truth(), b.truth()) : Float.compare(a.predicted(), b.predicted())).forEach(pair -> {
				byTruth.computeIfAbsent(pair.truth(), t -> new ArrayList<>()).add(pair);
				byPrediction.computeIfAbsent(pair.predicted(), p -> new ArrayList<>()).add(pair);
			});
		final Map<Pair, Double> matched = new LinkedHashMap<>();
		while (!byTruth.isEmpty()) {
			final List<Pair> group = group(byTruth.keySet().iterator().next(), byTruth, byPrediction);
			for (final Pair pair : group.size() == 1 ? group : BestMatching.of(group, this::iou))
				matched.put(pair, iou(pair));
		}
		return new ObjectMatching(threshold, truths.size(), predictions.size(), matched);
	}

	/** Takes all pairs that hang together with a true object out of both maps. */
	private static List<Pair> group(final Float truth, final Map<Float, List<Pair>> byTruth,
		final Map<Float, List<Pair>> byPrediction)
	{
		final List<Pair> group = new ArrayList<>();
		final List<Float> open = new ArrayList<>(List.of(truth));
		while (!open.isEmpty()) {
			final List<Pair> own = byTruth.remove(open.remove(open.size() - 1));
			if (own == null) continue;
			group.addAll(own);
			for (final Pair pair : own) {
				final List<Pair> others = byPrediction.remove(pair.predicted());
				if (others != null) others.forEach(o -> open.add(o.truth()));
			}
		}
		return group;
	}
}
