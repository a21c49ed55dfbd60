package io.github.convoluta.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;
import io.github.convoluta.engine.Batch;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Differentiator;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.FakeEngine;
import io.github.convoluta.engine.Gradients;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Target;
import io.github.convoluta.engine.Trainer;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.ExampleModel;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.ImagePatches;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.torch.TorchEngine;
import io.github.convoluta.training.Checkpoints;
import io.github.convoluta.training.TrainingLoop;
import io.github.convoluta.training.TrainingSettings;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;

/** Predictions, trainings, model files and commands take any engine, and need no libtorch if it is another. */
class FakeEngineTest {

	private static final int SIZE = 32;

	@TempDir
	Path folder;

	/** All of it where libtorch is not: {@link #nothingOfLibtorchIsNeeded} runs this in a Java of its own. */
	static final class WithoutLibtorch {

		public static void main(final String... arguments) throws IOException {
			final FakeEngineTest test = new FakeEngineTest();
			test.folder = Path.of(arguments[0]);
			test.tilesFitTogether();
			test.aTrainingThatWasStoppedAndResumedIsOneThatWasNot();
			test.aModelIsReadAsItWasWritten();
			test.aSegmentationIsTrainedAndApplied();
			test.aClassifierIsTrainedAndApplied();
			System.out.println("all is done");
		}
	}

