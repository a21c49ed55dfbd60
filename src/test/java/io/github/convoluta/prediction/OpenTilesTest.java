package io.github.convoluta.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Halo;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.RandomNetworks;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles in any order, any of them alone, of any region and on any grid, are parts of the same whole. */
class OpenTilesTest {

	private static final TilePlanner.Limit PLENTY = new TilePlanner.Limit(1e15, 1e15);
	private static final long[] EXTENTS = { 83, 62 };
	private static final PredictionOptions TILES = PredictionOptions.USUAL.withTile(24, 16);
	private static final TrainedModel MODEL = ExampleModel.segmentation(2, 1, "");
	private static final LabelValues LABELS = LabelValues.of(MODEL.classes());
	private static final Img<FloatType> IMAGE = noise();

	private static Predictor predictor;
	private static Img<FloatType> whole;

	private static Img<FloatType> noise() {
		final Random random = new Random(9);
		final Img<FloatType> image = ArrayImgs.floats(EXTENTS[0], EXTENTS[1], 1);
		image.forEach(p -> p.set(100 + 20 * (float) random.nextGaussian()));
		return image;
	}

	@BeforeAll
	static void load() {
		predictor = new Predictor(new TorchEngine(), MODEL, Precision.FP32, Device.CPU);
		whole = values(PredictionOptions.USUAL);
	}

	@AfterAll
	static void close() {
		predictor.close();
	}

	private static Img<FloatType> values(final PredictionOptions options) {
		final Interval region = options.region() == null ? new FinalInterval(EXTENTS) : options.region();
		final Img<FloatType> target = ArrayImgs.floats(region.dimension(0), region.dimension(1), 3);
		predictor.values(IMAGE, target, options, Monitor.NONE);
		return target;
	}

	private static float[] array(final RandomAccessibleInterval<FloatType> image) {
		final float[] values = new float[(int) image.size()];
		int i = 0;
		for (final FloatType value : Views.flatIterable(image))
			values[i++] = value.get();
		return values;
	}

	/** What lies in a part of the image, all channels. */
	private static float[] crop(final RandomAccessibleInterval<FloatType> image, final Interval part) {
		return array(Views.interval(image, new FinalInterval(new long[] { part.min(0), part.min(1), 0 }, new long[] { part.max(
			0), part.max(1), 2 })));
	}

	private static List<Tile> list(final Tiling tiling) {
		return new ArrayList<>(StreamSupport.stream(tiling.spliterator(), false).toList());
	}

	private static Tiling plan(final Network network, final PredictionOptions options, final long... extents) {
		return new TilePlanner(new TileMemory(network, false, false), extents, options).within(PLENTY);
	}

	/** Options such as nobody would choose. */
	private static PredictionOptions odd(final Random random, final long... extents) {
		final int n = extents.length;
		final int[] tile = random.ints(n, 1, 40).toArray();
		final long[] min = new long[n], max = new long[n];
		for (int d = 0; d < n; d++) {
			min[d] = random.nextInt((int) extents[d]);
			max[d] = min[d] + random.nextInt((int) (extents[d] - min[d]));
		}
		PredictionOptions options = PredictionOptions.USUAL.withTile(tile);
		if (random.nextBoolean()) options = options.withRegion(new FinalInterval(min, max));
		if (random.nextBoolean()) options = options.withGrid(random.ints(n, 1, 20).toArray());
		return options;
	}

