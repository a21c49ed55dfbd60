package io.github.convoluta.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Target;
import org.junit.jupiter.api.Test;

class AugmentationTest {

	private static final VoxelGeometry CUBE = new VoxelGeometry(List.of(1.0, 1.0, 1.0), false), SLICES = new VoxelGeometry(List
		.of(1.0, 1.0, 3.0), false), VIDEO = new VoxelGeometry(List.of(1.0, 1.0, 1.0), true);

	/** Two samples of one channel whose labels are their values. */
	private static Batch numbered(final int... extents) {
		final int volume = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
		final float[] values = new float[2 * volume];
		final long[] labels = new long[2 * volume];
		for (int i = 0; i < values.length; i++)
			labels[i] = (long) (values[i] = i);
		final long[] shape = new long[extents.length + 2], target = new long[extents.length + 1];
		shape[0] = target[0] = 2;
		shape[1] = 1;
		for (int d = 0; d < extents.length; d++)
			shape[shape.length - 1 - d] = target[target.length - 1 - d] = extents[d];
		return new Batch(values, shape, new Target.Classes(labels, target));
	}

	private static RandomTransform turns(final VoxelGeometry geometry) {
		return new RandomTransform(geometry, 0.5, 0, 0, 0, 0, 0);
	}

	/** Where the step along x, y, z goes: flips and quarter turns only permute pixels. */
	@Test
	void flipsAndQuarterTurnsMoveValuesAndLabelsAlike() {
		for (final VoxelGeometry geometry : new VoxelGeometry[] { CUBE, SLICES, VIDEO }) {
			final Set<Float> firsts = new HashSet<>();
			final Random random = new Random(1);
			for (int k = 0; k < 200; k++) {
				final Batch before = numbered(4, 4, 4), b = turns(geometry).apply(before, random);
				final Set<Float> all = new HashSet<>();
				for (int i = 0; i < 128; i++) {
					assertEquals(((Target.Classes) b.target()).numbers()[i], b.input()[i]);
					all.add(b.input()[i]);
				}
				assertEquals(128, all.size(), "every pixel is somewhere");
				assertEquals(numbered(4, 4, 4).input()[5], before.input()[5], "the batch itself stays");
				firsts.add(b.input()[0]);
				final float stepZ = Math.abs(b.input()[16] - b.input()[0]);
				if (geometry != CUBE) assertEquals(16, stepZ, "z stays z where its spacing differs, and time stays time");
				if (geometry == VIDEO) assertTrue(b.input()[16] > b.input()[0], "time is not reversed");
			}
			assertEquals(geometry == VIDEO ? 4 : 8, firsts.size(), "all corners come first at some time");
		}
	}

	@Test
	void oblongPatchesAreNotTurnedOverTheirEnd() {
		for (int seed = 0; seed < 50; seed++)
			assertEquals(1, Math.abs(turns(CUBE).apply(numbered(8, 4, 2), new Random(seed)).input()[1] - turns(CUBE).apply(
				numbered(8, 4, 2), new Random(seed)).input()[0]));
	}

	/** A straight ramp stays a ramp of the same steepness in physical units. */
	@Test
	void rotationsArePhysical() {
		final int n = 33;
		final float[] values = new float[n * n * n];
		for (int i = 0; i < values.length; i++)
			values[i] = 2 * (i % n - 16) + 3 * (i / n % n - 16) + 3 * 5 * (i / n / n - 16);
		final Batch ramp = new Batch(values, new long[] { 1, 1, n, n, n }, new Target.Classes(new long[values.length],
			new long[] { 1, n, n, n }));
		for (int seed = 0; seed < 20; seed++) {
			final float[] v = new RandomTransform(SLICES, 0, 1, 180, 0, 0, 0).apply(ramp, new Random(seed)).input();
			final int c = (16 * n + 16) * n + 16;
			final double x = v[c + 1] - v[c], y = v[c + n] - v[c], z = (v[c + n * n] - v[c]) / 3;
			assertEquals(4 + 9 + 25, x * x + y * y + z * z, 0.05);
			assertTrue(Math.abs(z) > 4, "thick slices are hardly tilted: " + z);
		}
	}

