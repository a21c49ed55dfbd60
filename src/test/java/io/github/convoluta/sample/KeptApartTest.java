package io.github.convoluta.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.convoluta.filter.Monitor;
import io.github.convoluta.network.Shape;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** What is kept apart takes no class away, and is no neighbour of what is learnt. */
class KeptApartTest {

	private static final ClassValues CLASSES = new ClassValues(List.of(1, 2, 3), true);

	/** An image whose pixels have values of their own, from {@code first} on. */
	private static LabelledImage image(final float[] labels, final int first, final long... size) {
		final float[] values = new float[labels.length];
		for (int i = 0; i < values.length; i++)
			values[i] = first + i;
		final long[] all = Arrays.copyOf(size, size.length + 1);
		all[size.length] = 1;
		return new LabelledImage(ArrayImgs.floats(values, all), ArrayImgs.floats(labels, size));
	}

	private static LabelIndex index(final List<LabelledImage> images) {
		return LabelIndex.of(images, CLASSES, Monitor.NONE);
	}

	private static Set<Integer> pixels(final List<LabelledImage> images) {
		final Set<Integer> pixels = new HashSet<>();
		for (final LabelledImage image : images)
			ImageRows.forEach(image.image(), Monitor.NONE, (row, first) -> {
				for (final float v : row)
					assertTrue(pixels.add((int) v), "no pixel twice");
			});
		return pixels;
	}

	private static Set<Float> labels(final List<LabelledImage> images) {
		final Set<Float> labels = new TreeSet<>();
		for (final LabelledImage image : images)
			ImageRows.forEach(image.labels(), Monitor.NONE, (row, first) -> {
				for (final float v : row)
					labels.add(v);
			});
		labels.remove(0f);
		return labels;
	}

	/** Of two planes, one alone holds class 3. */
	@Test
	void noSeedTakesAClassAway() {
		final float[] one = new float[100], two = new float[100];
		for (int i = 0; i < 100; i++) {
			one[i] = 1 + i % 2;
			two[i] = 1 + i % 3;
		}
		for (long seed = 0; seed < 50; seed++) {
			final Split<LabelIndex> parts = Split.of(index(List.of(image(one, 0, 10, 10), image(two, 100, 10, 10))), 0.2, seed,
				Monitor.NONE);
			assertEquals(Set.of(1f, 2f, 3f), labels(parts.training().images()), "seed " + seed);
			assertEquals(Set.of(1f, 2f), labels(parts.validation().images()), "the plane without class 3 can be kept apart");
		}
	}

	@Test
	void whereEveryPlaneHasAClassOfItsOwnAPartOfEachIsKeptApart() {
		final float[] one = new float[100], two = new float[100];
		Arrays.fill(one, 1);
		Arrays.fill(two, 2);
		final Split<LabelIndex> parts = Split.of(index(List.of(image(one, 0, 10, 10), image(two, 100, 10, 10))), 0.2, 1,
			Monitor.NONE);
		assertEquals(Set.of(1f, 2f), labels(parts.training().images()));
		assertEquals(Set.of(1f, 2f), labels(parts.validation().images()));
		assertEquals(40, pixels(parts.validation().images()).size());
		assertTrue(parts.remark().contains("a part of each image"), parts.remark());
	}

	@Test
	void whatCanNotBeDividedIsTrainedOnAndSaidSo() {
		final float[] labels = new float[100];
		labels[0] = 1;
		labels[99] = 2;
		final Split<LabelIndex> parts = Split.of(index(List.of(image(labels, 0, 10, 10))), 0.2, 1, Monitor.NONE);
		assertEquals(100, pixels(parts.training().images()).size());
		assertEquals(List.of(), parts.validation().images());
		assertTrue(parts.remark().contains("Nothing is kept apart"), parts.remark());
		assertEquals("", Split.of(index(List.of(image(labels, 0, 10, 10))), 0, 1, Monitor.NONE).remark());
	}

	/** Stacks of any size and number of axes, with labels anywhere. */
	@Test
	void inNoArrangementIsAClassLostOrAPixelLearntAndChecked() {
		final Random random = new Random(1);
		int apart = 0;
		for (int k = 0; k < 2000; k++) {
			final int images = 1 + random.nextInt(8), n = 1 + random.nextInt(3);
			final long[] size = random.longs(n, 1, 7).toArray();
			final int pixels = (int) Arrays.stream(size).reduce(1, (a, b) -> a * b), strokes = 1 + random.nextInt(6);
			final boolean isDense = random.nextBoolean();
			final List<LabelledImage> stack = new ArrayList<>();
			for (int i = 0; i < images; i++) {
				final float[] labels = new float[pixels];
				if (isDense) Arrays.fill(labels, 1 + random.nextInt(3));
				for (int s = 0; s < strokes; s++)
					labels[random.nextInt(pixels)] = random.nextInt(4);
				stack.add(image(labels, i * pixels, size));
			}
			final List<LabelledImage> labelled = stack.stream().filter(i -> !labels(List.of(i)).isEmpty()).toList();
			if (labelled.isEmpty()) continue;
			final double share = 0.05 + 0.9 * random.nextDouble();
			final Split<LabelIndex> parts = Split.of(index(stack), share, k, Monitor.NONE);
			assertEquals(labels(labelled), labels(parts.training().images()), "arrangement " + k);
			final Set<Integer> all = pixels(parts.training().images()), checked = pixels(parts.validation().images());
			for (final int p : checked)
				assertTrue(all.add(p), "arrangement " + k);
			assertEquals(labelled.size() * pixels, all.size(), "arrangement " + k);
			assertEquals(checked.isEmpty(), !parts.remark().isEmpty() && parts.remark().startsWith("Nothing"));
			assertEquals(parts.validation().images().isEmpty(), checked.isEmpty());
			if (!checked.isEmpty()) assertFalse(labels(parts.validation().images()).isEmpty(), "something to check");
			final Split<LabelIndex> again = Split.of(index(stack), share, k, Monitor.NONE);
			assertEquals(pixels(parts.training().images()), pixels(again.training().images()));
			apart += checked.isEmpty() ? 0 : 1;
			if (parts.remark().isEmpty() && parts.training().images().size() + parts.validation().images().size() == labelled
				.size() && labelled.size() > 1) assertNeighbours(labelled, parts.validation().images());
		}
		assertTrue(apart > 1000, apart + " of 2000 keep something apart");
	}

