package io.github.convoluta.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.convoluta.engine.Engine;
import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.KeptElsewhereException;
import io.github.convoluta.file.WholeFile;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkJson;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.Shape;

/**
 * Trained models as files: a zip with {@code rdf.yaml} (BioImage Model Zoo 0.5), {@code weights.pt} (TorchScript),
 * {@code network.json}, a test input and output, a readme, a cover picture and the history of training.
 */
public final class ModelFile {

	static final String WEIGHTS = "weights.pt", TEST_INPUT = "test_input.npy", TEST_OUTPUT = "test_output.npy";
	private static final String DESCRIPTION = "rdf.yaml", NETWORK = "network.json", HISTORY = "history.csv";
	/** Time of all entries: that of the archive within, so that the same model always gives the same bytes. */
	private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
	/** No text in a model is as long. */
	private static final long LONGEST_TEXT = 1 << 24;
	private static final long MOST_ENTRIES = 1000;

	private ModelFile() {}

	/**
	 * Writes a model, whole or not at all: a model of the same name is replaced when the new one is complete. What was
	 * learnt is not lost for a name: if something else stands there by now, or the old file can't be replaced, the model is
	 * kept under a free name beside it, which the message tells.
	 *
	 * @param cover a picture in PNG format
	 * @param engine writes the weights and computes the test output
	 * @throws UncheckedIOException if it could not be written, or not under this name
	 */
	public static void write(final TrainedModel model, final byte[] cover, final Path file, final Engine engine) {
		final Map<String, byte[]> entries = entries(model, cover, engine);
		try {
			WholeFile.writeOrKeep(file, !Files.exists(file) || isModel(file), out -> write(entries, out));
		}
		catch (final KeptElsewhereException e) {
			throw new UncheckedIOException("The model could not be written to " + file + ": " + e.getMessage() +
				". It was written to " + e.kept() + " instead.", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The model could not be written to " + file + ": " + FileProblem.text(e) + ".", e);
		}
	}

	/** Whether a file is a model of this program, of whatever version: by what is in it, not by its name. */
	public static boolean isModel(final Path file) {
		if (!Files.isRegularFile(file)) return false;
		try (ZipFile zip = new ZipFile(file.toFile())) {
			return ModelDescription.Reader.isOurs(string(zip, DESCRIPTION));
		}
		catch (final IOException | IllegalArgumentException e) {
			return false;
		}
	}

	private static Map<String, byte[]> entries(final TrainedModel model, final byte[] cover, final Engine engine) {
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		final ByteArrayOutputStream weights = new ByteArrayOutputStream();
		try {
			engine.archive().write(model.network(), model.weights(), weights);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		entries.put(WEIGHTS, weights.toByteArray());
		final long[] in = tensorShape(new Shape(model.patch(), model.network().channels()));
		entries.put(TEST_INPUT, NumpyArray.write(model.example(), in));
		final List<Shape> shapes = model.network().shapes(model.patchExtents());
		prediction(model, in, engine).ifPresent(p -> entries.put(TEST_OUTPUT, NumpyArray.write(p, tensorShape(shapes.get(shapes
			.size() - 1)))));
		final String description = ModelDescription.write(model, new ModelDescription.Checksums(sha256(entries.get(WEIGHTS)),
			sha256(entries.get(TEST_INPUT)), entries.containsKey(TEST_OUTPUT) ? sha256(entries.get(TEST_OUTPUT)) : null));
		final Map<String, byte[]> all = new LinkedHashMap<>();
		all.put(DESCRIPTION, text(description));
		all.putAll(entries);
		all.put(NETWORK, text(NetworkJson.write(model.network())));
		all.put("README.md", text(readme(model)));
		all.put("cover.png", cover);
		all.put(HISTORY, text(model.history()));
		return all;
	}

	private static void write(final Map<String, byte[]> entries, final OutputStream out) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(out);
		for (final Map.Entry<String, byte[]> e : entries.entrySet())
			put(zip, e.getKey(), e.getValue());
		zip.finish();
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(TIME);
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}

	private static byte[] text(final String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static long[] tensorShape(final Shape shape) {
		final long[] extents = new long[shape.dimensions() + 2];
		extents[0] = 1;
		extents[1] = shape.channels();
		for (int d = 0; d < shape.dimensions(); d++)
			extents[extents.length - 1 - d] = shape.spatial().get(d);
		return extents;
	}

	private static Optional<float[]> prediction(final TrainedModel model, final long[] shape, final Engine engine) {
		return TestOutput.of(engine, model.network(), model.weights(), NetworkInput.of(model.example(), model.normalization(),
			model.patchExtents()).whole(), shape);
	}

	private static String readme(final TrainedModel model) {
		final String[] epochs = model.history().strip().split("\n");
		return "# " + model.about().name() + "\n\n" + model.about().description() + "\n\n- Task: " + model.task().name()
			.toLowerCase(Locale.ROOT) + " along the axes " + model.axes() + "\n- " + (model.task() == Task.REGRESSION ? "Values: "
				: "Classes: ") + String.join(", ", model.classes()) + "\n- Network: " + model.network().name() + ", " + model
					.weights().arrays().stream().mapToLong(a -> a.length).sum() + " numbers\n- Trained on " + model.about().created() +
			" with patches of " + model.patch() + " pixels of " + model.pixelSize() + " " + model.unit() +
			" (x first)\n\nThe last epoch:\n\n    " + epochs[0] + "\n    " + epochs[epochs.length - 1] +
			"\n\nCheck predictions on images that were not used for training before you rely on them.\n";
	}

	/**
	 * Reads a model.
	 *
	 * @param engine reads the weights
	 * @throws IllegalArgumentException if the file is missing, damaged, unsafe, or of a newer format; the message says which
	 */
	public static TrainedModel read(final Path file, final Engine engine) {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException("There is no model file " + file +
			". Give the path of a file that Train Segmentation..., Train Classifier... or Train Image to Image... has written.");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			return read(zip, engine);
		}
		catch (final IOException | IllegalArgumentException | ArithmeticException e) {
			throw new IllegalArgumentException("The model file " + file + " can't be used: " + e.getMessage() + ".", e);
		}
	}

	private static TrainedModel read(final ZipFile zip, final Engine engine) throws IOException {
		checkNames(zip);
		final ModelDescription.Reader d = new ModelDescription.Reader(string(zip, DESCRIPTION));
		final Network network = NetworkJson.read(string(zip, NETWORK));
		final List<Integer> patch = d.list(Integer.class, "config", "convoluta", "patch");
		final List<Parameter> parameters = Parameter.of(network, patch.stream().mapToInt(p -> p).toArray());
		final long numbers = parameters.stream().mapToLong(Parameter::count).sum();
		final byte[] archive = bytes(zip, WEIGHTS, 4 * numbers + (1 << 24));
		check(WEIGHTS, archive, d.checksum("weights", "torchscript", "sha256"));
		final int values = Math.toIntExact(patch.stream().mapToLong(p -> p).reduce(network.channels(), Math::multiplyExact));
		final byte[] example = bytes(zip, TEST_INPUT, 4L * values + 4096);
		check(TEST_INPUT, example, d.tensorChecksum("inputs"));
		return new TrainedModel(new TrainedModel.About(d.text("name"), d.text("description"), d.text("timestamp"), d.credits()),
			network, engine.archive().read(parameters, archive), Task.valueOf(d.text("config", "convoluta", "task").toUpperCase(
				Locale.ROOT)), d.text("config", "convoluta", "axes"), d.normalization(), d.list(String.class, "config", "convoluta",
					"classes"), patch, d.list(Double.class, "config", "convoluta", "pixel_size"), d.text("config", "convoluta",
						"unit"), NumpyArray.read(example, values), string(zip, HISTORY), d.labels());
	}

	/** Refuses archives that could do harm where they are unpacked. */
	private static void checkNames(final ZipFile zip) {
		if (zip.size() > MOST_ENTRIES) throw new IllegalArgumentException("it has " + zip.size() + " entries");
		zip.stream().map(ZipEntry::getName).forEach(name -> {
			if (name.startsWith("/") || name.contains("\\") || name.contains(":") || List.of(name.split("/")).contains(".."))
				throw new IllegalArgumentException("its entry \"" + name + "\" points out of the archive");
		});
	}

	private static String string(final ZipFile zip, final String name) throws IOException {
		return new String(bytes(zip, name, LONGEST_TEXT), StandardCharsets.UTF_8);
	}

	/** Reads at most {@code most} bytes, whatever the entry says of its size. */
	private static byte[] bytes(final ZipFile zip, final String name, final long most) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) throw new IllegalArgumentException("it has no " + name);
		try (InputStream in = zip.getInputStream(entry)) {
			final byte[] bytes = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
			if (bytes.length > most) throw new IllegalArgumentException(name + " has more than the " + most +
				" bytes that it can have");
			return bytes;
		}
	}

	private static void check(final String name, final byte[] bytes, final String expected) {
		if (!sha256(bytes).equals(expected)) throw new IllegalArgumentException("the checksum of " + name +
			" is wrong: the file is damaged or was changed");
	}

	private static String sha256(final byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
