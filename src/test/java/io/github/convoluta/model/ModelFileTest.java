package io.github.convoluta.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.FakeEngine;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Activation;
import io.github.convoluta.network.ArchitectureCode;
import io.github.convoluta.network.Architectures;
import io.github.convoluta.network.Citation;
import io.github.convoluta.network.LayerPadding;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkBuilder;
import io.github.convoluta.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ModelFileTest {

	@TempDir
	Path folder;

	private static Map<String, byte[]> entries(final Path file) throws IOException {
		final Map<String, byte[]> entries = new TreeMap<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry e : zip.stream().toList())
				entries.put(e.getName(), zip.getInputStream(e).readAllBytes());
		}
		return entries;
	}

	private Path zip(final Map<String, byte[]> entries) throws IOException {
		final Path file = folder.resolve("changed.zip");
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (final Map.Entry<String, byte[]> e : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(e.getKey()));
				zip.write(e.getValue());
			}
		}
		return file;
	}

	/** An engine that can't load networks in its first way, or in none. */
	private static final class Failing extends FakeEngine {

		private final boolean hasSecondWay;

		Failing(final boolean hasSecondWay) {
			this.hasSecondWay = hasSecondWay;
		}

		@Override
		public Inference load(final Network network, final Weights weights, final Precision precision, final Device device) {
			throw new IllegalStateException("Unknown builtin op: mkldnn::_convolution_pointwise");
		}

		@Override
		public Inference loadAsWritten(final Network network, final Weights weights) {
			if (hasSecondWay) return super.load(network, weights, Precision.FP32, Device.CPU);
			throw new UnsatisfiedLinkError("no torch");
		}
	}

	/** What was learnt is not lost because the result of the example can't be computed. */
	@Test
	void aModelIsWrittenWhateverBecomesOfItsTestOutput() throws IOException {
		final TrainedModel model = ExampleModel.of(ArchitectureCode.parse("C4k1RM", 2, 1, 3), Task.SEGMENTATION, 16, 16);
		final Path usual = folder.resolve("usual.zip"), second = folder.resolve("second.zip"), without = folder.resolve(
			"without.zip");
		ModelFile.write(model, new byte[] { 1 }, usual, new FakeEngine());
		ModelFile.write(model, new byte[] { 1 }, second, new Failing(true));
		assertArrayEquals(entries(usual).get("test_output.npy"), entries(second).get("test_output.npy"));
		ModelFile.write(model, new byte[] { 1 }, without, new Failing(false));
		assertSame(model, ModelFile.read(without, new FakeEngine()));
		assertFalse(entries(without).containsKey("test_output.npy"));
		final Map<String, Object> description = new Yaml().load(new String(entries(without).get("rdf.yaml"),
			StandardCharsets.UTF_8));
		assertFalse(((Map<?, ?>) ((List<?>) description.get("outputs")).get(0)).containsKey("test_tensor"));
	}

	private static void assertSame(final TrainedModel expected, final TrainedModel actual) {
		assertEquals(expected.about(), actual.about());
		assertEquals(expected.network(), actual.network());
		assertEquals(expected.task(), actual.task());
		assertEquals(expected.axes(), actual.axes());
		assertEquals(expected.normalization(), actual.normalization());
		assertEquals(expected.classes(), actual.classes());
		assertEquals(expected.patch(), actual.patch());
		assertEquals(expected.pixelSize(), actual.pixelSize());
		assertEquals(expected.unit(), actual.unit());
		assertEquals(expected.history(), actual.history());
		assertArrayEquals(expected.example(), actual.example());
		assertEquals(expected.weights().parameters(), actual.weights().parameters());
		for (int i = 0; i < expected.weights().arrays().size(); i++)
			assertArrayEquals(expected.weights().arrays().get(i), actual.weights().arrays().get(i));
	}

	@Test
	void whatIsReadIsWhatWasWritten() {
		final Path file = folder.resolve("ein Modell \u00e4\u00f6\u00fc/my model.zip");
		for (int n = 1; n <= 3; n++) {
			final TrainedModel model = ExampleModel.segmentation(n, 2, "");
			ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
			assertSame(model, ModelFile.read(file, new TorchEngine()));
		}
		final TrainedModel classifier = ExampleModel.of(Architectures.create("digits", 2, 1, 3), Task.CLASSIFICATION, 28, 28);
		ModelFile.write(classifier, ExampleModel.COVER, file, new TorchEngine());
		assertSame(classifier, ModelFile.read(file, new TorchEngine()));
		assertFalse(Files.exists(file.resolveSibling("my model.zip.part")));
	}

	@Test
	void labelsOfClassesAreKeptWhereTheirNamesDontTellThem() throws IOException {
		final TrainedModel plain = ExampleModel.segmentation(2, 1, ""), model = plain.withLabels(List.of(0L, 3L, 7L));
		final Path file = folder.resolve("labels.zip");
		ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
		assertEquals(List.of(0L, 3L, 7L), ModelFile.read(file, new TorchEngine()).labels());
		ModelFile.write(plain, ExampleModel.COVER, file, new TorchEngine());
		assertEquals(List.of(), ModelFile.read(file, new TorchEngine()).labels());
		assertThrows(IllegalArgumentException.class, () -> plain.withLabels(List.of(0L, 3L)));
		assertThrows(IllegalArgumentException.class, () -> plain.withLabels(List.of(3L, 3L, 1L)));
	}

	@Test
	void normalisationsForEveryImageAreKept() throws IOException {
		final TrainedModel m = ExampleModel.segmentation(2, 1, "");
		for (final String method : new String[] { "none", "zeromean", "range", "percentile 2 99.5" }) {
			final Normalization per = new Normalization.PerImage(Normalization.Method.parse(method));
			final TrainedModel model = new TrainedModel(m.about(), m.network(), m.weights(), m.task(), m.axes(), per, m.classes(),
				m.patch(), m.pixelSize(), m.unit(), m.example(), m.history());
			final Path file = folder.resolve("m.zip");
			ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
			assertEquals(per, ModelFile.read(file, new TorchEngine()).normalization());
			if (method.equals("none")) continue;
			// Others add it to the scale, which may be in amperes; the format wants 0 < eps <= 0.1.
			final Matcher eps = Pattern.compile("eps: (\\S+)").matcher(new String(entries(file).get("rdf.yaml"),
				StandardCharsets.UTF_8));
			assertTrue(eps.find());
			final double added = assertInstanceOf(Double.class, new Yaml().load(eps.group(1)));
			assertTrue((float) added > 0, method);
			assertEquals(1e-18, 1e-18 + added, method);
		}
	}

	/** What the official validator of the model zoo's format rejects. */
	@Test
	@SuppressWarnings("unchecked")
	void theDescriptionIsAsOthersWantIt() throws IOException {
		for (int n = 1; n <= 3; n++) {
			final TrainedModel model = ExampleModel.segmentation(n, 2, "");
			final Path file = folder.resolve("m.zip");
			ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
			final Map<String, byte[]> entries = entries(file);
			assertTrue(entries.keySet().containsAll(List.of("rdf.yaml", "weights.pt", "network.json", "test_input.npy",
				"test_output.npy", "README.md", "cover.png", "history.csv")), entries.keySet().toString());
			final Map<String, Object> rdf = new Yaml().load(new String(entries.get("rdf.yaml"), StandardCharsets.UTF_8));
			final Map<String, Object> weights = (Map<String, Object>) ((Map<String, Object>) rdf.get("weights")).get(
				"torchscript");
			assertEquals("1.13.1", weights.get("pytorch_version"));
			final Map<String, Object> input = ((List<Map<String, Object>>) rdf.get("inputs")).get(0), output =
				((List<Map<String, Object>>) rdf.get("outputs")).get(0);
			final List<Map<String, Object>> in = (List<Map<String, Object>>) input.get("axes"), out =
				(List<Map<String, Object>>) output.get("axes");
			assertEquals(n + 2, in.size());
			for (int a = 2; a < n + 2; a++) {
				final Map<String, Object> size = (Map<String, Object>) in.get(a).get("size");
				assertTrue(in.get(a).containsKey("id"));
				assertEquals("zyx".substring(5 - n - 2 + a - 2, 5 - n - 2 + a - 1), in.get(a).get("id"));
				final int min = (int) size.get("min"), step = (int) size.get("step"), halo = (int) out.get(a).get("halo");
				assertEquals(0, (16 - min) % step, "the test tensor is min + n step");
				assertTrue(min - 2 * halo >= 1);
			}
			assertEquals(List.of("class_0", "nucleus", "Zelle__"), out.get(1).get("channel_names"));
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> description(final TrainedModel model) throws IOException {
		final Path file = folder.resolve("m.zip");
		ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
		assertEquals(model.about().credits(), ModelFile.read(file, new TorchEngine()).about().credits());
		return (Map<String, Object>) new Yaml().load(new String(entries(file).get("rdf.yaml"), StandardCharsets.UTF_8));
	}

	@Test
	void modelsCiteWhatTheyAre() throws IOException {
		assertEquals(List.of(Map.of("text", "Ronneberger et al. 2015", "doi", "10.1007/978-3-319-24574-4_28")), description(
			ExampleModel.segmentation(2, 1, "")).get("cite"));
		assertEquals(List.of(Map.of("text", "He et al. 2016", "doi", "10.1109/CVPR.2016.90")), description(ExampleModel.of(
			Architectures.create("ResNet18 width=1", 2, 1, 3), Task.CLASSIFICATION, 32, 32)).get("cite"));
		final Network own = NetworkBuilder.network("unet of mine", 2, 1).convolution(3, 3, LayerPadding.SAME, Activation.SOFTMAX)
			.build();
		for (final Network network : new Network[] { own, Architectures.create("cnn depth=1 width=1", 2, 1, 3) })
			assertEquals(List.of(Map.of("text", "Convoluta", "url", "https://imagej.net/plugins/convoluta")), description(
				ExampleModel.of(network, network == own ? Task.SEGMENTATION : Task.CLASSIFICATION, 16, 16)).get("cite"));
		for (final Architectures.Entry e : Architectures.entries())
			if (e.description().matches(".*\\b(19|20)\\d\\d\\b.*")) {
				final Network network = Architectures.create(e.usage().split(" ")[0], 2, 1, 3);
				assertTrue(Citation.of(network, 3).isPresent(), e.usage());
				assertTrue(e.description().contains(Citation.of(network, 3).orElseThrow().text()), e.usage());
			}
	}

	@Test
	void modelsNameTheirAuthorsAndLicence() throws IOException {
		final TrainedModel model = ExampleModel.segmentation(1, 1, "");
		assertEquals("CC-BY-4.0", description(model).get("license"));
		final Map<String, Object> rdf = description(model.with(Credits.parse(" Jane Doe; Jos\u00e9 Mu\u00f1oz ;", " MIT ")));
		assertEquals(List.of(Map.of("name", "Jane Doe"), Map.of("name", "Jos\u00e9 Mu\u00f1oz")), rdf.get("authors"));
		assertEquals("MIT", rdf.get("license"));
		assertFalse(description(model.with(Credits.parse("", ""))).containsKey("license"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Credits.parse("", "free for all")).getMessage().contains(
			"license=[free for all] is no SPDX identifier"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Credits.parse("Jane/John", "")).getMessage().contains(
			"authors=["));
	}

	@Test
	void descriptionsAreAsLongAsTheFormatAllows() throws IOException {
		final TrainedModel m = ExampleModel.segmentation(1, 1, "");
		for (final String letter : new String[] { "x", "\ud83d\ude00" }) {
			final TrainedModel model = new TrainedModel(new TrainedModel.About("Example of a model", letter.repeat(3000),
				"2026-11-21T00:00:00Z"), m.network(), m.weights(), m.task(), m.axes(), m.normalization(), m.classes(), m.patch(), m
					.pixelSize(), m.unit(), m.example(), m.history());
			final String text = (String) description(model).get("description");
			assertTrue(text.length() < 1024 && text.startsWith(letter.repeat(500)) && text.endsWith(letter + "..."), text);
		}
	}

	@Test
	void theTestOutputIsThePrediction() throws IOException {
		final TrainedModel model = ExampleModel.segmentation(2, 2, "");
		final Path file = folder.resolve("m.zip");
		ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
		checkTestOutput(file);
	}

	private static void checkTestOutput(final Path file) throws IOException {
		final TrainedModel model = ModelFile.read(file, new TorchEngine());
		final float[] expected = NumpyArray.read(entries(file).get("test_output.npy"), 3 * 256), input = NetworkInput.of(model
			.example(), model.normalization(), 16, 16).whole();
		try (Inference torch = new TorchEngine().load(model.network(), model.weights())) {
			assertArrayEquals(expected, torch.predict(input, 1, 2, 16, 16), 1e-4f);
		}
	}

	/** Weights are refused when a file is read, whoever wrote it. */
	@Test
	void modelsWithoutUsableNumbersAreRefused() {
		for (final float wrong : new float[] { Float.NaN, Float.POSITIVE_INFINITY, 0, -1 }) {
			final TrainedModel model = ExampleModel.segmentation(2, 1, "norm=batch");
			final Path file = folder.resolve("wrong.zip");
			final float[] variances = model.weights().array("norm1.running_var");
			final float before = variances[1];
			variances[1] = wrong;
			ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
			final String message = refusal(file);
			assertTrue(message.contains("norm1.running_var hold " + wrong) && message.contains("finite and above 0"), message);
			variances[1] = before;
			model.weights().array("conv1.weight")[0] = wrong;
			ModelFile.write(model, ExampleModel.COVER, file, new TorchEngine());
			if (wrong <= 0) assertSame(model, ModelFile.read(file, new TorchEngine()));
			else assertTrue(refusal(file).contains("conv1.weight hold " + wrong), refusal(file));
		}
	}

	/** Written by the first version of the format; must open in all later ones. */
	@Test
	void anOldModelOpens() throws IOException {
		final Path file = Path.of("src/test/resources/models/format-1.zip");
		assertSame(ExampleModel.segmentation(2, 2, "norm=batch"), ModelFile.read(file, new TorchEngine()));
		checkTestOutput(file);
	}

	private static String refusal(final Path file) {
		return assertThrows(IllegalArgumentException.class, () -> ModelFile.read(file, new TorchEngine())).getMessage();
	}

	@Test
	void damagedUnsafeAndNewerFilesAreRefused() throws IOException {
		final Path file = folder.resolve("m.zip");
		ModelFile.write(ExampleModel.segmentation(2, 1, ""), ExampleModel.COVER, file, new TorchEngine());
		final Map<String, byte[]> good = entries(file);

		assertTrue(refusal(folder.resolve("none.zip")).contains("There is no model file"));
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
		assertTrue(refusal(folder.resolve("cut.zip")).contains("can't be used"));

		final Map<String, byte[]> changed = new TreeMap<>(good);
		final byte[] weights = good.get("weights.pt").clone();
		weights[weights.length / 2] ^= 1;
		changed.put("weights.pt", weights);
		assertTrue(refusal(zip(changed)).contains("the checksum of weights.pt is wrong"));

		final Map<String, byte[]> slip = new TreeMap<>(good);
		slip.put("../../evil.sh", new byte[3]);
		assertTrue(refusal(zip(slip)).contains("points out of the archive"));

		final Map<String, byte[]> huge = new TreeMap<>(good);
		huge.put("history.csv", new byte[1 << 25]);
		assertTrue(refusal(zip(huge)).contains("history.csv has more than"));

		final Map<String, byte[]> missing = new TreeMap<>(good);
		missing.remove("network.json");
		assertTrue(refusal(zip(missing)).contains("it has no network.json"));

		final String rdf = new String(good.get("rdf.yaml"), StandardCharsets.UTF_8);
		final Map<String, byte[]> newer = new TreeMap<>(good);
		newer.put("rdf.yaml", rdf.replace("    format: 1\n", "    format: 99\n").getBytes(StandardCharsets.UTF_8));
		assertTrue(refusal(zip(newer)).contains("format 99, but this version reads up to 1. Update the plugin"));

		final Map<String, byte[]> code = new TreeMap<>(good);
		code.put("rdf.yaml", (rdf + "evil: !!javax.script.ScriptEngineManager []\n").getBytes(StandardCharsets.UTF_8));
		assertTrue(refusal(zip(code)).contains("can't be used"));

		final Map<String, byte[]> other = new TreeMap<>(good);
		other.put("rdf.yaml", "name: something\n".getBytes(StandardCharsets.UTF_8));
		assertTrue(refusal(zip(other)).contains("was not written by this program"));
	}
}