	private static float[] normal(final int count, final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++)
			values[i] = (float) random.nextGaussian();
		return values;
	}

	private static TrainedModel model() {
		return ExampleModel.of(ArchitectureCode.parse("C8k1RM", 2, 1, 3), Task.SEGMENTATION, 16, 16);
	}

	@Test
	void tilesFitTogether() {
		final ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(normal(61 * 43, 1), 61, 43, 1);
		image.forEach(v -> v.set(100 + 20 * v.get()));
		final float[] values = LabelValues.of(model().classes()).toArray();
		final List<float[]> found = new ArrayList<>();
		try (Predictor predictor = new Predictor(new FakeEngine(), model(), Precision.FP32, Device.CPU)) {
			for (final PredictionOptions options : List.of(PredictionOptions.USUAL, PredictionOptions.USUAL.withTile(13, 17),
				PredictionOptions.USUAL.withTile(20, 20).withBlend(0.3)))
			{
				final ArrayImg<FloatType, FloatArray> probabilities = ArrayImgs.floats(61, 43, 3);
				final ArrayImg<UnsignedByteType, ByteArray> labels = ArrayImgs.unsignedBytes(61, 43);
				predictor.values(image, probabilities, options, Monitor.NONE);
				predictor.labels(image, labels, options, Monitor.NONE);
				final float[] p = probabilities.update(null).getCurrentStorageArray();
				for (int i = 0; i < 61 * 43; i++) {
					final int at = i;
					final int best = Stream.of(0, 1, 2).max(Comparator.comparing(c -> p[c * 61 * 43 + at])).orElseThrow();
					assertEquals((int) values[best], labels.update(null).getCurrentStorageArray()[i]);
					assertEquals(1, p[i] + p[61 * 43 + i] + p[2 * 61 * 43 + i], 1e-5);
				}
				found.add(p);
			}
		}
		for (final float[] p : found)
			assertArrayEquals(found.get(0), p, 1e-6f);
	}

	private static Samples patches(final long seed) {
		final float[] values = normal(1600, 2), labels = new float[1600];
		for (int i = 0; i < 1600; i++) {
			labels[i] = i / 40 % 10 < 5 ? 0 : 1;
			values[i] += 3 * labels[i];
		}
		final LabelledImage image = new LabelledImage(ArrayImgs.floats(values, 40, 40, 1), ArrayImgs.floats(labels, 40, 40));
		return ImagePatches.of(LabelIndex.of(List.of(image), new ClassValues(List.of(0, 1), false), Monitor.NONE), new int[] {
			16, 16 }, new Normalization.PerImage(new Normalization.Method.None()), 24, seed, Monitor.NONE);
	}

	private static TrainingLoop.Result train(final Checkpoints checkpoints, final int stopAfter) {
		final int[] steps = new int[1];
		final TrainingSettings settings = TrainingSettings.usual(5, 4, 0.05, 3).with(new TrainingMethod(Loss.crossEntropy(),
			Optimizer.adam()));
		return TrainingLoop.run(new FakeEngine(), ArchitectureCode.parse("C4k1RM", 2, 1, 2), patches(1), patches(2), settings,
			checkpoints, new TrainingLoop.Listener()
			{

				@Override
				public boolean step(final double progress, final double loss) {
					return ++steps[0] < stopAfter;
				}
			}, 16, 16);
	}

	@Test
	void aTrainingThatWasStoppedAndResumedIsOneThatWasNot() {
		final TrainingLoop.Result whole = train(Checkpoints.NONE, Integer.MAX_VALUE);
		assertTrue(whole.history().epochs().get(4).accuracy() > 0.85, whole.history().toString());
		final Path kept = folder.resolve("checkpoints");
		assertTrue(train(Checkpoints.in(kept, true), 15).cancelled());
		final TrainingLoop.Result resumed = train(Checkpoints.in(kept, true), Integer.MAX_VALUE);
		assertEquals(whole.history(), resumed.history());
		for (int i = 0; i < whole.weights().arrays().size(); i++)
			assertArrayEquals(whole.weights().arrays().get(i), resumed.weights().arrays().get(i));
	}

	@Test
	void aModelIsReadAsItWasWritten() {
		final Path file = folder.resolve("model.zip");
		final TrainedModel model = model();
		ModelFile.write(model, new byte[] { 1 }, file, new FakeEngine());
		final TrainedModel read = ModelFile.read(file, new FakeEngine());
		assertEquals(model.network(), read.network());
		for (int i = 0; i < model.weights().arrays().size(); i++)
			assertArrayEquals(model.weights().arrays().get(i), read.weights().arrays().get(i));
	}

	private static Module run(final Class<? extends UserCommand> command, final Map<String, Object> inputs) {
		return ScriptedCommand.run(FakeEngineService.class, command, inputs);
	}

	/** Bright and dark bands with noise. */
	private static ImagePlus bands(final long seed) {
		final float[] values = normal(SIZE * SIZE, seed);
		for (int i = 0; i < values.length; i++)
			values[i] += 8 * band(i);
		return new ImagePlus("bands", new FloatProcessor(SIZE, SIZE, values));
	}

	private static int band(final int i) {
		return i / SIZE / 4 % 2;
	}

	@Test
	void aSegmentationIsTrainedAndApplied() {
		final ImagePlus labels = IJ.createImage("labels", "8-bit black", SIZE, SIZE, 1);
		for (int i = 0; i < SIZE * SIZE; i++)
			labels.getProcessor().set(i, band(i));
		final String truth = folder.resolve("labels.tif").toString(), model = folder.resolve("bands.zip").toString();
		IJ.saveAsTiff(labels, truth);
		final Map<String, Object> keys = new HashMap<>(Map.of("image", bands(1), "labels", truth, "network", "C4k1RM", "loss",
			"crossentropy", "epochs", 10, "steps", 10, "batch", 4, "patch", "16", "learningrate", 0.05, "model", model));
		run(TrainSegmentationCommand.class, keys);
		final ImagePlus image = bands(2);
		for (final String tile : List.of("automatic", "8")) {
			final Module applied = run(ApplyNetworkCommand.class, Map.of("image", image, "model", model, "output", "both", "tile",
				tile));
			final ImagePlus found = (ImagePlus) applied.getOutput("labels"), p = (ImagePlus) applied.getOutput("probabilities");
			int right = 0;
			for (int i = 0; i < SIZE * SIZE; i++) {
				if (found.getProcessor().get(i) == band(i)) right++;
				assertEquals(1, p.getStack().getProcessor(1).getf(i) + p.getStack().getProcessor(2).getf(i), 1e-5);
			}
			assertTrue(right > 0.98 * SIZE * SIZE, "pixels that are right: " + right);
		}
	}

	@Test
	void aClassifierIsTrainedAndApplied() throws IOException {
		final Path images = folder.resolve("images");
		for (int i = 0; i < 24; i++) {
			final String name = i % 2 == 0 ? "bright" : "dark";
			Files.createDirectories(images.resolve(name));
			IJ.saveAsTiff(plane(name, i), images.resolve(name).resolve(i + ".tif").toString());
		}
		final String model = folder.resolve("brightness.zip").toString();
		run(TrainClassifierCommand.class, new HashMap<>(Map.of("folder", images.toString(), "network", "C4k1RGF", "epochs", 20,
			"batch", 4, "learningrate", 0.05, "normalization", "zeromean", "model", model)));
		for (final String name : List.of("bright", "dark")) {
			final ResultsTable found = (ResultsTable) run(ApplyNetworkCommand.class, Map.of("image", plane(name, 99), "model",
				model)).getOutput("classification");
			assertEquals(name, found.getStringValue("Class", found.size() - 1));
		}
	}

	private static ImagePlus plane(final String name, final long seed) {
		final float[] values = normal(64, seed);
		for (int i = 0; i < values.length; i++)
			values[i] += name.equals("bright") ? 5 : 0;
		return new ImagePlus(name, new FloatProcessor(8, 8, values));
	}

	/** The fake is no stand-in that answers anything: it computes what libtorch does. */
	@Test
	void bothEnginesAgree() {
		for (final String code : List.of("C5k1RC4k1HM", "C4k1EGD6SF")) {
			final Network network = ArchitectureCode.parse(code, 2, 2, 3);
			final Weights weights = Weights.random(Parameter.of(network, 6, 5), 1);
			final long[] shape = { 2, 2, 5, 6 };
			final float[] input = normal(120, 2);
			final List<String> layers = network.nodes().stream().map(Network.Node::name).toList();
			final long[] classes = new long[code.endsWith("M") ? 60 : 2];
			for (int i = 0; i < classes.length; i++)
				classes[i] = i % 7 == 3 ? Target.IGNORED : i % 3;
			final Batch batch = new Batch(input, shape, new Target.Classes(classes, classes.length == 2 ? new long[] { 2 }
				: new long[] { 2, 5, 6 }));
			final List<List<float[]>> found = new ArrayList<>();
			for (final Engine engine : List.of(new FakeEngine(), new TorchEngine())) {
				final List<float[]> all = new ArrayList<>();
				try (Inference inference = engine.load(network, weights); Trainer trainer = engine.train(network, weights,
					new TrainingMethod(Loss.crossEntropy(), Optimizer.adam())); Differentiator differentiator = engine.differentiate(
						network, weights, Device.CPU))
				{
					all.add(inference.predict(input, shape));
					all.addAll(trainer.gradients(batch, false));
					all.add(new float[] { trainer.step(batch, 0.01), trainer.step(batch, 0.01), trainer.evaluate(batch).loss() });
					differentiator.activations(input, shape, layers).values().forEach(t -> all.add(t.values()));
					final Gradients gradients = differentiator.classGradients(input, shape, 1, layers);
					all.add(gradients.sums());
					all.add(gradients.input().values());
					gradients.layers().values().forEach(t -> all.add(t.values()));
				}
				found.add(all);
			}
			assertEquals(found.get(0).size(), found.get(1).size());
			for (int i = 0; i < found.get(0).size(); i++)
				assertArrayEquals(found.get(1).get(i), found.get(0).get(i), 1e-3f, code + " " + i);
		}
	}

	/** No class of libtorch's binding is there to be loaded, and none of the room that uses it is. */
	@Test
	void nothingOfLibtorchIsNeeded() throws IOException, InterruptedException {
		final String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(jar -> !Path
			.of(jar).getFileName().toString().matches("(pytorch-|api-0|jna).*")).collect(Collectors.joining(File.pathSeparator));
		assertTrue(System.getProperty("java.class.path").contains("pytorch-engine"));
		assertFalse(path.contains("pytorch"));
		final Path log = folder.resolve("log"), results = Files.createDirectory(folder.resolve("results"));
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-verbose:class", "-Djava.awt.headless=true", "-cp", path, WithoutLibtorch.class.getName(), results.toString())
			.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertTrue(process.waitFor(5, TimeUnit.MINUTES));
		}
		finally {
			process.destroyForcibly();
		}
		final List<String> lines = Files.readAllLines(log);
		final List<String> said = lines.stream().filter(l -> !l.contains(" source: ")).toList();
		assertEquals(0, process.exitValue(), String.join("\n", said));
		assertTrue(said.contains("all is done"), String.join("\n", said));
		assertTrue(lines.stream().anyMatch(l -> l.contains(FakeEngine.class.getName() + " source: ")));
		assertEquals(List.of(), lines.stream().filter(l -> l.contains(" ai.djl.") || l.contains(TorchEngine.class
			.getPackageName())).toList());
	}
}
