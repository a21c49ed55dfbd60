package io.github.convoluta.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.BatchResult;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.evaluation.ConfusionMatrix;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.image.TestImages;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.FoundClasses;
import io.github.convoluta.sample.ImagePatches;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationTest {

	/** Views of arrays, x first; values with channels last. */
	private static LabelledImage image(final float[] values, final int channels, final float[] labels, final long... size) {
		final long[] all = Arrays.copyOf(size, size.length + 1);
		all[size.length] = channels;
		return new LabelledImage(ArrayImgs.floats(values, all), ArrayImgs.floats(labels, size));
	}

	private static float[] floats(final long[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < result.length; i++)
			result[i] = values[i];
		return result;
	}

	private static final Normalization AS_IT_IS = new Normalization.PerImage(new Normalization.Method.None());

	@Test
	void patchesAreCutOutOfTheImageBalancedByClass() {
		final float[] values = new float[6000], labels = new float[3000];
		for (int i = 0; i < 6000; i++)
			values[i] = i;
		for (int i = 0; i < 3000; i++)
			labels[i] = i == 1234 ? 7 : i < 100 ? 0 : 3;
		final LabelledImage image = image(values, 2, labels, 20, 15, 10);
		final ClassValues classes = FoundClasses.of(List.of(image.labels()), true);
		assertEquals(List.of(3L, 7L), classes.values());
		final LabelIndex index = LabelIndex.of(List.of(image), classes, Monitor.NONE);
		final ImagePatches patches = ImagePatches.of(index, new int[] { 6, 5, 4 }, AS_IT_IS, 200, 3, Monitor.NONE);
		assertArrayEquals(new long[] { 2899, 1 }, index.counts());
		int rare = 0;
		for (int p = 0; p < 200; p++) {
			final Batch b = patches.batch(p);
			assertArrayEquals(new long[] { 1, 2, 4, 5, 6 }, b.shape());
			final float origin = b.input()[0];
			boolean hasRare = false;
			for (int z = 0; z < 4; z++)
				for (int y = 0; y < 5; y++)
					for (int x = 0; x < 6; x++) {
						final int i = (z * 5 + y) * 6 + x;
						assertEquals(origin + x + 20 * y + 300 * z, b.input()[i]);
						assertEquals(3000 + origin + x + 20 * y + 300 * z, b.input()[120 + i]);
						final float label = labels[(int) b.input()[i]];
						assertEquals(label == 0 ? Target.IGNORED : label == 3 ? 0 : 1, ((Target.Classes) b.target()).numbers()[i]);
						hasRare |= label == 7;
					}
			rare += hasRare ? 1 : 0;
		}
		assertTrue(rare > 70 && rare < 150, rare + " of 200 patches show the one voxel of the rare class");
		assertArrayEquals(patches.batch(5, 7).input(), patches.batch(5, 7).input());
		assertTrue(!Arrays.equals(patches.batch(5).input(), patches.epoch(1).batch(5).input()), "another epoch, other patches");
	}

	@Test
	void smallImagesAreMirroredAndSeveralImagesMixed() {
		final float[] one = { 1, 2, 3 }, two = { 4, 5, 6, 7, 8, 9, 10 };
		final ImagePatches patches = ImagePatches.of(LabelIndex.of(List.of(image(one, 1, new float[] { 0, 1, 0 }, 3), image(two,
			1, new float[] { 0, 1, 1, 1, 0, 0, 0 }, 7)), new ClassValues(List.of(0, 1), false), Monitor.NONE), new int[] { 5 },
			AS_IT_IS, 60, 1, Monitor.NONE);
		final Set<Float> firsts = new TreeSet<>();
		for (int i = 0; i < 60; i++) {
			final float[] v = patches.batch(i).input();
			firsts.add(v[0]);
			if (v[1] < 4) assertArrayEquals(new float[] { 1, 1, 2, 3, 3 }, v);
		}
		assertEquals(Set.of(1f, 4f, 5f, 6f), firsts);
	}

	@Test
	void labelsThatAreNoClassesAreRefused() {
		final float[] many = new float[1000];
		for (int i = 0; i < 1000; i++)
			many[i] = i;
		assertTrue(assertThrows(IllegalArgumentException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(many, 1000)),
			false)).getMessage().contains("threshold the labels first"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(new float[9], 9)),
			false)).getMessage().contains("at least two are needed"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> FoundClasses.of(List.of(ArrayImgs.floats(new float[] {
			0.5f }, 1)), false)).getMessage().contains("whole numbers"));
	}

	private static Split<LabelIndex> split(final ClassValues classes, final LabelledImage... images) {
		return Split.of(LabelIndex.of(List.of(images), classes, Monitor.NONE), 0.2, 1, Monitor.NONE);
	}

	@Test
	void validationTakesNothingFromWhatIsRareAndNoImageWithoutLabels() {
		final ClassValues classes = new ClassValues(List.of(1, 2), true);
		final float[] strokes = new float[200];
		strokes[3] = 1;
		strokes[199] = 2;
		final LabelledImage some = image(new float[200], 1, strokes, 20, 10), none = image(new float[200], 1, new float[200], 20,
			10);
		assertEquals(List.of(some), split(classes, none, some, none).training().images(), "class 2 is only at the end");
		assertEquals(0, split(classes, some).validation().images().size());
		final float[] rows = new float[200];
		Arrays.fill(rows, 0, 20, 1);
		Arrays.fill(rows, 20, 40, 2);
		final Split<LabelIndex> both = split(classes, image(new float[200], 1, rows, 20, 10));
		assertEquals(16, both.training().images().get(0).image().dimension(0));
		assertEquals(4, both.validation().images().get(0).image().dimension(0));
		assertEquals(4, split(classes, some, some, some, some, some).training().images().size());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> split(classes, none)).getMessage().contains(
			"Nothing in the images is labelled"));
	}

	/** A network that restores: its result is a value, here the mean of its neighbours without the noise. */
	@Test
	void valuesAreLearntToo() {
		final int n = 64;
		final Random random = new Random(1);
		final float[] clean = new float[n * n], noisy = new float[n * n];
		for (int i = 0; i < clean.length; i++) {
			clean[i] = (float) (Math.sin(i % n / 5.0) * Math.cos(i / n / 7.0));
			noisy[i] = (float) (clean[i] + 0.5 * random.nextGaussian());
		}
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(noisy, n, n, 1), ArrayImgs.floats(clean, n, n, 1));
		final Network network = NetworkBuilder.network("restore", 2, 1).convolution(16, 5, LayerPadding.SAME, Activation.RELU)
			.convolution(16, 5, LayerPadding.SAME, Activation.RELU).convolution(1, 3, LayerPadding.SAME, Activation.LINEAR)
			.build();
		final ModelTraining.Outcome outcome = ModelTraining.of(new TorchEngine(), network, 32, 32).plan(TrainingPlan.USUAL
			.epochs(8).batch(8).steps(20).learningRate(0.005).augmentation(false).validation(0)).regression(List.of(image), List
				.of("restored"));
		final float[] result = new float[n * n];
		try (Predictor predictor = new Predictor(new TorchEngine(), outcome.model(), Precision.FP32, Device.CPU)) {
			predictor.values(image.image(), ArrayImgs.floats(result, n, n, 1), PredictionOptions.USUAL, Monitor.NONE);
		}
		double before = 0, after = 0;
		for (int i = 0; i < clean.length; i++) {
			before += Math.pow(noisy[i] - clean[i], 2) / clean.length;
			after += Math.pow(result[i] - clean[i], 2) / clean.length;
		}
		assertTrue(after < 0.15 * before, before + " became " + after);
	}

	private static final int W = TestImages.CT_WIDTH, H = TestImages.CT_HEIGHT, D = TestImages.CT_SLICES;

	/** The CT phantom with fresh noise, in units of 500 HU. */
	private static float[] phantom(final long[] labels, final long seed) {
		final Random random = new Random(seed);
		final int[] density = { -1000, 40, -780, 650 };
		final float[] values = new float[labels.length];
		for (int i = 0; i < values.length; i++)
			values[i] = (float) ((density[(int) labels[i]] + 150 * random.nextGaussian()) / 500);
		return values;
	}

	@Test
	void organsOfTheCtPhantom() {
		final long[] labels = new long[W * H * D];
		for (int i = 0; i < labels.length; i++)
			labels[i] = TestImages.ctLabel(i % W, i / W % H, i / W / H);
		final LabelledImage image = image(phantom(labels, 1), 1, floats(labels), W, H, D);
		final Samples patches = ImagePatches.of(LabelIndex.of(List.of(image), false, false, Monitor.NONE), new int[] { 32, 32,
			16 }, AS_IT_IS, 160, 1, Monitor.NONE);
		final Network network = Architectures.create("unet depth=2 width=8", 3, 1, 4);
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), network, patches, new Split<>(IntStream.range(0,
			150).toArray(), IntStream.range(150, 160).toArray(), ""), TrainingSettings.usual(4, 4, 5e-3, 1),
			new TrainingLoop.Listener()
			{}, 32, 32, 16);
		final ConfusionMatrix matrix = new ConfusionMatrix(4);
		try (Inference torch = new TorchEngine().load(network, result.weights())) {
			final long[] volume = { 1, 1, D, H, W };
			final int[] decisions = new BatchResult(0, torch.predict(phantom(labels, 2), volume), new long[] { 1, 4, D, H, W })
				.decisions();
			for (int i = 0; i < labels.length; i++)
				matrix.add(labels[i], decisions[i]);
		}
		double dice = 0;
		for (int c = 0; c < 4; c++)
			dice += matrix.dice(c) / 4;
		System.out.println("CT phantom: mean Dice " + dice);
		assertTrue(dice >= 0.95, dice + "\n" + result.history().toCsv());
	}

	private static ImagePlus open(final String name) {
		final Path file = Path.of(System.getProperty("convoluta.data", "../shared/data"), name);
		Assumptions.assumeTrue(Files.exists(file), "skipped: there is no image " + file);
		return IJ.openImage(file.toString());
	}

	private static float[] normalized(final ImagePlus image) {
		final int w = image.getWidth(), h = image.getHeight(), d = image.getNSlices();
		final float[] values = new float[w * h * d];
		double sum = 0, square = 0;
		for (int z = 0, i = 0; z < d; z++)
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++, i++) {
					values[i] = image.getStack().getProcessor(z + 1).getf(x, y);
					sum += values[i];
					square += (double) values[i] * values[i];
				}
		final double mean = sum / values.length, deviation = Math.sqrt(square / values.length - mean * mean);
		for (int i = 0; i < values.length; i++)
			values[i] = (float) ((values[i] - mean) / deviation);
		return values;
	}

	/** Nuclei of which the left half is labelled, or one of a hundred of its voxels; the right half is predicted. */
	@ParameterizedTest
	@CsvSource({ "1, 0.85", "0.01, 0.80" })
	void nuclei(final double labelled, final double least) {
		final ImagePlus image = open("nuclei3d/img3d.tif"), mask = open("nuclei3d/mask3d.tif");
		final int w = image.getWidth(), h = image.getHeight(), d = image.getStackSize(), half = w / 2;
		final float[] values = new float[w * h * d], truth = new float[values.length], known = new float[values.length];
		final Random random = new Random(1);
		for (int i = 0; i < values.length; i++) {
			values[i] = image.getStack().getProcessor(i / w / h + 1).getf(i % w, i / w % h);
			truth[i] = mask.getStack().getProcessor(i / w / h + 1).getf(i % w, i / w % h) > 0 ? 2 : 1;
			known[i] = random.nextDouble() < labelled ? truth[i] : 0;
		}
		final LabelledImage left = image(values, 1, known, w, h, d).part(0, 0, half), right = image(values, 1, truth, w, h, d)
			.part(0, half, w);
		final TrainingPlan plan = TrainingPlan.USUAL.epochs(12).batch(4).steps(16).learningRate(0.005).validation(0).precision(
			new TorchEngine().precision(PrecisionChoice.AUTOMATIC, Purpose.TRAINING, Device.CPU));
		final ModelTraining training = ModelTraining.of(new TorchEngine(), Architectures.create("unet depth=2 width=12", 3, 1,
			2), 28, 32, 32).plan(plan);
		final ModelTraining.Outcome outcome = training.segmentation(LabelIndex.of(List.of(left), true, false, Monitor.NONE));
		assertTrue(outcome.result().waited() < 0.05, "the engine waited " + outcome.result().waited() + " of the time");
		final float[] found = new float[(w - half) * h * d];
		try (Predictor predictor = new Predictor(new TorchEngine(), outcome.model(), Precision.FP32, Device.CPU)) {
			predictor.labels(right.image(), ArrayImgs.floats(found, w - half, h, d), PredictionOptions.USUAL, Monitor.NONE);
		}
		final ConfusionMatrix matrix = new ConfusionMatrix(2);
		for (int i = 0; i < found.length; i++)
			matrix.add((long) truth[i / (w - half) * w + half + i % (w - half)] - 1, (int) found[i] - 1);
		System.out.println("nuclei, " + 100 * labelled + " % labelled: Dice " + matrix.dice(1) + ", waited " + outcome.result()
			.waited());
		assertTrue(matrix.dice(1) >= least, matrix.dice(1) + "\n" + outcome.result().history().toCsv());
	}

	@Test
	void cellMembranes() {
		final List<LabelledImage> images = new ArrayList<>();
		for (int i = 0; i < 14; i++)
			images.add(image(normalized(open(name("image", i))), 1, floats(membranes(i)), 512, 512));
		final Samples patches = ImagePatches.of(LabelIndex.of(images, new ClassValues(List.of(0, 1), false), Monitor.NONE),
			new int[] { 128, 128 }, AS_IT_IS, 14 * 120, 1, Monitor.NONE);
		final Network network = Architectures.create("unet depth=3 width=12", 2, 1, 2);
		final TrainingLoop.Result result = TrainingLoop.run(new TorchEngine(), network, patches, new Split<>(IntStream.range(0,
			patches.size()).toArray(), new int[0], ""), TrainingSettings.usual(2, 6, 8e-3, 1).with(new TrainingMethod(
				new Loss.Dice(1), Optimizer.adam())), new TrainingLoop.Listener()
		{}, 128, 128);
		final ConfusionMatrix matrix = new ConfusionMatrix(2);
		try (Inference torch = new TorchEngine().load(network, result.weights())) {
			for (int i = 14; i < 20; i++)
				count(matrix, membranes(i), torch.predict(normalized(open(name("image", i))), 1, 1, 512, 512), 2);
		}
		System.out.println("membranes: accuracy " + matrix.accuracy() + ", Dice " + matrix.dice(1));
		assertTrue(matrix.accuracy() >= 0.90 && matrix.dice(1) >= 0.75, matrix.accuracy() + " " + matrix.dice(1));
	}

	private static String name(final String kind, final int i) {
		return String.format(Locale.ROOT, "membranes/%s/%02d.png", kind, i);
	}

	/** Class 1 where the label image is dark. */
	private static long[] membranes(final int i) {
		final ImagePlus image = open(name("label", i));
		final long[] labels = new long[512 * 512];
		final ImageProcessor ip = image.getProcessor().convertToByteProcessor(false);
		for (int p = 0; p < labels.length; p++)
			labels[p] = ip.get(p) < 128 ? 1 : 0;
		return labels;
	}

	private static void count(final ConfusionMatrix matrix, final long[] truth, final float[] probabilities,
		final int classes)
	{
		final int[] decisions = new BatchResult(0, probabilities, new long[] { 1, classes, truth.length }).decisions();
		for (int p = 0; p < truth.length; p++)
			matrix.add(truth[p], decisions[p]);
	}
}