	@Test
	void coresCoverEveryPixelOnceAndWeightsAddUpToOne() {
		final Random random = new Random(1);
		for (int seed = 0; seed < 150; seed++) {
			final int n = 1 + seed % 3;
			final long[] extents = random.longs(n, 1, n == 3 ? 25 : 90).toArray();
			final PredictionOptions options = odd(random, extents);
			final Network network = RandomNetworks.dense(seed, n, 1);
			for (final double blend : new double[] { 0, 0.1, 0.5 }) {
				final Tiling tiling = plan(network, options.withBlend(blend), extents);
				final Img<FloatType> sums = ArrayImgs.floats(extents);
				for (final Tile tile : tiling) {
					final float[][] weights = new float[n][];
					Arrays.setAll(weights, d -> tiling.weights(tile, d));
					final var cursor = Views.interval(sums, tile.core()).localizingCursor();
					while (cursor.hasNext()) {
						cursor.fwd();
						float weight = 1;
						for (int d = 0; d < n; d++)
							weight *= weights[d][(int) (cursor.getLongPosition(d) - tile.core().min(d))];
						cursor.get().set(cursor.get().get() + weight);
					}
				}
				final var cursor = sums.localizingCursor();
				while (cursor.hasNext()) {
					cursor.fwd();
					assertEquals(Intervals.contains(tiling.region(), cursor) ? 1 : 0, cursor.get().get(), blend == 0 ? 0 : 1e-6);
				}
			}
		}
	}

	/** As far as the network sees, on the grid of its pooling, and no farther. */
	@Test
	void halosAreExactOnAnyGrid() {
		final Random random = new Random(2);
		for (final String code : new String[] { "(C4k8H)3M", "C4P(C4k4H)2TM", "C4P2P2U2U2M", "C4k2M" }) {
			final Network network = ArchitectureCode.parse(code, 1, 1, 3);
			final Halo halo = Halo.of(network);
			final int divisor = network.divisor()[0];
			for (int repeat = 0; repeat < 50; repeat++)
				for (final Tile tile : plan(network, odd(random, 400), 400)) {
					final long min = tile.core().min(0) - halo.before().get(0), max = tile.core().max(0) + halo.after().get(0);
					assertEquals(Math.max(0, Math.floorDiv(min, (long) divisor) * divisor), tile.block().min(0), code);
					assertEquals(Math.min((399 / divisor + 1) * divisor - 1, Math.floorDiv(max, (long) divisor) * divisor + divisor -
						1), tile.block().max(0), code);
				}
		}
	}

	@Test
	void resultsAreMergedInAnyOrderToTheLastBit() {
		final Tiling tiling = predictor.tiling(EXTENTS, TILES);
		final ImagePrediction prediction = predictor.on(IMAGE, TILES, Monitor.NONE);
		final Img<FloatType> values = ArrayImgs.floats(83, 62, 3), labels = ArrayImgs.floats(EXTENTS), shuffled = ArrayImgs
			.floats(83, 62, 3), shuffledLabels = ArrayImgs.floats(EXTENTS);
		assertEquals(false, prediction.predict(tiling, TileSink.both(tiling, LABELS, labels, values), Monitor.NONE));
		final List<Tile> tiles = list(tiling);
		assertEquals(16, tiles.size());
		Collections.shuffle(tiles, new Random(3));
		final TileSink sink = TileSink.values(tiling, shuffled), labelSink = TileSink.labels(tiling, LABELS, shuffledLabels);
		// As by several workers, each of which knows only the number of its tile.
		final List<TileResult> results = tiles.parallelStream().map(t -> prediction.predict(tiling.tile(t.index()))).toList();
		results.forEach(sink::add);
		results.forEach(labelSink::add);
		labelSink.finish();
		assertArrayEquals(array(values), array(shuffled));
		assertArrayEquals(array(labels), array(shuffledLabels));
		assertArrayEquals(array(whole), array(values), 1e-4f);
	}