	/** Where a pixel shows its own place, values and labels tell how far it came: a little, and both as far. */
	@Test
	void elasticDeformationsMoveValuesAndLabelsAlike() {
		final int n = 32;
		final float[] values = new float[n * n];
		final long[] labels = new long[n * n];
		for (int i = 0; i < values.length; i++)
			values[i] = labels[i] = i % n;
		final Batch places = new Batch(values, new long[] { 1, 1, n, n }, new Target.Classes(labels, new long[] { 1, n, n }));
		final VoxelGeometry plane = new VoxelGeometry(List.of(1.0, 1.0), false);
		for (int seed = 0; seed < 20; seed++) {
			final Batch moved = new RandomTransform(plane, 0, 1, 0, 0, 0, 1.5).apply(places, new Random(seed));
			double least = n, most = -n;
			for (int i = 0; i < values.length; i++) {
				assertEquals(moved.input()[i], ((Target.Classes) moved.target()).numbers()[i], 0.51, "at " + i);
				least = Math.min(least, moved.input()[i] - values[i]);
				most = Math.max(most, moved.input()[i] - values[i]);
			}
			assertTrue(most - least > 0.5, "places move differently: " + least + " to " + most);
			assertTrue(Math.max(most, -least) < 8, "typically by 1.5 pixels: " + least + " to " + most);
		}
	}

	@Test
	void theSameSeedGivesTheSameSamplesAndAnotherOthers() {
		final Augmentation all = Augmentation.forSegmentation(CUBE);
		final Batch batch = numbered(12, 10, 8);
		assertArrayEquals(all.apply(batch, new Random(3)).input(), all.apply(batch, new Random(3)).input());
		assertFalse(Arrays.equals(all.apply(batch, new Random(3)).input(), all.apply(batch, new Random(4)).input()));
		for (int seed = 0; seed < 30; seed++) {
			final Batch b = all.apply(batch, new Random(seed));
			final Set<Long> known = new HashSet<>();
			for (final long l : ((Target.Classes) batch.target()).numbers())
				known.add(l);
			for (final long l : ((Target.Classes) b.target()).numbers())
				assertTrue(known.contains(l), "labels are never mixed");
			for (final float v : b.input())
				assertTrue(Float.isFinite(v));
		}
	}

	@Test
	void intensitiesChangeButNotWhatIsBrighter() {
		final Batch batch = numbered(10, 10);
		final Batch b = new RandomIntensity(0.2, 0.1, 0.2, 0, 0).apply(batch, new Random(1));
		assertFalse(Arrays.equals(batch.input(), b.input()));
		for (int i = 1; i < 100; i++)
			assertTrue(b.input()[i] > b.input()[i - 1]);
		final float[] one = new float[100];
		one[55] = 16;
		final float[] blurred = new RandomIntensity(0, 0, 0, 0, 1).apply(new Batch(one, new long[] { 1, 1, 10, 10 },
			new Target.Classes(new long[] { 0 }, new long[] { 1 })), new Random(1)).input();
		assertEquals(4, blurred[55], 1e-5);
		assertEquals(2, blurred[45], 1e-5);
		assertEquals(1, blurred[44], 1e-5);
	}

	/** A single labelled pixel in a corner leaves the patch with nearly every rotation. */
	@Test
	void aPatchKeepsALabelIfItHadOne() {
		final VoxelGeometry plane = new VoxelGeometry(List.of(1.0, 1.0), false);
		final int n = 24;
		final long[] labels = new long[2 * n * n];
		Arrays.fill(labels, Target.IGNORED);
		labels[0] = 1;
		final Batch batch = new Batch(new float[2 * n * n], new long[] { 2, 1, n, n }, new Target.Classes(labels, new long[] { 2,
			n, n }));
		for (final Augmentation augmentation : new Augmentation[] { Augmentation.forSegmentation(plane), new RandomTransform(
			plane, 0, 1, 45, 0, 0, 0), new RandomTransform(plane, 0, 1, 180, 0.2, 3, 2) })
			for (int seed = 0; seed < 200; seed++) {
				final long[] after = ((Target.Classes) augmentation.apply(batch, new Random(seed)).target()).numbers();
				assertTrue(Arrays.stream(after, 0, n * n).anyMatch(l -> l == 1), augmentation + ", seed " + seed);
				assertTrue(Arrays.stream(after, n * n, 2 * n * n).allMatch(l -> l == Target.IGNORED), "there is nothing to keep");
				assertArrayEquals(after, ((Target.Classes) augmentation.apply(batch, new Random(seed)).target()).numbers());
			}
	}
}
