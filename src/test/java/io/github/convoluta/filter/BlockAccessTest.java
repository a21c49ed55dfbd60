package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.IntervalIndexer;
import net.imglib2.view.Views;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks of views are what the views show, however their images are stored. */
class BlockAccessTest {

	private static final long[] SIZE = { 7, 6, 5, 4 };

	/** A view and the image behind it. */
	private record Seen(String name, Img<FloatType> image, RandomAccessibleInterval<FloatType> view) {

		@Override
		public String toString() {
			return name;
		}
	}

	static Stream<Seen> views() {
		return Stream.of(ArrayImgs.floats(SIZE), PlanarImgs.floats(SIZE), new CellImgFactory<>(new FloatType(), 7, 2, 3, 1)
			.create(SIZE), new CellImgFactory<>(new FloatType(), 4, 2, 3, 1).create(SIZE)).flatMap(BlockAccessTest::views);
	}

	private static Stream<Seen> views(final Img<FloatType> image) {
		final Random random = new Random(3);
		image.forEach(v -> v.set(random.nextInt(1000)));
		final String name = image.getClass().getSimpleName();
		return Stream.of(new Seen(name, image, image), //
			new Seen(name + " slice", image, Views.hyperSlice(image, 2, 3)), //
			new Seen(name + " plane with an axis", image, Views.addDimension(Views.hyperSlice(Views.hyperSlice(image, 3, 1), 2, 4),
				-2, -2)), //
			new Seen(name + " column", image, Views.hyperSlice(image, 0, 5)), //
			new Seen(name + " crop", image, Views.interval(image, new long[] { 2, 1, 0, 1 }, new long[] { 5, 4, 4, 3 })), //
			new Seen(name + " moved crop", image, Views.translate(Views.interval(image, new long[] { 2, 1, 0, 1 }, new long[] { 5,
				4, 4, 3 }), 10, -20, 30, 0)), //
			new Seen(name + " exchanged axes", image, Views.permute(image, 0, 2)), //
			new Seen(name + " exchanged slices", image, Views.permute(image, 1, 3)), //
			new Seen(name + " mirrored", image, Views.invertAxis(image, 0)), //
			new Seen(name + " mirrored rows", image, Views.zeroMin(Views.invertAxis(image, 1))), //
			new Seen(name + " every second", image, Views.subsample(image, 2)));
	}

	@ParameterizedTest
	@MethodSource("views")
	void readsWhatTheViewShows(final Seen seen) {
		final RandomAccessibleInterval<FloatType> view = seen.view();
		final int n = view.numDimensions();
		final long[] min = new long[n];
		final int[] size = new int[n], at = new int[n];
		for (int d = 0; d < n; d++) {
			min[d] = -1;
			size[d] = (int) view.dimension(d) + 2;
		}
		final float[] block = new float[Arrays.stream(size).reduce(1, (a, b) -> a * b)];
		BlockReader.of(view, Border.REPLICATE).read(min, size, block, 0);
		final RandomAccess<FloatType> access = view.randomAccess();
		for (int i = 0; i < block.length; i++) {
			IntervalIndexer.indexToPosition(i, size, at);
			for (int d = 0; d < n; d++)
				access.setPosition(Math.max(view.min(d), Math.min(view.max(d), view.min(d) + min[d] + at[d])), d);
			assertEquals(access.get().get(), block[i], "sample " + i);
		}
	}

	@ParameterizedTest
	@MethodSource("views")
	void writesWhereTheViewShows(final Seen seen) {
		final RandomAccessibleInterval<FloatType> view = seen.view();
		final int n = view.numDimensions();
		final int[] size = new int[n], at = new int[n];
		final long[] min = new long[n];
		for (int d = 0; d < n; d++) {
			size[d] = (int) view.dimension(d) - (view.dimension(d) > 2 ? 2 : 0);
			min[d] = view.dimension(d) > 2 ? 1 : 0;
		}
		seen.image().forEach(v -> v.set(Math.abs(v.get())));
		final float[] before = Reference.floats(seen.image());
		final float[] block = new float[Arrays.stream(size).reduce(1, (a, b) -> a * b)];
		for (int i = 0; i < block.length; i++)
			block[i] = -1 - i;
		BlockWriter.of(view).write(min, size, block, size, new int[n], 0);
		final RandomAccess<FloatType> access = view.randomAccess();
		for (int i = block.length - 1; i >= 0; i--) {
			IntervalIndexer.indexToPosition(i, size, at);
			for (int d = 0; d < n; d++)
				access.setPosition(view.min(d) + min[d] + at[d], d);
			assertEquals(block[i], access.get().get(), "sample " + i);
		}
		int changed = 0;
		final float[] after = Reference.floats(seen.image());
		for (int i = 0; i < after.length; i++)
			if (after[i] != before[i]) changed++;
		assertEquals(block.length, changed, "nothing else may change");
	}
}