	@Test
	void anyTileAloneIsACropOfTheWhole() {
		final Tiling tiling = predictor.tiling(EXTENTS, TILES);
		final Img<FloatType> together = values(TILES);
		for (final long index : new long[] { 0, 7, 15 }) {
			final TileResult result = predictor.on(IMAGE, TILES, Monitor.NONE).predict(tiling.tile(index));
			final Interval core = result.tile().core();
			assertEquals(3, result.channels());
			assertArrayEquals(new long[] { core.min(0), core.min(1), 0 }, result.values().minAsLongArray());
			assertArrayEquals(crop(together, core), array(result.values()));
			assertArrayEquals(crop(whole, core), array(result.values()), 1e-4f);
		}
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.on(IMAGE, TILES, Monitor.NONE).predict(new Tile(
			0, FinalInterval.createMinSize(80, 0, 8, 8), FinalInterval.createMinSize(80, 0, 8, 8)))).getMessage().contains(
				"lies outside of an image of [83, 62, 1]"));
	}

	@Test
	void blendedTilesMayComeInAnyOrderToo() {
		final PredictionOptions options = TILES.withBlend(0.4);
		final Tiling tiling = predictor.tiling(EXTENTS, options);
		final Img<FloatType> values = ArrayImgs.floats(83, 62, 3), labels = ArrayImgs.floats(EXTENTS), other = ArrayImgs.floats(
			EXTENTS);
		final TileSink both = TileSink.both(tiling, LABELS, labels, values), only = TileSink.labels(tiling, LABELS, other);
		final List<Tile> tiles = list(tiling);
		Collections.shuffle(tiles, new Random(4));
		for (final Tile tile : tiles) {
			final TileResult result = predictor.on(IMAGE, options, Monitor.NONE).predict(tile);
			both.add(result);
			only.add(result);
		}
		both.finish();
		only.finish();
		assertArrayEquals(array(values(options)), array(values), 1e-6f);
		assertArrayEquals(array(labels), array(other));
	}

	/** What a viewer shows: a part of an image, with its surroundings read but not computed further than needed. */
	@Test
	void aRegionIsTheCropOfTheWhole() {
		for (final FinalInterval region : new FinalInterval[] { FinalInterval.createMinSize(33, 7, 20, 41), FinalInterval
			.createMinSize(81, 61, 2, 1), FinalInterval.createMinSize(0, 0, 83, 62) })
			for (final PredictionOptions options : new PredictionOptions[] { PredictionOptions.USUAL, TILES, TILES.withBlend(0.5),
				TILES.withGrid(7, 5) })
				assertArrayEquals(crop(whole, region), array(values(options.withRegion(region))), 1e-4f, region + " with " +
					options);
		// The same tiles give the same bits.
		final FinalInterval region = FinalInterval.createMinSize(24, 16, 48, 32);
		assertArrayEquals(crop(values(TILES), region), array(values(TILES.withRegion(region))));
		final Tiling small = predictor.tiling(new long[] { 1 << 20, 1 << 20 }, PredictionOptions.USUAL.withRegion(FinalInterval
			.createMinSize(500_000, 500_000, 100, 100)));
		assertEquals(1, small.count());
		assertTrue(small.tile(0).block().dimension(0) < 200, small.toText());
	}

	/** Chunks of a file that several jobs write: none is written by two of them. */
	@Test
	void tilesFitAGivenGrid() {
		final PredictionOptions chunks = PredictionOptions.USUAL.withGrid(25, 10).withTile(25, 30);
		final Tiling tiling = predictor.tiling(EXTENTS, chunks);
		for (final Tile tile : tiling)
			for (int d = 0; d < 2; d++) {
				assertEquals(0, tile.core().min(d) % (d == 0 ? 25 : 30));
				assertTrue(tile.core().dimension(d) == (d == 0 ? 25 : 30) || tile.core().max(d) == EXTENTS[d] - 1);
			}
		assertArrayEquals(array(whole), array(values(chunks)), 1e-4f);
		// Where memory decides, several chunks are computed at once.
		final Tiling chosen = new TilePlanner(new TileMemory(MODEL.network(), false, false), new long[] { 5000, 5000 },
			PredictionOptions.USUAL.withGrid(100, 100)).within(new TilePlanner.Limit(2e8, 1e12));
		assertTrue(chosen.count() > 1 && chosen.size()[0] > 100, chosen.toText());
		assertEquals(0, chosen.size()[0] % 100);
		assertTrue(chosen.engine() + chosen.heap() <= 2e8, chosen.toText());
	}

	@Test
	void tilesOfHugeImagesAreMadeWhenAskedFor() {
		final Tiling tiling = plan(MODEL.network(), PredictionOptions.USUAL.withTile(64, 64), 1L << 22, (1L << 22) + 5);
		assertEquals((1L << 16) * ((1L << 16) + 1), tiling.count());
		final Tile last = tiling.tile(tiling.count() - 1), other = tiling.tile((1L << 31) + 5);
		assertArrayEquals(new long[] { (1L << 22) - 1, (1L << 22) + 4 }, last.core().maxAsLongArray());
		assertArrayEquals(new long[] { 5 * 64, (1L << 15) * 64 }, other.core().minAsLongArray());
		assertEquals(tiling.tile(0), tiling.iterator().next());
		assertArrayEquals(new long[] { other.index() }, tiling.touching(FinalInterval.createMinSize(5 * 64 + 3, (1L << 21) + 60,
			61, 4)).toArray());
		assertThrows(IndexOutOfBoundsException.class, () -> tiling.tile(tiling.count()));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.3 })
	void aViewerFindsTheTilesThatItNeeds(final double blend) {
		final Random random = new Random(5);
		for (int repeat = 0; repeat < 100; repeat++) {
			final Tiling tiling = plan(MODEL.network(), odd(random, EXTENTS).withBlend(blend), EXTENTS);
			final FinalInterval part = FinalInterval.createMinSize(random.nextInt(120) - 20, random.nextInt(80) - 10, 1 + random
				.nextInt(30), 1 + random.nextInt(30));
			final long[] expected = LongStream.range(0, tiling.count()).filter(i -> !Intervals.isEmpty(Intervals.intersect(tiling
				.tile(i).core(), part))).toArray();
			assertArrayEquals(expected, tiling.touching(part).toArray());
		}
	}

	/** Jobs that each get the numbers found over the whole image need not read it. */
	@Test
	void aKnownNormalisationIsTakenAsItIs() {
		final TrainedModel model = new TrainedModel(MODEL.about(), MODEL.network(), MODEL.weights(), MODEL.task(), MODEL.axes(),
			new Normalization.PerImage(new Normalization.Method.ZeroMean()), MODEL.classes(), MODEL.patch(), MODEL.pixelSize(),
			MODEL.unit(), MODEL.example(), MODEL.history());
		try (Predictor perImage = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			final Normalization.Fixed numbers = model.normalization().of(IMAGE, Monitor.NONE);
			final Tile tile = perImage.tiling(EXTENTS, TILES).tile(3);
			assertArrayEquals(array(perImage.on(IMAGE, TILES, Monitor.NONE).predict(tile).values()), array(perImage.on(IMAGE,
				TILES, numbers).predict(tile).values()));
		}
	}

	@Test
	void whatDoesNotFitIsTold() {
		final Tiling tiling = predictor.tiling(EXTENTS, TILES);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> TileSink.labels(tiling, LABELS, ArrayImgs.floats(83, 61)))
			.getMessage().contains("Tiles of [83, 62] pixels don't fit into an image of [83, 61]."));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> TileSink.values(tiling, ArrayImgs.floats(83, 62)))
			.getMessage().contains("with channels"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.tiling(EXTENTS, TILES.withRegion(FinalInterval
			.createMinSize(80, 0, 4, 4)))).getMessage().contains("is no part of an image of [83, 62] pixels."));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> predictor.tiling(EXTENTS, TILES.withTile(8))).getMessage()
			.contains("The network has 2 axes"));
		assertThrows(IllegalArgumentException.class, () -> TILES.withGrid(0, 4));
	}
}
