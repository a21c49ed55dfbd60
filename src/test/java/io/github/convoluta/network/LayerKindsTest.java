package io.github.convoluta.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of layer has, and which files know of one. */
class LayerKindsTest {

	private static final Path SOURCES = Path.of("src/main/java/io/github/convoluta");

	static Stream<Class<?>> kinds() {
		return Stream.of(Layer.class.getPermittedSubclasses());
	}

	static Stream<Layer> examples() {
		final List<Integer> one = List.of(1, 1), two = List.of(2, 2);
		return Stream.of(new ConvolutionLayer(4, two, one, LayerPadding.SAME, one, 2, true, 0, Activation.TANH),
			new TransposedConvolutionLayer(3, two, two, LayerPadding.VALID, true, Activation.RELU), new PoolingLayer(
				PoolingLayer.Kind.MIN, two, two, LayerPadding.VALID, false), new GlobalPoolingLayer(true), new ActivationLayer(
					Activation.SIGMOID), new NormalizationLayer(NormalizationLayer.Kind.BATCH, 1), new DropoutLayer(0.25, true),
			new FlattenLayer(), new DenseLayer(3, true, 0, Activation.SOFTMAX), new UpsamplingLayer(two, true),
			new ConcatenationLayer(), new AdditionLayer(), new CroppingLayer(one, two), new ZeroPaddingLayer(one, two));
	}

	private static Shape input(final Layer layer) {
		return layer instanceof DenseLayer ? Shape.vector(8) : new Shape(List.of(8, 8), 2);
	}

	@Test
	void everyKindHasAnExampleHere() {
		assertEquals(kinds().collect(Collectors.toSet()), examples().map(Object::getClass).collect(Collectors.toSet()));
	}

	/** Losses have the softmax or sigmoid built in, whatever layer is the last. */
	@ParameterizedTest
	@MethodSource("examples")
	void everyKindLeavesProbabilitiesToTheLoss(final Layer layer) {
		for (final Activation.Kind kind : List.of(Activation.Kind.SOFTMAX, Activation.Kind.SIGMOID)) {
			final Layer last = layer.with(Activation.of(kind));
			assertEquals(Activation.LINEAR, last.logits().activation());
			assertEquals(last, last.logits().with(last.activation()));
		}
		assertEquals(layer.with(Activation.of(Activation.Kind.TANH)), layer.with(Activation.of(Activation.Kind.TANH)).logits());
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void everyKindHasItsNameInFiles(final Class<?> kind) {
		final JsonTypeName name = kind.getAnnotation(JsonTypeName.class);
		assertNotNull(name, kind + " says no name by @JsonTypeName");
		assertEquals(kind.getSimpleName(), Pattern.compile("\\b(\\w)").matcher(name.value()).replaceAll(m -> m.group()
			.toUpperCase(Locale.ROOT)).replace(" ", "") + "Layer");
	}

	@ParameterizedTest
	@MethodSource("examples")
	void descriptionsKeepEveryKind(final Layer layer) {
		final NetworkBuilder builder = NetworkBuilder.network("one", 2, 2).convolution(2, 1, LayerPadding.SAME,
			Activation.LINEAR);
		final Network network = layer instanceof ConcatenationLayer ? builder.concatenate(Network.INPUT).build()
			: layer instanceof AdditionLayer ? builder.add(Network.INPUT).build() : layer instanceof DenseLayer ? builder.flatten()
				.layer(layer).build() : builder.layer(layer).build();
		assertEquals(network, NetworkJson.read(NetworkJson.write(network)));
		final NetworkSummary summary = NetworkSummary.of(network, 8, 8);
		assertEquals(summary.parameters(), Parameter.of(network, 8, 8).stream().mapToLong(Parameter::count).sum());
		final Network.Node last = network.nodes().get(network.nodes().size() - 1);
		assertEquals(layer, last.layer());
		assertTrue(last.name().startsWith(layer.prefix()));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void aLayersParametersAreNamedWithoutItAndDrawnFromTheSeed(final Layer layer) {
		for (final Parameter p : layer.parameters(input(layer))) {
			assertFalse(p.name().contains("."), p.name());
			assertEquals(List.of(box(p, 1)), List.of(box(p, 1)));
			assertEquals(p.role() != Parameter.Role.WEIGHT, box(p, 1).equals(box(p, 2)), "only weights are random");
		}
	}

	private static List<Float> box(final Parameter p, final long seed) {
		final List<Float> numbers = new ArrayList<>();
		for (final float v : p.initialization().numbers(p.count(), new Random(seed)))
			numbers.add(v);
		return numbers;
	}

	/** The variance of He et al. is two over the number of inputs that an output sums. */
	@Test
	void weightsKeepTheVarianceThroughRectifiedLayers() {
		final Parameter weight = new ConvolutionLayer(64, List.of(5, 3), List.of(1, 1), LayerPadding.SAME, List.of(1, 1), 4,
			true, 0, Activation.RELU).parameters(new Shape(List.of(8, 8), 32)).get(0);
		assertEquals(List.of(64, 8, 3, 5), weight.shape());
		final double variance = box(weight, 3).stream().mapToDouble(v -> v * v).average().orElseThrow();
		assertEquals(2.0 / (8 * 15), variance, 0.05 * variance);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void everyLetterOfAKindIsKnownToCodes(final Class<?> kind) throws ReflectiveOperationException {
		for (final Field field : kind.getDeclaredFields())
			if (field.getName().equals("LETTERS")) assertTrue(new HashSet<>(Layer.letters()).containsAll((List<?>) field.get(
				null)), kind.getSimpleName());
	}

	/** Whoever tells layers apart by their kind would have to learn of every new one. */
	@Test
	void nobodyAsksWhatKindALayerIs() throws IOException {
		final String names = kinds().map(Class::getSimpleName).collect(Collectors.joining("|"));
		final Pattern asks = Pattern.compile("instanceof (final )?(" + names + ")\\b|\\b(" + names + ")\\.class\\b");
		for (final Map.Entry<Path, String> file : sources().entrySet())
			assertFalse(asks.matcher(file.getValue()).find(), "asks for a kind of layer: " + file.getKey());
	}

	/** Kinds that no ready network has are known to three files: what CONTRIBUTING.md says a new kind takes. */
	@Test
	void aKindOfLayerTakesThreeFiles() throws IOException {
		for (final String kind : new String[] { "Cropping", "ZeroPadding" }) {
			final Pattern named = Pattern.compile("\\b" + kind + "(Layer|Code)\\b");
			assertEquals(List.of("network/" + kind + "Layer.java", "network/Layer.java", "torch/" + kind + "Code.java").stream()
				.sorted().toList(), sources().entrySet().stream().filter(f -> named.matcher(f.getValue()).find()).map(f -> SOURCES
					.relativize(f.getKey()).toString().replace('\\', '/')).sorted().toList());
		}
	}

	private static Map<Path, String> sources() throws IOException {
		final Map<Path, String> sources = new TreeMap<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".java")).toList())
				sources.put(file, Files.readString(file));
		}
		return sources;
	}
}
