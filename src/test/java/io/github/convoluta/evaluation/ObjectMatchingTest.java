package io.github.convoluta.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.convoluta.filter.Monitor;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Matched objects against the best of all possible matchings, and measures counted by hand. */
class ObjectMatchingTest {

	private static ObjectOverlaps overlaps(final float[] truth, final float[] predicted) {
		return ObjectOverlaps.of(ArrayImgs.floats(truth, truth.length), ArrayImgs.floats(predicted, predicted.length),
			Monitor.NONE);
	}

	@Test
	void measuresCountedByHand() {
		final float[] truth = { 1, 1, 1, 1, 0, 2, 2, 0, 3, 3, 3, 0 }, predicted = { 9, 9, 9, 0, 0, 0, 0, 0, 4, 4, 4, 4 };
		final ObjectMatching m = overlaps(truth, predicted).match(0.5);
		assertEquals(2, m.found());
		assertEquals(0, m.wrong());
		assertEquals(1, m.missed());
		assertEquals(1, m.precision());
		assertEquals(2.0 / 3, m.recall(), 1e-15);
		assertEquals(0.8, m.f1(), 1e-15);
		assertEquals(2.0 / 3, m.averagePrecision(), 1e-15);
		assertEquals(0.75, m.meanIou(), 1e-15);
		assertEquals(0.75 * 0.8, m.panopticQuality(), 1e-15);
		final ObjectMatching strict = overlaps(truth, predicted).match(0.8);
		assertEquals(0, strict.found());
		assertEquals(2, strict.wrong());
		assertEquals(0, strict.averagePrecision());
	}

	@Test
	void twoHalvesOfAnObjectMatchItOnce() {
		final ObjectMatching m = overlaps(new float[] { 1, 1, 1, 1 }, new float[] { 1, 1, 2, 2 }).match(0.5);
		assertEquals(1, m.found());
		assertEquals(1, m.wrong());
	}

	@Test
	void asManyPairsAsPossibleThenTheBest() {
		final Random random = new Random(3);
		for (int repeat = 0; repeat < 300; repeat++) {
			final int n = 30;
			final float[] truth = new float[n], predicted = new float[n];
			for (int i = 0; i < n; i++) {
				truth[i] = random.nextInt(4);
				predicted[i] = random.nextInt(5);
			}
			final ObjectOverlaps overlaps = overlaps(truth, predicted);
			final double threshold = 0.02 + 0.15 * random.nextDouble();
			final ObjectMatching m = overlaps.match(threshold);
			final double[] best = best(overlaps, overlaps.shared().keySet().stream().filter(p -> overlaps.iou(p) >= threshold)
				.toList(), 0, new HashSet<>(), new HashSet<>());
			assertEquals((int) best[0], m.found());
			assertEquals(best[1], m.matched().values().stream().mapToDouble(v -> v).sum(), 1e-12);
			final Set<Float> used = new HashSet<>(), given = new HashSet<>();
			m.matched().keySet().forEach(p -> assertTrue(used.add(p.truth()) && given.add(p.predicted())));
		}
	}

	/** Number of pairs and their sum, of the best of all matchings. */
	private static double[] best(final ObjectOverlaps overlaps, final List<ObjectOverlaps.Pair> pairs, final int from,
		final Set<Float> truths, final Set<Float> predictions)
	{
		if (from == pairs.size()) return new double[2];
		final ObjectOverlaps.Pair pair = pairs.get(from);
		double[] best = best(overlaps, pairs, from + 1, truths, predictions);
		if (truths.contains(pair.truth()) || predictions.contains(pair.predicted())) return best;
		final Set<Float> t = new HashSet<>(truths), p = new HashSet<>(predictions);
		t.add(pair.truth());
		p.add(pair.predicted());
		final double[] with = best(overlaps, pairs, from + 1, t, p);
		with[0]++;
		with[1] += overlaps.iou(pair);
		if (with[0] > best[0] || with[0] == best[0] && with[1] > best[1]) best = with;
		return best;
	}

	@Test
	void imagesOfOtherExtentsAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class, () -> ObjectOverlaps.of(ArrayImgs.floats(3, 2),
			ArrayImgs.floats(2, 3), Monitor.NONE)).getMessage();
		assertTrue(message.contains("[3, 2]") && message.contains("[2, 3]"), message);
	}

	@Test
	void manyObjectsInManyRows() {
		final int w = 40, h = 40;
		final float[] truth = new float[w * h];
		final List<Float> labels = new ArrayList<>();
		for (int i = 0; i < truth.length; i++) {
			truth[i] = i / w / 4 * 10 + i % w / 4 + 1f;
			labels.add(truth[i]);
		}
		final ObjectMatching m = ObjectOverlaps.of(ArrayImgs.floats(truth, w, h), ArrayImgs.floats(truth, w, h), Monitor.NONE)
			.match(1);
		assertEquals(100, m.found());
		assertEquals(1, m.panopticQuality(), 1e-12);
	}
}