	private static void assertNeighbours(final List<LabelledImage> all, final List<LabelledImage> apart) {
		final int first = all.indexOf(apart.get(0));
		assertEquals(all.subList(first, first + apart.size()), apart, "a block of neighbours");
	}

	/** Ten slices: which two are kept apart depends on the seed, but they always stand together. */
	@Test
	void slicesOfAStackAreKeptApartInBlocks() {
		final List<LabelledImage> stack = new ArrayList<>();
		for (int z = 0; z < 10; z++) {
			final float[] labels = new float[100];
			for (int i = 0; i < 100; i++)
				labels[i] = 1 + i % 3;
			stack.add(image(labels, 100 * z, 10, 10));
		}
		final Set<Integer> firsts = new HashSet<>();
		for (long seed = 0; seed < 60; seed++) {
			final Split<LabelIndex> parts = Split.of(index(stack), 0.2, seed, Monitor.NONE);
			assertEquals(2, parts.validation().images().size());
			assertNeighbours(stack, parts.validation().images());
			firsts.add(stack.indexOf(parts.validation().images().get(0)));
		}
		assertTrue(firsts.size() > 4, "blocks start at " + firsts);
	}

	@Test
	void valuesAreDividedLikewise() {
		final List<LabelledImage> stack = IntStream.range(0, 10).mapToObj(z -> image(new float[100], 100 * z, 10, 10)).toList();
		final Split<LabelIndex> parts = Split.of(LabelIndex.ofValues(stack), 0.3, 1, Monitor.NONE);
		assertEquals(7, parts.training().images().size());
		assertNeighbours(stack, parts.validation().images());
		assertEquals(80, pixels(Split.of(LabelIndex.ofValues(stack.subList(0, 1)), 0.2, 1, Monitor.NONE).training().images())
			.size());
	}

	private static ClassifiedArrays samples(final int... classes) {
		return new ClassifiedArrays(Shape.parse("1x1"), Arrays.stream(classes).mapToObj(c -> new float[1]).toList(), classes);
	}

	/** Images of one or several classes, of any number of slices. */
	@Test
	void groupsKeepEveryClassInAnyArrangement() {
		final Random random = new Random(1);
		for (int k = 0; k < 2000; k++) {
			final boolean isMixed = random.nextBoolean();
			final List<Integer> classes = new ArrayList<>(), groups = new ArrayList<>();
			for (int g = 0, n = 1 + random.nextInt(8); g < n; g++) {
				final int c = random.nextInt(4);
				for (int i = 0, slices = 1 + random.nextInt(6); i < slices; i++) {
					classes.add(isMixed ? random.nextInt(4) : c);
					groups.add(g);
				}
			}
			final ClassifiedArrays samples = samples(classes.stream().mapToInt(c -> c).toArray());
			final int[] group = groups.stream().mapToInt(g -> g).toArray();
			final Split<int[]> split = Split.grouped(samples, group, 0.05 + 0.9 * random.nextDouble(), k);
			assertEquals(new HashSet<>(classes), new HashSet<>(Arrays.stream(split.training()).mapToObj(classes::get).toList()),
				"arrangement " + k);
			assertArrayEquals(IntStream.range(0, group.length).toArray(), IntStream.concat(IntStream.of(split.training()),
				IntStream.of(split.validation())).sorted().toArray());
			final Set<Integer> trained = new HashSet<>(Arrays.stream(split.training()).mapToObj(groups::get).toList());
			final boolean shared = Arrays.stream(split.validation()).anyMatch(i -> trained.contains(groups.get(i)));
			assertEquals(shared || split.validation().length == 0, !split.remark().isEmpty());
		}
	}

	/** One stack per class: slices at one end of each are kept apart, next to each other. */
	@Test
	void singleStacksOfAClassAreDividedInBlocks() {
		final int[] classes = IntStream.range(0, 30).map(i -> i / 10 == 2 ? 1 : 0).toArray(), groups = IntStream.range(0, 30)
			.map(i -> i / 10).toArray();
		for (long seed = 0; seed < 20; seed++) {
			final Split<int[]> split = Split.grouped(samples(classes), groups, 0.3, seed);
			final int[] ofStack = Arrays.stream(split.validation()).filter(i -> i >= 20).sorted().toArray();
			assertTrue(Arrays.equals(ofStack, new int[] { 20, 21, 22 }) || Arrays.equals(ofStack, new int[] { 27, 28, 29 }), Arrays
				.toString(ofStack));
			assertTrue(split.remark().contains("neighbouring slices"), split.remark());
			final int whole = (int) Arrays.stream(split.validation()).filter(i -> i < 20).count();
			assertEquals(10, whole, "one of the two stacks of class 0");
		}
	}
}
