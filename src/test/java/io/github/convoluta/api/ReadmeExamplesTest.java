package io.github.convoluta.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.tools.ToolProvider;

import io.github.convoluta.Readme;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Network;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.RealSum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README's examples for programmers run as they stand, and give what they say. */
class ReadmeExamplesTest {

	private static final int SIZE = 48, LONGEST = 5;
	/** What the examples call their results. */
	private static final List<String> RESULTS = List.of("smooth", "own", "edges", "half", "described", "built", "summary",
		"losses", "model", "found", "probabilities");

	/** A bright disk, darker towards its edge. */
	private final Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(SIZE, SIZE);
	/** 255 on the disk. */
	private final Img<UnsignedByteType> labels = ArrayImgs.unsignedBytes(SIZE, SIZE);

	@TempDir
	Path folder;

	ReadmeExamplesTest() {
		final Cursor<UnsignedByteType> cursor = image.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			final double r = Math.hypot(cursor.getIntPosition(0) - 23.5, cursor.getIntPosition(1) - 23.5);
			cursor.get().set(r < 14 ? (int) (200 - 2 * r) : 20);
			labels.getAt(cursor).set(r < 14 ? 255 : 0);
		}
	}

	private static String code(final String language) throws IOException {
		return String.join("\n", Readme.blocks(language));
	}

	/** Lines that are neither empty nor imports, nor a comment or a parameter. */
	private static List<String> statements(final String paragraph) {
		return paragraph.lines().filter(line -> !line.isBlank() && !line.matches("(from|import|#|//).*")).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "java", "groovy", "python" })
	void noExampleIsLong(final String language) throws IOException {
		for (final String paragraph : code(language).split("\\R\\s*\\R"))
			assertTrue(statements(paragraph).size() <= LONGEST, paragraph);
	}

	@Test
	void javaRuns() throws Exception {
		final Map<Boolean, List<String>> lines = code("java").lines().collect(Collectors.partitioningBy(line -> line.startsWith(
			"import ")));
		final Path source = Files.writeString(folder.resolve("Example.java"), String.join("\n", lines.get(true)) + """

				public final class Example implements java.util.function.UnaryOperator<java.util.Map<String, Object>> {

					@Override
					@SuppressWarnings("unchecked")
					public java.util.Map<String, Object> apply(final java.util.Map<String, Object> given) {
						final var image = (Img<net.imglib2.type.numeric.integer.UnsignedByteType>) given.get("image");
						final var labels = (Img<net.imglib2.type.numeric.integer.UnsignedByteType>) given.get("labels");
						final var file = (java.nio.file.Path) given.get("file");
						final var losses = new java.util.ArrayList<Double>();
						%s
						return java.util.Map.ofEntries(%s);
					}
				}
				""".formatted(String.join("\n", lines.get(false)), RESULTS.stream().map(name -> "java.util.Map.entry(\"" + name +
			"\", " + name + ")").collect(Collectors.joining(", "))));
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-classpath", System
			.getProperty("java.class.path"), "-d", folder.toString(), source.toString()));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			@SuppressWarnings("unchecked")
			final UnaryOperator<Map<String, Object>> example = (UnaryOperator<Map<String, Object>>) loader.loadClass("Example")
				.getConstructor().newInstance();
			check(example.apply(Map.of("image", image, "labels", labels, "file", folder.resolve("model.zip"))));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "groovy", "python" })
	void scriptsRun(final String language) throws IOException, ScriptException {
		final ScriptEngine engine = new ScriptEngineManager().getEngineByName(language);
		assertNotNull(engine, language);
		engine.put("image", image);
		engine.put("labels", labels);
		engine.put("file", folder.resolve("model.zip").toFile());
		// The editor takes these lines for itself.
		engine.eval(code(language).replaceAll("(?m)^#@.*$", ""));
		check(RESULTS.stream().collect(Collectors.toMap(name -> name, engine::get, (a, b) -> a, HashMap::new)));
	}

	private void check(final Map<String, Object> results) {
		assertEquals(sum(image), sum(image(results, "smooth")), 1e-3 * sum(image));
		assertEquals(0, image(results, "own").getAt(SIZE / 2, 2).get());
		assertTrue(image(results, "own").getAt(10, SIZE / 2).get() < -100);
		final double edge = sum(image(results, "edges")) / 255;
		assertTrue(edge > 60 && edge < 120, edge + " pixels on an edge of 88");
		assertArrayEquals(new long[] { SIZE / 2, SIZE / 2 }, image(results, "half").dimensionsAsLongArray());
		assertEquals(200, image(results, "half").getAt(11, 11).get(), 3);
		assertEquals("unet depth=2 width=8", ((Network) results.get("described")).name());
		assertEquals(4, ((Network) results.get("built")).nodes().size());
		assertEquals(6, ((List<?>) results.get("losses")).size());
		assertEquals(List.of("0", "255"), ((TrainedModel) results.get("model")).classes());
		final Img<FloatType> found = image(results, "found"), probabilities = image(results, "probabilities");
		assertArrayEquals(new long[] { SIZE, SIZE, 2 }, probabilities.dimensionsAsLongArray());
		int right = 0;
		for (int y = 0; y < SIZE; y++)
			for (int x = 0; x < SIZE; x++) {
				final float label = found.getAt(x, y).get(), sure = probabilities.getAt(x, y, 1).get();
				assertEquals(1, probabilities.getAt(x, y, 0).get() + sure, 1e-5);
				assertEquals(sure > 0.5 ? 255 : 0, label);
				right += label == labels.getAt(x, y).get() ? 1 : 0;
			}
		assertTrue(right > 0.95 * SIZE * SIZE, right + " pixels of " + SIZE * SIZE);
		assertTrue(((String) results.get("summary")).lines().anyMatch(line -> line.matches("conv1 +Conv2D +64x64x8 +80")),
			(String) results.get("summary"));
	}

	@SuppressWarnings("unchecked")
	private static Img<FloatType> image(final Map<String, Object> results, final String name) {
		return (Img<FloatType>) results.get(name);
	}

	private static double sum(final RandomAccessibleInterval<? extends net.imglib2.type.numeric.RealType<?>> image) {
		final RealSum sum = new RealSum();
		image.forEach(pixel -> sum.add(pixel.getRealDouble()));
		return sum.getSum();
	}
}
