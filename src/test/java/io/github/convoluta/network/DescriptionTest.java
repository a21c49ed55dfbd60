package io.github.convoluta.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of networks, right and wrong. */
class DescriptionTest {

	private static final ObjectMapper MAPPER = new ObjectMapper();

	private static Network parse(final String code) {
		return ArchitectureCode.parse(code, 2, 1, 3);
	}

	private static List<Integer> filters(final Network network) {
		final List<Integer> filters = new ArrayList<>();
		for (final Network.Node node : network.nodes())
			if (node.layer() instanceof final ConvolutionLayer c) filters.add(c.filters());
			else if (node.layer() instanceof final TransposedConvolutionLayer t) filters.add(t.filters());
		return filters;
	}

	@Test
	void transposedConvolutionsUndoAPoolingWhateverTheirFilters() {
		assertEquals(List.of(32, 64, 128, 64, 64, 32, 32, 3), filters(parse("CPCPCT64CT32CM")));
		assertEquals(filters(parse("CPCPCTCTCM")), filters(parse("CPCPCT64CT32CM")));
		assertEquals("64x48x3", parse("CPCPCT64CT32CM").shapes(64, 48).get(9).toString());
		// With a size, a transposed convolution enlarges by it.
		assertEquals("64x48x5", parse("P4T5k4").shapes(64, 48).get(1).toString());
	}

	@ParameterizedTest
	@CsvSource({ "CP2U2P3U3M,6", "CP2P3U3U2M,6", "CP4U2P4U8M,8", "C4s3U3P2U2M,6", "CPCPCT64CT32CM,4", "CM,1" })
	void divisorsAreCommonMultiples(final String code, final int expected) {
		final Network network = parse(code);
		assertArrayEquals(new int[] { expected, expected }, network.divisor());
		assertEquals(expected, network.shapes(expected, 2 * expected).get(network.nodes().size() - 1).spatial().get(0));
	}

	@ParameterizedTest
	@CsvSource({ "(C4k8H)6M,18,24", "C4k3M,1,1", "C4k3d2M,2,2", "C4k2M,0,1", "P(C4k4H)4TM,8,16", "P3U3M,0,0", "CM,1,1" })
	void halosOfKnownNetworks(final String code, final int before, final int after) {
		final Halo halo = Halo.of(ArchitectureCode.parse(code, 1, 1, 3));
		assertEquals(List.of(before), halo.before());
		assertEquals(List.of(after), halo.after());
	}

