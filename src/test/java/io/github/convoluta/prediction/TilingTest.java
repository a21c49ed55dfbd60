package io.github.convoluta.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.StreamSupport;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Task;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.RandomNetworks;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of tiles: they give what the whole image gives. And what they cost. */
class TilingTest {

	private static final TilePlanner.Limit PLENTY = new TilePlanner.Limit(1e12, 1e12);

	private static float[] predict(final Predictor predictor, final int[] extents, final int channels, final int... tile) {
		final int n = extents.length;
		final long[] size = new long[n + 1], results = new long[n + 1];
		for (int d = 0; d < n; d++)
			size[d] = results[d] = extents[d];
		size[n] = channels;
		results[n] = 3;
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size), out = ArrayImgs.floats(results);
		final Random random = new Random(9);
		final float[] values = image.update(null).getCurrentStorageArray();
		for (int i = 0; i < values.length; i++)
			values[i] = 100 + 20 * (float) random.nextGaussian();
		predictor.values(image, out, tile.length == 0 ? PredictionOptions.USUAL : PredictionOptions.USUAL.withTile(tile),
			Monitor.NONE);
		return out.update(null).getCurrentStorageArray();
	}

	private static void checkTiles(final Network network, final Random random, final int most) {
		final int n = network.dimensions();
		final int[] patch = network.divisor().clone();
		for (int d = 0; d < n; d++)
			while (patch[d] < 40)
				patch[d] += network.divisor()[d];
		try (Predictor predictor = new Predictor(new TorchEngine(), ExampleModel.of(network, Task.SEGMENTATION, patch),
			Precision.FP32, Device.CPU))
		{
			for (int repeat = 0; repeat < 2; repeat++) {
				final int[] extents = new int[n], small = new int[n], large = new int[n];
				for (int d = 0; d < n; d++) {
					extents[d] = 1 + random.nextInt(most);
					small[d] = most / 4 + random.nextInt(most / 4);
					large[d] = 1 + random.nextInt(most);
				}
				final float[] whole = predict(predictor, extents, network.channels());
				for (final int[] tile : new int[][] { small, large })
					assertArrayEquals(whole, predict(predictor, extents, network.channels(), tile), 1e-4f, () -> network.nodes() +
						" on " + Arrays.toString(extents) + " in tiles of " + Arrays.toString(tile));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,150,25", "2,40,12", "3,14,5" })
	void randomNetworksGiveTheSameInTiles(final int n, final int most, final int networks) {
		final Random random = new Random(n);
		for (int seed = 0; seed < networks; seed++)
			checkTiles(RandomNetworks.dense(1000 * n + seed, n, 1 + seed % 2), random, most);
	}

	@ParameterizedTest
	@ValueSource(strings = { "(C4k8H)6M", "P(C4k4H)4TM", "CP2U2P3U3M", "C4k2RP(C4k2R)2T64k2C8k6M", "(C4k2s2RT4k2)2M",
		"C4s3U3M", "C4k4d3RP3C4k2T4k3M", "A4(C4k5R)2U2C4k2U2M" })
	void codesGiveTheSameInTiles(final String code) {
		for (int n = 1; n <= 2; n++)
			checkTiles(ArchitectureCode.parse(code, n, 1, 3), new Random(4), n == 1 ? 200 : 40);
	}

	private static Tiling tiling(final Network network, final double memory, final long... extents) {
		return new TilePlanner(new TileMemory(network, false, false), extents, PredictionOptions.USUAL).within(
			new TilePlanner.Limit(memory, 1e12));
	}

	@Test
	void halosReachAsFarAsNeededOnEachSide() {
		// Six kernels of 8 reach 3 to the left and 4 to the right each.
		final Tiling tiling = new TilePlanner(new TileMemory(ArchitectureCode.parse("(C4k8H)6M", 1, 1, 3), false, false),
			new long[] { 1000 }, PredictionOptions.USUAL.withTile(100)).within(PLENTY);
		assertArrayEquals(new long[] { 18 }, tiling.before());
		assertArrayEquals(new long[] { 24 }, tiling.after());
		assertEquals(10, tiling.count());
		assertEquals(tiling.count(), StreamSupport.stream(tiling.spliterator(), false).count());
	}

	@Test
	void lessMemoryMeansMoreAndSmallerTilesUntilNoneFits() {
		final Network network = Architectures.create("unet depth=3 width=16", 2, 1, 2);
		long tiles = 0;
		for (final double memory : new double[] { 1e11, 1e9, 2e8, 1e8 }) {
			final Tiling tiling = tiling(network, memory, 4000, 3000);
			assertTrue(tiling.engine() + tiling.heap() <= memory, tiling.toText());
			assertTrue(tiling.count() > tiles, tiling.toText());
			tiles = tiling.count();
		}
		final String message = assertThrows(IllegalArgumentException.class, () -> tiling(network, 1e6, 4000, 3000)).getMessage();
		assertTrue(message.startsWith("The smallest tile, 8x8 with 48x48") && message.contains("but memory allows 1 MB"),
			message);
		// The number that the message names is enough.
		final double needed = Double.parseDouble(message.replaceAll("(?s).*memory=([0-9.]+),.*", "$1"));
		assertTrue(tiling(network, needed * 1e9, 4000, 3000).iterator().hasNext());
	}

	@Test
	void convolutionsThatUnfoldTheirInputGetSmallerTiles() {
		final Network network = Architectures.create("unet depth=2 width=8", 3, 1, 2);
		final int[] block = { 64, 64, 64 };
		final double plain = new TileMemory(network, false, false).engine(block), unfolded = new TileMemory(network, true, false)
			.engine(block);
		// The widest convolution reads 16 channels at full resolution, 27 times.
		final double copied = 4.0 * 16 * 27 * 64 * 64 * 64;
		assertTrue(unfolded - plain > 0.95 * copied && unfolded - plain <= copied, (unfolded - plain) + " for " + copied);
	}

	@Test
	void theHeapIsALimitOfItsOwn() {
		final Network network = Architectures.create("unet depth=2 width=8", 2, 1, 2);
		final Tiling tiling = new TilePlanner(new TileMemory(network, false, false), new long[] { 8000, 8000 },
			PredictionOptions.USUAL).within(new TilePlanner.Limit(1e12, 1e8));
		assertTrue(tiling.heap() <= 1e8 && tiling.count() > 1, tiling.toText());
		final String message = assertThrows(IllegalArgumentException.class, () -> new TilePlanner(new TileMemory(network, false,
			true), new long[] { 8000, 8000 }, PredictionOptions.USUAL.withTile(8000, 8000)).within(new TilePlanner.Limit(1e12,
				1e8))).getMessage();
		assertTrue(message.contains("of Java's memory, but only 100 MB"), message);
	}

	@Test
	void tilesMayBeLargerThanAnyNumber() {
		final Network network = Architectures.create("unet depth=2 width=8", 2, 1, 2);
		final Tiling tiling = new TilePlanner(new TileMemory(network, false, false), new long[] { 50, 60 },
			PredictionOptions.USUAL.withTile(Integer.MAX_VALUE, Integer.MAX_VALUE)).within(PLENTY);
		assertEquals(1, tiling.count());
		assertThrows(IllegalArgumentException.class, () -> new TilePlanner(new TileMemory(network, false, false), new long[] {
			1L << 31, 1L << 31 }, PredictionOptions.USUAL.withTile(Integer.MAX_VALUE, Integer.MAX_VALUE)).within(PLENTY));
	}
}
