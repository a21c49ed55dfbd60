package io.github.convoluta.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

	private static JsonNode golden() throws IOException {
		final Path file = Path.of(System.getProperty("convoluta.golden", "../shared/golden"), "worked-examples.json");
		Assumptions.assumeTrue(Files.exists(file), "skipped: there are no worked examples at " + file);
		return new ObjectMapper().readTree(file.toFile());
	}

	@Test
	void theSummariesOfTheWorkedExamples() throws IOException {
		final String[] names = { "digits", "xray" };
		final JsonNode summaries = golden().get("summaries");
		for (int i = 0; i < names.length; i++) {
			final JsonNode e = summaries.get(i), in = e.get("input"), layers = e.get("layers");
			final int classes = layers.get(layers.size() - 1).get(1).asInt();
			final Network network = Architectures.create(names[i], 2, in.get(2).asInt(), classes);
			final NetworkSummary summary = NetworkSummary.of(network, in.get(0).asInt(), in.get(1).asInt());
			assertEquals(layers.size(), summary.rows().size());
			for (int r = 0; r < layers.size(); r++) {
				final NetworkSummary.Row row = summary.rows().get(r);
				assertEquals(layers.get(r).get(0).asText(), row.type());
				final List<Integer> shape = new ArrayList<>(row.output().spatial());
				shape.add(row.output().channels());
				assertEquals(e.get("output_shapes").get(r).toString(), shape.toString().replace(" ", ""));
				assertEquals(e.get("parameters").get(r).asLong(), row.parameters());
			}
			assertEquals(e.get("total").asLong(), summary.parameters());
		}
	}

	@Test
	void theReluOfTheWorkedExamples() throws IOException {
		for (final JsonNode c : golden().get("relu").get("cases")) {
			final Activation relu = Activation.relu(c.path("negative_slope").asDouble(0), c.has("max_value") ? c.get("max_value")
				.asDouble() : null, c.path("threshold").asDouble(0));
			for (int i = 0; i < c.get("x").size(); i++)
				assertEquals(c.get("expected").get(i).asDouble(), relu.apply(c.get("x").get(i).asDouble()), 1e-12);
		}
	}

	@Test
	void activationsAtKnownPoints() {
		assertEquals(0.8413447460685429, Activation.of(Activation.Kind.GELU).apply(1), 1e-12);
		assertEquals(-0.1586552539314571, Activation.of(Activation.Kind.GELU).apply(-1), 1e-12);
		assertEquals(Math.log(2), Activation.of(Activation.Kind.SOFTPLUS).apply(0), 1e-12);
		assertEquals(Math.exp(-1) - 1, Activation.of(Activation.Kind.ELU).apply(-1), 1e-12);
		assertEquals(0.5, Activation.SIGMOID.apply(0));
	}

	@ParameterizedTest
	@CsvSource({ "alexnet, 61100840", "vgg11, 132863336", "vgg16, 138357544", "vgg19, 143667240", "resnet18, 11689512",
		"resnet34, 21797672" })
	void publishedParameterCounts(final String name, final long expected) {
		assertEquals(expected, NetworkSummary.of(Architectures.create(name, 2, 3, 1000), 224, 224).trainable());
	}

	@Test
	void lenet5HasItsTextbookCount() {
		assertEquals(61706, NetworkSummary.of(Architectures.create("lenet5", 2, 1, 10), 32, 32).trainable());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void everyArchitectureFitsEveryDimensionAndSurvivesJson(final int dimensions) {
		for (final Architectures.Entry entry : Architectures.entries()) {
			final String name = entry.usage().split(" ")[0];
			if (dimensions == 3 && name.matches("alexnet|vgg.*")) continue;
			final Network network = Architectures.create(entry.usage(), dimensions, 2, 5);
			final int[] extents = new int[dimensions];
			Arrays.fill(extents, name.matches("alexnet|vgg.*") ? 224 : 32);
			final List<Shape> shapes = network.shapes(extents);
			final Shape last = shapes.get(shapes.size() - 1);
			assertEquals(5, last.channels(), name);
			assertEquals(network.isDense(), last.dimensions() > 0, name);
			if (network.isDense()) last.spatial().forEach(s -> assertEquals(32, s));
			assertEquals(network, NetworkJson.read(NetworkJson.write(network)), name);
			assertEquals(network.nodes(), Architectures.create(name, dimensions, 2, 5).nodes(), "defaults of " + name);
		}
	}

	@Test
	void unetCountsAndReach() {
		final Network net = Architectures.create("unet depth=2 width=8 norm=none", 2, 1, 2);
		final long expected = conv(1, 8) + conv(8, 8) + conv(8, 16) + conv(16, 16) + conv(16, 32) + conv(32, 32) + (4 * 32 * 16 +
			16) + conv(32, 16) + conv(16, 16) + (4 * 16 * 8 + 8) + conv(16, 8) + conv(8, 8) + (8 * 2 + 2);
		assertEquals(expected, NetworkSummary.of(net, 64, 48).trainable());
		assertArrayEquals(new int[] { 4, 4 }, net.divisor());
		// 5 (pair) + 1 (pool) + 8 (pair at half) + 2 (pool) + 16 (pair at quarter) + 0 (up) + 8 (pair at half) + 4 (pair).
		assertArrayEquals(new int[] { 44, 44 }, net.receptiveField(64, 48));
		final String message = assertThrows(IllegalArgumentException.class, () -> net.shapes(62, 48)).getMessage();
		assertTrue(message.contains("Concatenate") && message.contains("differ in size"), message);
	}

	private static long conv(final int in, final int out) {
		return 9L * in * out + out;
	}

	@Test
	void convolutionsPerformTheFormulaForSizes() {
		for (int in = 5; in < 12; in++)
			for (int size = 1; size <= 4; size++)
				for (int stride = 1; stride <= 3; stride++)
					for (int dilation = 1; dilation <= 2; dilation++)
						if (in - dilation * (size - 1) - 1 >= 0) {
							final Network valid = one(size, stride, dilation, LayerPadding.VALID), same = one(size, stride, dilation,
								LayerPadding.SAME), two = one(size, stride, dilation, LayerPadding.of(2, 1));
							assertEquals((in - dilation * (size - 1) - 1) / stride + 1, valid.shapes(in).get(0).spatial().get(0));
							assertEquals((in + 4 - dilation * (size - 1) - 1) / stride + 1, two.shapes(in).get(0).spatial().get(0));
							assertEquals((in + stride - 1) / stride, same.shapes(in).get(0).spatial().get(0));
						}
	}

	private static Network one(final int size, final int stride, final int dilation, final LayerPadding padding) {
		return NetworkBuilder.network("one", 1, 1).layer(new ConvolutionLayer(1, List.of(size), List.of(stride), padding, List
			.of(dilation), 1, true, 0, Activation.LINEAR)).build();
	}

	@Test
	void whatDoesNotFitIsNamedWithItsLayer() {
		final Network net = NetworkBuilder.network("small", 2, 1).convolution(4, 3, LayerPadding.VALID, Activation.RELU)
			.maxPooling(2).convolution(4, 3, LayerPadding.VALID, Activation.RELU).activation(Activation.RELU).maxPooling(2)
			.build();
		assertEquals("layer 5, MaxPooling2D 2x2: input 1x1 is smaller than the window.", assertThrows(
			IllegalArgumentException.class, () -> net.shapes(8, 8)).getMessage());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> NetworkBuilder.network("d", 2, 1).dense(3, Activation.RELU)
			.build().shapes(4, 4)).getMessage().contains("a dense layer needs a vector"));
		assertThrows(IllegalArgumentException.class, () -> net.shapes(8));
	}

	@Test
	void codesDescribeNetworks() {
		final Network net = ArchitectureCode.parse("(CR)2P(CR)2P(CR)2PF", 2, 1, 10);
		final NetworkSummary summary = NetworkSummary.of(net, 32, 32);
		assertEquals(17, summary.rows().size());
		assertEquals("16x16x64", summary.rows().get(5).output().toString());
		assertEquals("4x4x128", summary.rows().get(14).output().toString());
		assertEquals("10", summary.rows().get(16).output().toString());
		final ConvolutionLayer c = (ConvolutionLayer) ArchitectureCode.parse("C20k5s2d3", 1, 1, 2).nodes().get(0).layer();
		assertEquals(new ConvolutionLayer(20, List.of(5), List.of(2), LayerPadding.SAME, List.of(3), 1, true, 0,
			Activation.LINEAR), c);
		assertEquals("64x64x64x3", last(ArchitectureCode.parse("CRPCRUCRM", 3, 1, 3), 64, 64, 64));
		assertEquals("64x64x3", last(ArchitectureCode.parse("CRPCRTCRM", 2, 1, 3), 64, 64));
		assertEquals("7", last(ArchitectureCode.parse("CBRA3O25GD64RF", 2, 3, 7), 30, 30));
		assertTrue(ArchitectureCode.looksLikeCode("(CR)2PF"));
	}

	private static String last(final Network network, final int... extents) {
		final List<Shape> shapes = network.shapes(extents);
		return shapes.get(shapes.size() - 1).toString();
	}

	@ParameterizedTest
	@CsvSource({ "(CR2PF, position 1: an opening parenthesis", "CR)F, position 3: a closing parenthesis",
		"CXF, 'position 2: \"X\" is no layer'", "CRk5F, 'position 3: \"k\" needs a number'", "DF, position 1: \"D\" needs",
		"FC, 'position 2: \"C\" can''t follow'", "'', empty", "C0F, at least 1", "R5, takes no number",
		"(((C)999)999)999, more than 10000 layers" })
	void mistakesInCodesAreNamedWithTheirPosition(final String code, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> ArchitectureCode.parse(code, 2, 1, 2))
			.getMessage();
		assertTrue(message.contains(expected.replace("''", "'")), message);
	}

	@ParameterizedTest
	@CsvSource({ "'{}', no \"format\" number", "'{\"format\": 99}', 'format 99, but this version reads up to 1'",
		"'{\"format\": 1, \"name\": \"x\", \"dimensions\": 4, \"channels\": 1, \"layers\": []}', '1 to 3 spatial axes'",
		"'{\"format\": 1, \"name\": \"x\", \"dimensions\": 2, \"channels\": 1, \"layers\": [{\"name\": \"a\", \"inputs\": [-1], \"layer\": {\"layer\": \"magic\"}}]}', magic",
		"'not json', line 1" })
	void damagedDescriptionsAreRefused(final String json, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(json)).getMessage();
		assertTrue(message.contains(expected), message);
	}

	@ParameterizedTest
	@CsvSource({ "unet depth=x, depth=x is not allowed", "unet deep=3, does not take the argument \"deep\"",
		"yolo, No architecture is called \"yolo\"", "unet norm=layer, one of batch" })
	void wrongArgumentsOfArchitecturesAreNamed(final String text, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Architectures.create(text, 2, 1, 2))
			.getMessage();
		assertTrue(message.contains(expected), message);
	}

	/** A 3-wide convolution in 3-D reads every pixel 27 times. */
	@Test
	void unfoldedInputsCountAsMemory() {
		final Network convolution = NetworkBuilder.network("c", 3, 16).convolution(16, 3, LayerPadding.SAME, Activation.RELU)
			.build();
		final NetworkSummary summary = NetworkSummary.of(convolution, 48, 48, 48);
		final long unfolded = 4L * 27 * 16 * 48 * 48 * 48;
		assertEquals(unfolded, summary.predictionMemory(1, true) - summary.predictionMemory(1, false));
		assertEquals(3 * unfolded, summary.trainingMemory(3, true) - summary.trainingMemory(3, false));
		final Network flat = NetworkBuilder.network("f", 2, 16).convolution(8, 1, LayerPadding.SAME, Activation.RELU).build();
		assertEquals(NetworkSummary.of(flat, 9, 9).predictionMemory(1, false), NetworkSummary.of(flat, 9, 9).predictionMemory(1,
			true));
		final Network up = NetworkBuilder.network("u", 2, 16).transposedConvolution(8, 2).build();
		assertEquals(4L * 4 * 8 * 81, NetworkSummary.of(up, 9, 9).predictionMemory(1, true) - NetworkSummary.of(up, 9, 9)
			.predictionMemory(1, false));
	}

	@Test
	void shapesAreReadFromText() {
		assertEquals(new Shape(List.of(28, 28), 1), Shape.parse("28x28x1"));
		assertEquals(new Shape(List.of(64, 48, 32), 2), Shape.parse(" 64 x 48 x 32 x 2"));
		assertThrows(IllegalArgumentException.class, () -> Shape.parse("28"));
		assertThrows(IllegalArgumentException.class, () -> Shape.parse("28x0x1"));
	}

	/** What stands at the end of a network decides how its results are read; all before it stays. */
	@ParameterizedTest
	@ValueSource(strings = { "unet depth=1 width=4", "fcn depth=1 width=4", "cnn depth=1 width=4", "CRM", "CS", "CR" })
	void logitsAreWhatComesBeforeProbabilities(final String text) {
		final Network network = NetworkSource.resolve(text, 2, 1, 3), logits = network.logits();
		final int last = network.nodes().size() - 1;
		assertEquals(network.nodes().subList(0, last), logits.nodes().subList(0, last));
		assertEquals(text.equals("CR"), network.equals(logits));
		assertEquals(logits, logits.logits());
		assertEquals(network.shapes(8, 8), logits.shapes(8, 8));
		final Layer more = new ActivationLayer(Activation.SIGMOID);
		final Network longer = logits.then("more", more);
		assertEquals(logits.nodes(), longer.nodes().subList(0, last + 1));
		assertEquals(new Network.Node("more", more, List.of(last)), longer.nodes().get(last + 1));
		assertEquals(new ActivationLayer(Activation.LINEAR), longer.logits().nodes().get(last + 1).layer());
	}
}