	@Test
	void networksWithoutAResultForEveryPixelHaveNoHalo() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Halo.of(Architectures.create("digits", 2, 1, 3)))
			.getMessage().contains("For every pixel"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Halo.of(parse("CPM"))).getMessage().contains(
			"For every pixel"));
	}

	@ParameterizedTest
	@CsvSource({ "((()9)9)9, parentheses without a layer", "C9999999M, out of range", "C0M, out of range",
		"C4k0M, out of range" })
	void codesThatMeanNothingAreRefused(final String code, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(code)).getMessage();
		assertTrue(message.contains(expected) && message.contains("position"), message);
	}

	@Test
	void codesMayBeOfAnyLength() {
		assertThrows(IllegalArgumentException.class, () -> parse("(".repeat(100_000) + "C" + ")".repeat(100_000)));
		assertThrows(IllegalArgumentException.class, () -> parse("C".repeat(100_000)));
		assertThrows(IllegalArgumentException.class, () -> parse("P2".repeat(64) + "M").divisor());
	}

	@ParameterizedTest
	@CsvSource({ "unet depth=99 width=1000000000, from 1 to 7", "unet depth=2 width=1000000000, from 1 to 1024",
		"unet depth=2 depth=3, given twice", "cnn depth=8 width=1024, at most" })
	void numbersThatOverflowAreRefusedWithTheRange(final String text, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Architectures.create(text, 2, 1, 2).shapes(512,
			512)).getMessage();
		assertTrue(message.contains(expected), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "99999x99999x1", "9999999999x1x1", "2147483648x1", "999999999x999999999x999999999x999999999" })
	void inputsThatOverflowAreRefusedWithTheRange(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Shape.parse(text)).getMessage();
		assertTrue(message.contains(text) && message.matches("(?s).*1 to \\d+\\..*"), message);
	}

	@Test
	void resultsThatOverflowAreRefusedWithTheirLayer() {
		for (final String code : new String[] { "(U999999)5M", "(C999999k999999)3M", "U999999F", "FD999999D999999",
			"(C999999)9M", "(T999999k999999)3M" })
			for (final int[] extents : new int[][] { { 8, 8 }, { 46_000, 46_000 } }) {
				final String message = assertThrows(IllegalArgumentException.class, () -> NetworkSummary.of(parse(code), extents),
					code).getMessage();
				assertTrue(message.startsWith("layer "), message);
			}
	}

	@ParameterizedTest
	@ValueSource(strings = { "forward", "class", "training", "train_step", "Conv", "1st", "a-b", "", "self", "m" })
	void reservedAndImpossibleNamesAreRefusedAlike(final String name) {
		final String direct = assertThrows(IllegalArgumentException.class, () -> new Network.Node(name, new FlattenLayer(), List
			.of(-1))).getMessage();
		final String json = NetworkJson.write(parse("CM")).replace("\"conv1\"", "\"" + name + "\"");
		final String read = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(json)).getMessage();
		assertTrue(direct.contains("\"" + name + "\"") && read.endsWith(direct), read);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "\"size\" : [ 3, 3 ];\"size\" : null;convolution size is missing",
		"\"size\" : [ 3, 3 ];\"size\" : [3, null];convolution size must be",
		"\"stride\" : [ 1, 1 ];\"stride\" : [1];must have as many numbers",
		"\"stride\" : [ 1, 1 ];\"stride\" : [1, -1];from 1 to 1000000",
		"\"size\" : [ 3, 3 ];\"size\" : [3, 99999999999];out of range",
		"\"dilation\" : [ 1, 1 ];\"dilation\" : \"1\";a list is expected", "\"conv2\";\"conv1\";Two layers are called \"conv1\"",
		"\"groups\" : 1;\"groups\" : 1.5;a whole number is expected",
		"\"groups\" : 1;\"groups\" : \"1\";a whole number is expected", "\"groups\" : 1;\"group\" : 1;\"groups\" is missing",
		"\"groups\" : 1;\"groups\" : 1, \"more\" : 2;\"more\" is not known here",
		"\"bias\" : true;\"bias\" : 1;true or false is expected",
		"\"format\" : 1;\"format\" : \"1\";must be a whole number from 1 to 1",
		"\"format\" : 1;\"format\" : -1;must be a whole number", "\"format\" : 1;\"format\" : 1, \"format\" : 1;Duplicate field",
		"\"name\" : \"CM\";\"name\" : null;name is missing",
		"\"channels\" : 1;\"channels\" : 0;number of input channels must be",
		"\"kind\" : \"SAME\";\"kind\" : \"ALMOST\";one of [VALID, SAME, NUMBERS]",
		"\"dimensions\" : 2;\"dimensions\" : 3;has sizes for 2 axes, but the network has 3",
		"\"layer\" : \"convolution\";\"layer\" : \"magic\";no kind of layer" })
	void everyMistakeHasItsMessage(final String part, final String wrong, final String expected) {
		final String json = NetworkJson.write(parse("CM"));
		assertTrue(json.contains(part), json);
		final int at = json.indexOf(part);
		final String message = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(json.substring(0, at) +
			wrong + json.substring(at + part.length()))).getMessage();
		assertTrue(message.contains(expected), message);
		assertFalse(message.contains("io.github") || message.contains("Exception"), message);
	}

	/** Whatever is done to a description, it is a network or refused in words. */
	@Test
	void mutatedDescriptionsAreNetworksOrRefused() throws Exception {
		final Random random = new Random(7);
		final String[] sources = { NetworkJson.write(Architectures.create("unet depth=1 width=4 residual=true", 2, 1, 2)),
			NetworkJson.write(parse("C4k3s2A3OU2BI(L)2M")), NetworkJson.write(RandomNetworks.dense(3, 3, 2)), NetworkJson.write(
				Architectures.create("resnet18 width=4", 1, 1, 2)) };
		int refused = 0;
		for (int i = 0; i < 6000; i++) {
			final String source = sources[i % sources.length];
			final String mutated = i % 5 == 0 ? garbled(source, random) : mutated(MAPPER.readTree(source), random);
			try {
				final Network network = NetworkJson.read(mutated);
				final int[] extents = new int[network.dimensions()];
				Arrays.fill(extents, 24);
				NetworkSummary.of(network, extents).toText();
				Parameter.of(network, extents);
				network.divisor();
				Halo.of(network);
			}
			catch (final IllegalArgumentException e) {
				assertTrue(e.getMessage() != null && e.getMessage().length() < 2000 && !e.getMessage().contains("io.github"), e
					.getMessage());
				refused++;
			}
		}
		assertTrue(refused > 3000, refused + " of 6000 were refused");
		assertThrows(IllegalArgumentException.class, () -> NetworkJson.read("[".repeat(100_000)));
		assertThrows(IllegalArgumentException.class, () -> NetworkJson.read("{\"format\":".repeat(100_000)));
		assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(""));
		assertThrows(IllegalArgumentException.class, () -> NetworkJson.read("{\"format\": " + "9".repeat(5000) + "}"));
	}

	private static String garbled(final String source, final Random random) {
		final StringBuilder s = new StringBuilder(source);
		for (int k = 1 + random.nextInt(3); k > 0; k--) {
			final int at = random.nextInt(s.length());
			switch (random.nextInt(3)) {
				case 0 -> s.deleteCharAt(at);
				case 1 -> s.insert(at, "{}[],:\"-9e0\u0130\u0000".charAt(random.nextInt(13)));
				default -> s.setLength(Math.max(1, at));
			}
		}
		return s.toString();
	}

	/** With one to three values changed, removed or added somewhere. */
	private static String mutated(final JsonNode root, final Random random) {
		for (int k = 1 + random.nextInt(3); k > 0; k--) {
			final List<JsonNode> holders = new ArrayList<>();
			collect(root, holders);
			final JsonNode holder = holders.get(random.nextInt(holders.size()));
			if (holder instanceof final ObjectNode object) {
				final List<String> names = new ArrayList<>();
				object.fieldNames().forEachRemaining(names::add);
				final String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
				switch (random.nextInt(4)) {
					case 0 -> object.remove(name);
					case 1 -> object.set(random.nextBoolean() ? "unknown" : name + "s", value(random));
					default -> object.set(name, value(random));
				}
			}
			else if (holder instanceof final ArrayNode array) {
				if (array.isEmpty() || random.nextInt(4) == 0) array.add(value(random));
				else if (random.nextBoolean()) array.remove(random.nextInt(array.size()));
				else array.set(random.nextInt(array.size()), value(random));
			}
		}
		return root.toString();
	}

	private static void collect(final JsonNode node, final List<JsonNode> holders) {
		if (node.isContainerNode()) holders.add(node);
		node.forEach(child -> collect(child, holders));
	}

	private static JsonNode value(final Random random) {
		final JsonNodeFactory f = JsonNodeFactory.instance;
		return switch (random.nextInt(16)) {
			case 0 -> f.nullNode();
			case 1 -> f.numberNode(-1 - random.nextInt(5));
			case 2 -> f.numberNode(Integer.MAX_VALUE);
			case 3 -> f.numberNode(Long.MAX_VALUE);
			case 4 -> f.numberNode(new BigInteger("9".repeat(300)));
			case 5 -> f.numberNode(1e300);
			case 6 -> f.numberNode(0.5);
			case 7 -> f.textNode(random.nextBoolean() ? "same" : "class");
			case 8 -> f.booleanNode(random.nextBoolean());
			case 9 -> f.arrayNode();
			case 10 -> f.arrayNode().add(1).add(1_000_000);
			case 11 -> f.objectNode().put("layer", "flatten");
			case 12 -> f.numberNode(1_000_000);
			default -> f.numberNode(random.nextInt(5));
		};
	}
}
