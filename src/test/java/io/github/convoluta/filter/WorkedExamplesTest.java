package io.github.convoluta.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convoluta.kernel.Kernel;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The arithmetic that textbooks work through by hand, number for number. */
class WorkedExamplesTest {

	private static JsonNode examples(final String group) throws IOException {
		final Path file = Path.of(System.getProperty("convoluta.golden", "../shared/golden"), "worked-examples.json");
		Assumptions.assumeTrue(Files.exists(file), "skipped: there are no worked examples at " + file);
		return new ObjectMapper().readTree(file.toFile()).get(group);
	}

	private static Stream<JsonNode> stream(final JsonNode array) {
		return IntStream.range(0, array.size()).mapToObj(array::get);
	}

	private static double[] flat(final JsonNode array) {
		return stream(array).flatMapToDouble(v -> v.isArray() ? Arrays.stream(flat(v)) : DoubleStream.of(v.asDouble()))
			.toArray();
	}

	private static float[] floats(final JsonNode array) {
		final double[] d = flat(array);
		final float[] f = new float[d.length];
		for (int i = 0; i < d.length; i++)
			f[i] = (float) d[i];
		return f;
	}

	private static long[] size(final JsonNode array) {
		return array.get(0).isArray() ? new long[] { array.get(0).size(), array.size() } : new long[] { array.size() };
	}

	private static Img<FloatType> image(final JsonNode array) {
		return ArrayImgs.floats(floats(array), size(array));
	}

	private static int[] ints(final JsonNode node, final int... standard) {
		return node == null ? standard : stream(node).mapToInt(JsonNode::asInt).toArray();
	}

	private static <E extends Enum<E>> E value(final Class<E> type, final JsonNode node, final E standard) {
		return node == null ? standard : Enum.valueOf(type, node.asText().toUpperCase(Locale.ROOT));
	}

	@TestFactory
	List<DynamicTest> filters() throws IOException {
		return stream(examples("filters")).map(e -> DynamicTest.dynamicTest(e.get("name").asText(), () -> {
			final int[] kernelSize = Arrays.stream(size(e.get("kernel"))).mapToInt(i -> (int) i).toArray();
			for (final Convolution.Method method : Convolution.Method.values()) {
				final Img<FloatType> result = Convolution.with(Kernel.of(kernelSize, flat(e.get("kernel")))) //
					.operation(value(Convolution.Operation.class, e.get("op"), null)) //
					.padding(value(Padding.class, e.get("mode"), null)) //
					.border(Border.of(value(Border.Mode.class, e.get("boundary"), Border.Mode.ZERO), 0)) //
					.stride(ints(e.get("stride"), 1)).method(method).apply(image(e.get("input")));
				assertArrayEquals(size(e.get("expected")), result.dimensionsAsLongArray());
				// Transforms and factors such as 1/3 round; tap by tap, and so by default, every number is exact.
				final boolean exact = method == Convolution.Method.DIRECT || method == Convolution.Method.AUTOMATIC;
				final float tolerance = exact ? 0 : 1e-4f;
				assertArrayEquals(floats(e.get("expected")), Reference.floats(result), tolerance, method.name());
			}
		})).toList();
	}

	@TestFactory
	List<DynamicTest> pooling() throws IOException {
		return stream(examples("pooling")).map(e -> DynamicTest.dynamicTest(e.get("name").asText(), () -> {
			final Pooling pooling = Pooling.of(value(Pooling.Operation.class, e.get("op"), null), ints(e.get("window"))).stride(
				ints(e.get("stride"))).keepPartial(e.has("partial") && e.get("partial").asBoolean());
			final Img<FloatType> result = pooling.apply(image(e.get("input")));
			assertArrayEquals(size(e.get("expected")), result.dimensionsAsLongArray());
			assertArrayEquals(floats(e.get("expected")), Reference.floats(result));
		})).toList();
	}

	@TestFactory
	List<DynamicTest> recurrences() throws IOException {
		return stream(examples("recurrences")).map(e -> DynamicTest.dynamicTest(e.get("name").asText(), () -> {
			final Img<FloatType> input = image(e.get("input")), result = ArrayImgs.floats(input.dimensionsAsLongArray());
			Recurrence.of(flat(e.get("a")), flat(e.get("b"))).apply(input, 0, result, Monitor.NONE);
			final double[] expected = flat(e.get("expected"));
			for (int i = 0; i < expected.length; i++)
				assertEquals((float) expected[i], result.getAt(i).get());
		})).toList();
	}
}
