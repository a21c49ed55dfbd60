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

	private static Set<Integer> pixels(final List<LabelledImage> images) {
		final Set<Integer> pixels = new HashSet<>();
		for (final LabelledImage image : images)
			ClassValues.Rows.forEach(image.image(), Monitor.NONE, (row, first) -> {
				for (final float v : row)
					assertTrue(pixels.add((int) v), "no pixel twice");
			});
		return pixels;
	}

	private static Set<Float> labels(final List<LabelledImage> images) {
		final Set<Float> labels = new TreeSet<>();
		for (final LabelledImage image : images)
			ClassValues.Rows.forEach(image.labels(), Monitor.NONE, (row, first) -> {
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
			final HeldOut parts = HeldOut.of(List.of(image(one, 0, 10, 10), image(two, 100, 10, 10)), 0.2, CLASSES, seed, Monitor.NONE);
			assertEquals(Set.of(1f, 2f, 3f), labels(parts.training()), "seed " + seed);
			assertEquals(Set.of(1f, 2f), labels(parts.validation()), "the plane without class 3 can be kept apart");
		}
	}

	@Test
	void whereEveryPlaneHasAClassOfItsOwnAPartOfEachIsKeptApart() {
		final float[] one = new float[100], two = new float[100];
		Arrays.fill(one, 1);
		Arrays.fill(two, 2);
		final HeldOut parts = HeldOut.of(List.of(image(one, 0, 10, 10), image(two, 100, 10, 10)), 0.2, CLASSES, 1, Monitor.NONE);
		assertEquals(Set.of(1f, 2f), labels(parts.training()));
		assertEquals(Set.of(1f, 2f), labels(parts.validation()));
		assertEquals(40, pixels(parts.validation()).size());
		assertTrue(parts.remark().contains("a part of each image"), parts.remark());
	}

	@Test
	void whatCanNotBeDividedIsTrainedOnAndSaidSo() {
		final float[] labels = new float[100];
		labels[0] = 1;
		labels[99] = 2;
		final HeldOut parts = HeldOut.of(List.of(image(labels, 0, 10, 10)), 0.2, CLASSES, 1, Monitor.NONE);
		assertEquals(100, pixels(parts.training()).size());
		assertEquals(List.of(), parts.validation());
		assertTrue(parts.remark().contains("Nothing is kept apart"), parts.remark());
		assertEquals("", HeldOut.of(List.of(image(labels, 0, 10, 10)), 0, CLASSES, 1, Monitor.NONE).remark());
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
			final HeldOut parts = HeldOut.of(stack, share, CLASSES, k, Monitor.NONE);
			assertEquals(labels(labelled), labels(parts.training()), "arrangement " + k);
			final Set<Integer> all = pixels(parts.training()), checked = pixels(parts.validation());
			for (final int p : checked)
				assertTrue(all.add(p), "arrangement " + k);
			assertEquals(labelled.size() * pixels, all.size(), "arrangement " + k);
			assertEquals(checked.isEmpty(), !parts.remark().isEmpty() && parts.remark().startsWith("Nothing"));
			assertEquals(parts.validation().isEmpty(), checked.isEmpty());
			if (!checked.isEmpty()) assertFalse(labels(parts.validation()).isEmpty(), "something to check");
			final HeldOut again = HeldOut.of(stack, share, CLASSES, k, Monitor.NONE);
			assertEquals(pixels(parts.training()), pixels(again.training()));
			apart += checked.isEmpty() ? 0 : 1;
			if (parts.remark().isEmpty() && parts.training().size() + parts.validation().size() == labelled.size() && labelled
				.size() > 1) assertNeighbours(labelled, parts.validation());
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
			final HeldOut parts = HeldOut.of(stack, 0.2, CLASSES, seed, Monitor.NONE);
			assertEquals(2, parts.validation().size());
			assertNeighbours(stack, parts.validation());
			firsts.add(stack.indexOf(parts.validation().get(0)));
		}
		assertTrue(firsts.size() > 4, "blocks start at " + firsts);
	}

	@Test
	void valuesAreDividedLikewise() {
		final List<LabelledImage> stack = IntStream.range(0, 10).mapToObj(z -> image(new float[100], 100 * z, 10, 10)).toList();
		final HeldOut parts = HeldOut.of(stack, 0.3, null, 1, Monitor.NONE);
		assertEquals(7, parts.training().size());
		assertNeighbours(stack, parts.validation());
		assertEquals(80, pixels(HeldOut.of(stack.subList(0, 1), 0.2, null, 1, Monitor.NONE).training()).size());
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
			final Split split = Split.grouped(samples, group, 0.05 + 0.9 * random.nextDouble(), k);
			assertEquals(new HashSet<>(classes), new HashSet<>(Arrays.stream(split.training()).mapToObj(classes::get).toList()), "arrangement " + k);
			assertArrayEquals(IntStream.range(0, group.length).toArray(), IntStream.concat(IntStream.of(split.training()), IntStream.of(split
				.validation())).sorted().toArray());
			final Set<Integer> trained = new HashSet<>(Arrays.stream(split.training()).mapToObj(groups::get).toList());
			final boolean shared = Arrays.stream(split.validation()).anyMatch(i -> trained.contains(groups.get(i)));
			assertEquals(shared || split.validation().length == 0, !split.remark(group).isEmpty());
		}
	}

	/** One stack per class: slices at one end of each are kept apart, next to each other. */
	@Test
	void singleStacksOfAClassAreDividedInBlocks() {
		final int[] classes = IntStream.range(0, 30).map(i -> i / 10 == 2 ? 1 : 0).toArray(), groups = IntStream.range(0, 30).map(i -> i / 10)
			.toArray();
		for (long seed = 0; seed < 20; seed++) {
			final Split split = Split.grouped(samples(classes), groups, 0.3, seed);
			final int[] ofStack = Arrays.stream(split.validation()).filter(i -> i >= 20).sorted().toArray();
			assertTrue(Arrays.equals(ofStack, new int[] { 20, 21, 22 }) || Arrays.equals(ofStack, new int[] { 27, 28, 29 }), Arrays.toString(
				ofStack));
			assertTrue(split.remark(groups).contains("neighbouring slices"), split.remark(groups));
			final int whole = (int) Arrays.stream(split.validation()).filter(i -> i < 20).count();
			assertEquals(10, whole, "one of the two stacks of class 0");
		}
	}
}
