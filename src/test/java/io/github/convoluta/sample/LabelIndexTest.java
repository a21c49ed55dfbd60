package io.github.convoluta.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import io.github.convoluta.engine.Target;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** What the index says of labels is what the images say. */
class LabelIndexTest {

	private static final ClassValues CLASSES = new ClassValues(List.of(2, 3, 7), true);

	/** Runs of up to {@code longest} pixels of the values 0, 2, 3, 7 and 9, which is no class. */
	private static float[] labels(final Random random, final int n, final int longest) {
		final float[] values = { 0, 2, 3, 7, 9 }, labels = new float[n];
		for (int i = 0; i < n;) {
			final float value = values[random.nextInt(values.length)];
			for (int length = 1 + random.nextInt(longest); length > 0 && i < n; length--)
				labels[i++] = value;
		}
		return labels;
	}

	private static ClassMap map(final RandomAccessibleInterval<?> labels, final long bytes) {
		final ClassLookup lookup = CLASSES.lookup();
		return new ClassMap(labels, new CodedRows(labels, (row, codes) -> {
			for (int x = 0; x < row.length; x++)
				codes[x] = (int) Math.max(-1, lookup.classOf(row[x])) + 1;
		}, 4, new CodedRows.Allowance(bytes), Monitor.NONE), CLASSES, new long[] { Target.IGNORED, 0, 1, 2 });
	}

	/** Classes as they are read from the image itself. */
	private static long[] read(final RandomAccessibleInterval<?> labels, final long[] min, final int[] size) {
		final float[] values = new float[Arrays.stream(size).reduce(1, (a, b) -> a * b)];
		BlockReader.of(labels, Border.MIRROR).read(min, size, values, 0);
		final long[] classes = new long[values.length];
		for (int i = 0; i < classes.length; i++)
			classes[i] = CLASSES.classOf(values[i]);
		return classes;
	}

	/** Short and long runs, all rows kept, some and none: blocks of wholes and parts, beyond their borders too. */
	@Test
	void blocksAreThoseOfTheImage() {
		final Random random = new Random(1);
		for (int k = 0; k < 600; k++) {
			final int n = 1 + random.nextInt(3);
			final long[] size = new long[n];
			for (int d = 0; d < n; d++)
				size[d] = 1 + random.nextInt(d == 0 ? 700 : 9);
			final int pixels = (int) Arrays.stream(size).reduce(1, (a, b) -> a * b);
			RandomAccessibleInterval<?> image = ArrayImgs.floats(labels(random, pixels, k % 2 == 0 ? 3 : 400), size);
			final long bytes = k % 3 == 0 ? Long.MAX_VALUE : k % 3 == 1 ? pixels / 2 : 0;
			ClassMap map = map(image, bytes);
			final int axis = random.nextInt(n);
			if (size[axis] > 1 && random.nextBoolean()) {
				final long from = random.nextLong(size[axis] - 1), to = from + 1 + random.nextLong(size[axis] - from);
				map = map.part(axis, from, to, Monitor.NONE);
				image = new LabelledImage(Views.addDimension(ArrayImgs.floats(size), 0, 0), image).part(axis, from, to).labels();
			}
			final long[] counts = new long[3], whole = read(image, new long[n], Arrays.stream(image.dimensionsAsLongArray())
				.mapToInt(s -> (int) s).toArray()), rows = new long[whole.length];
			for (final long c : whole)
				if (c >= 0) counts[(int) c]++;
			map.forEachRow(Monitor.NONE, (row, first) -> System.arraycopy(row, 0, rows, (int) first, row.length));
			assertArrayEquals(whole, rows);
			assertArrayEquals(counts, map.counts());
			final long[] min = new long[n];
			final int[] extents = new int[n];
			for (int d = 0; d < n; d++) {
				min[d] = random.nextInt((int) image.dimension(d) + 8) - 8;
				extents[d] = 1 + random.nextInt(20);
			}
			final long[] expected = read(image, min, extents), found = new long[expected.length + 2];
			map.read(min, extents, found, 1);
			assertArrayEquals(expected, Arrays.copyOfRange(found, 1, expected.length + 1), "arrangement " + k);
		}
	}

	/** Classes that are found are those that are known. */
	@Test
	void discoveryGivesTheSameMap() {
		final Random random = new Random(3);
		for (final boolean sparse : new boolean[] { false, true }) {
			final LabelledImage image = new LabelledImage(ArrayImgs.floats(200, 50, 1), ArrayImgs.floats(labels(random, 10_000,
				30), 200, 50));
			final LabelIndex found = LabelIndex.of(List.of(image), sparse, false, Monitor.NONE), known = LabelIndex.of(List.of(
				image), found.classes(), Monitor.NONE);
			final TreeSet<Integer> values = new TreeSet<>();
			ImageRows.forEach(image.labels(), Monitor.NONE, (row, first) -> {
				for (final float v : row)
					values.add((int) v);
			});
			if (sparse) values.remove(0);
			assertEquals(new ClassValues(values, sparse), found.classes());
			assertArrayEquals(known.counts(), found.counts());
			final long[] a = new long[10_000], b = a.clone();
			found.entries().get(0).classes().read(new long[2], new int[] { 200, 50 }, a, 0);
			known.entries().get(0).classes().read(new long[2], new int[] { 200, 50 }, b, 0);
			assertArrayEquals(b, a);
		}
	}

	/** As many classes as are possible, in many pixels: no class is mixed up with another or with none. */
	@Test
	void everyClassHasACodeOfItsOwn() {
		for (final int first : new int[] { 0, 1 }) {
			final float[] labels = new float[256 * 64];
			for (int i = 0; i < labels.length; i++)
				labels[i] = Math.max(first == 0 ? 1 : 0, i / 64 * 97 % 256);
			final LabelledImage image = new LabelledImage(ArrayImgs.floats(labels.length, 1), ArrayImgs.floats(labels,
				labels.length));
			final LabelIndex index = LabelIndex.of(List.of(image), first == 1, false, Monitor.NONE);
			assertEquals(255, index.classes().count());
			final long[] classes = new long[labels.length];
			index.entries().get(0).classes().read(new long[1], new int[] { labels.length }, classes, 0);
			for (int i = 0; i < labels.length; i++)
				assertEquals(labels[i] == 0 ? Target.IGNORED : (long) labels[i] - 1, classes[i]);
			assertTrue(Arrays.stream(index.counts()).allMatch(c -> c >= 64));
		}
	}
}
