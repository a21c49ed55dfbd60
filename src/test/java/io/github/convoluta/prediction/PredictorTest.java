package io.github.convoluta.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorTest {

	private static long[] withChannels(final int channels, final long... size) {
		final long[] all = Arrays.copyOf(size, size.length + 1);
		all[size.length] = channels;
		return all;
	}

	private static ArrayImg<FloatType, FloatArray> noise(final long... size) {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size);
		final Random random = new Random(9);
		final float[] values = image.update(null).getCurrentStorageArray();
		for (int i = 0; i < values.length; i++)
			values[i] = 100 + 20 * (float) random.nextGaussian();
		return image;
	}

	private static float[] predict(final TrainedModel model, final RandomAccessibleInterval<?> image,
		final PredictionOptions options)
	{
		final long[] size = image.dimensionsAsLongArray();
		size[size.length - 1] = model.classes().size();
		final ArrayImg<FloatType, FloatArray> out = ArrayImgs.floats(size);
		try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			predictor.values(image, out, options, Monitor.NONE);
		}
		return out.update(null).getCurrentStorageArray();
	}

	private static long[] size(final int n) {
		return n == 1 ? new long[] { 333 } : n == 2 ? new long[] { 150, 97 } : new long[] { 75, 38, 61 };
	}

	/** No seams: tiles give what the whole image gives. */
	@ParameterizedTest
	@CsvSource({ "1,1,''", "1,2,residual=true", "2,1,norm=none", "2,3,''", "3,1,''", "3,2,''" })
	void tilesFitTogether(final int n, final int channels, final String options) {
		final TrainedModel model = ExampleModel.segmentation(n, channels, options);
		final RandomAccessibleInterval<?> image = noise(withChannels(channels, size(n)));
		final float[] whole = predict(model, image, PredictionOptions.USUAL);
		final int[] tile = new int[n];
		for (final int extent : new int[] { 13, 32 }) {
			if (n == 3 && extent == 13) continue;
			Arrays.fill(tile, extent);
			assertArrayEquals(whole, predict(model, image, PredictionOptions.USUAL.withTile(tile)), 1e-4f);
			assertArrayEquals(whole, predict(model, image, PredictionOptions.USUAL.withTile(tile).withBlend(0.3)), 1e-4f);
		}
		for (int i = 0; i < whole.length / 3; i++)
			assertEquals(1, whole[i] + whole[whole.length / 3 + i] + whole[2 * whole.length / 3 + i], 1e-4);
	}

	@Test
	void imagesSmallerThanTheNetworksGridAreMirrored() {
		final TrainedModel model = ExampleModel.segmentation(2, 1, "");
		final ArrayImg<FloatType, FloatArray> small = noise(3, 1, 1), mirrored = ArrayImgs.floats(4, 4, 1);
		final float[] v = small.update(null).getCurrentStorageArray();
		for (int i = 0; i < 16; i++)
			mirrored.update(null).getCurrentStorageArray()[i] = v[Math.min(i % 4, 2)];
		final float[] a = predict(model, small, PredictionOptions.USUAL), b = predict(model, mirrored, PredictionOptions.USUAL);
		for (int c = 0; c < 3; c++)
			for (int x = 0; x < 3; x++)
				assertEquals(b[c * 16 + x], a[c * 3 + x], 1e-5);
	}

	@Test
	void labelsAreTheMostProbableClass() {
		final TrainedModel model = ExampleModel.segmentation(2, 1, "");
		final RandomAccessibleInterval<?> image = noise(60, 50, 1);
		final float[] p = predict(model, image, PredictionOptions.USUAL);
		final ArrayImg<UnsignedByteType, ByteArray> labels = ArrayImgs.unsignedBytes(60, 50), blended = ArrayImgs.unsignedBytes(
			60, 50);
		try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			predictor.labels(image, labels, PredictionOptions.USUAL, Monitor.NONE);
			predictor.labels(image, blended, PredictionOptions.USUAL.withTile(24, 24).withBlend(0.5), Monitor.NONE);
		}
		for (int i = 0; i < 3000; i++) {
			int best = 0;
			for (int c = 1; c < 3; c++)
				if (p[c * 3000 + i] > p[best * 3000 + i]) best = c;
			// The classes' names are not all numbers, so labels count from 1.
			assertEquals(best + 1, labels.update(null).getCurrentStorageArray()[i]);
		}
		int different = 0;
		for (int i = 0; i < 3000; i++)
			different += labels.update(null).getCurrentStorageArray()[i] == blended.update(null).getCurrentStorageArray()[i] ? 0
				: 1;
		assertTrue(different < 5, different + " labels differ when tiles are blended");
		assertArrayEquals(new float[] { 0, 255 }, LabelValues.of(List.of("0", "255")).toArray());
		assertArrayEquals(new float[] { 0, 3, 7 }, LabelValues.of(ExampleModel.segmentation(2, 1, "").withLabels(List.of(0L, 3L,
			7L))).toArray());
	}

	/** Averaged over all flips, the prediction of a flipped image is the flipped prediction. */
	@Test
	void flipsMakePredictionsSymmetric() {
		final TrainedModel model = ExampleModel.segmentation(2, 1, "");
		final ArrayImg<FloatType, FloatArray> image = noise(40, 32, 1);
		final RandomAccessibleInterval<FloatType> flipped = Views.zeroMin(Views.invertAxis(image, 0));
		final PredictionOptions flips = PredictionOptions.USUAL.withFlips();
		final float[] a = predict(model, image, flips), b = predict(model, flipped, flips);
		for (int row = 0; row < 96; row++)
			for (int x = 0; x < 40; x++)
				assertEquals(a[row * 40 + x], b[row * 40 + 39 - x], 1e-5);
	}

	/** An image that exists nowhere: 17 billion pixels, of which only those of a tile are ever computed. */
	@Test
	void imagesMayBeLargerThanMemory() {
		final TrainedModel model = ExampleModel.segmentation(2, 1, "");
		final AtomicLong read = new AtomicLong();
		final RandomAccessibleInterval<?> image = Views.interval(new FunctionRandomAccessible<>(3, (position, value) -> {
			read.incrementAndGet();
			value.set((position.getIntPosition(0) ^ position.getIntPosition(1)) & 255);
		}, UnsignedShortType::new), new long[3], new long[] { (1 << 17) - 1, (1 << 17) - 1, 0 });
		final RandomAccessibleInterval<?> out = Views.interval(new FunctionRandomAccessible<>(2, (position, value) -> value.set(
			0), UnsignedByteType::new), new long[2], new long[] { (1 << 17) - 1, (1 << 17) - 1 });
		final int[] calls = new int[1];
		try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			assertThrows(CancellationException.class, () -> predictor.labels(image, out, PredictionOptions.USUAL.withTile(64, 64),
				progress -> {
					if (++calls[0] > 20) throw new CancellationException();
				}));
		}
		assertTrue(read.get() < 20_000_000, read + " pixels were read");
	}

	@Test
	void tooLargeTilesAreRefusedWithTheNumbers() {
		final TilePlanner.Limit limit = new TilePlanner.Limit(8e9, 8e9);
		final String message = assertThrows(IllegalArgumentException.class, () -> new TilePlanner(new TileMemory(Architectures
			.create("unet depth=3 width=64", 3, 1, 2), false, false), new long[] { 2048, 2048, 1024 }, PredictionOptions.USUAL
				.withTile(512, 512, 512)).within(limit)).getMessage();
		assertTrue(message.contains("memory allows 8.00 GB"), message);
		final Tiling chosen = new TilePlanner(new TileMemory(Architectures.create("unet depth=3 width=16", 3, 1, 2), false,
			false), new long[] { 2048, 2048, 1024 }, PredictionOptions.USUAL).within(limit);
		assertTrue(chosen.count() > 1 && chosen.size()[0] >= 32, Arrays.toString(chosen.size()));
		final Tiling unfolded = new TilePlanner(new TileMemory(Architectures.create("unet depth=3 width=16", 3, 1, 2), true,
			false), new long[] { 2048, 2048, 1024 }, PredictionOptions.USUAL).within(limit);
		assertTrue(unfolded.count() > chosen.count(), Arrays.toString(unfolded.size()));
	}

	@Test
	void modelsTellWhatTheyTake() {
		try (Predictor predictor = new Predictor(new TorchEngine(), ExampleModel.segmentation(2, 3, ""), Precision.FP32,
			Device.CPU))
		{
			final String message = assertThrows(IllegalArgumentException.class, () -> predictor.values(noise(20, 20, 1), ArrayImgs
				.floats(20, 20, 3), PredictionOptions.USUAL, Monitor.NONE)).getMessage();
			assertTrue(message.contains("takes images with the axes XY and 3 channels, but this one has 2 axes and 1 channel."),
				message);
		}
	}

	@Test
	void classifiersTakeImagesOfAnySize() {
		final TrainedModel model = ExampleModel.of(Architectures.create("digits", 2, 1, 3), Task.CLASSIFICATION, 28, 28);
		try (Predictor predictor = new Predictor(new TorchEngine(), model, Precision.FP32, Device.CPU)) {
			for (final int extent : new int[] { 28, 56, 10 }) {
				final float[] p = predictor.classify(noise(extent, extent, 1)).values();
				assertEquals(3, p.length);
				assertEquals(1, p[0] + p[1] + p[2], 1e-5);
			}
		}
	}
}
