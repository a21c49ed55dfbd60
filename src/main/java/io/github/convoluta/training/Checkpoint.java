package io.github.convoluta.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.convoluta.engine.OptimizerState;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.WholeFile;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkJson;
import io.github.convoluta.network.Parameter;

/**
 * A training at the end of an epoch. Its random numbers need no state of their own: they follow from the seed and the
 * number of epochs.
 *
 * @param last weights after the epoch
 * @param state what the optimiser remembers
 * @param best weights with the least validation loss so far; null without validation
 * @param history all epochs so far
 * @param fingerprint data and settings of the training
 */
record Checkpoint(Weights last, OptimizerState state, Weights best, History history, Fingerprint fingerprint) {

	/** Since 2 with a fingerprint, without which a checkpoint can't be trusted to fit. */
	private static final int FORMAT = 2;
	private static final String DOCUMENT = "training.json";
	private static final ObjectMapper MAPPER = JsonMapper.builder().build();

	private record Document(int format, float steps, boolean hasBest, List<History.Epoch> epochs,
		Map<String, String> fingerprint)
	{}

	/**
	 * What a checkpoint's file tells without its weights.
	 *
	 * @param epochs that were finished
	 * @param fingerprint data and settings of the training
	 */
	record Kept(int epochs, Fingerprint fingerprint) {}

	/** Writes it whole or not at all. */
	void write(final Network network, final Path file) {
		try {
			WholeFile.write(file, out -> {
				final ZipOutputStream zip = new ZipOutputStream(out);
				zip.setLevel(0);
				put(zip, DOCUMENT, MAPPER.writeValueAsBytes(new Document(FORMAT, state.steps(), best != null, history.epochs(),
					fingerprint.values())));
				put(zip, "network.json", NetworkJson.write(network).getBytes(StandardCharsets.UTF_8));
				put(zip, "last", last.arrays());
				put(zip, "first", state.first());
				put(zip, "second", state.second());
				if (best != null) put(zip, "best", best.arrays());
				zip.finish();
			});
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The checkpoint " + file + " could not be written: " + FileProblem.text(e) + ".", e);
		}
	}

	private static void put(final ZipOutputStream zip, final String folder, final List<float[]> arrays) throws IOException {
		for (int i = 0; i < arrays.size(); i++) {
			final ByteBuffer bytes = ByteBuffer.allocate(4 * arrays.get(i).length).order(ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(arrays.get(i));
			put(zip, folder + "/" + i, bytes.array());
		}
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(bytes);
		zip.closeEntry();
	}

	/**
	 * @param now data and settings of the training that wants to go on
	 * @throws IllegalArgumentException if the file is damaged, or of another training; the message tells what differs
	 */
	static Checkpoint read(final Path file, final Network network, final List<Parameter> parameters, final Fingerprint now) {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final Document document = document(zip);
			final Fingerprint before = new Fingerprint(document.fingerprint());
			final Network stored = NetworkJson.read(new String(bytes(zip, "network.json"), StandardCharsets.UTF_8));
			final List<String> differences = new ArrayList<>();
			if (!stored.equals(network)) differences.add(stored.name().equals(network.name()) ? "the layers of the network \"" +
				network.name() + "\" are not the same" : "network was \"" + stored.name() + "\" and is \"" + network.name() + "\"");
			differences.addAll(before.differences(now));
			if (!differences.isEmpty()) throw new IllegalArgumentException("it belongs to another training: " + String.join("; ",
				differences));
			final List<Parameter> trainable = parameters.stream().filter(p -> p.role().isTrainable()).toList();
			return new Checkpoint(new Weights(parameters, arrays(zip, "last", parameters)), new OptimizerState(arrays(zip, "first",
				trainable), arrays(zip, "second", trainable), document.steps()), document.hasBest() ? new Weights(parameters, arrays(
					zip, "best", parameters)) : null, new History(document.epochs()), before);
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new IllegalArgumentException("The checkpoint " + file + " can't be gone on with: " + e.getMessage() +
				". Delete it to begin anew, or use resume=false.", e);
		}
	}

	/** What a file tells; nothing if there is none, or none that can be read. */
	static Optional<Kept> look(final Path file) {
		if (!Files.isRegularFile(file)) return Optional.empty();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final Document document = document(zip);
			return Optional.of(new Kept(document.epochs().size(), new Fingerprint(document.fingerprint())));
		}
		catch (final IOException | IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	private static Document document(final ZipFile zip) throws IOException {
		final JsonNode json = MAPPER.readTree(bytes(zip, DOCUMENT));
		final int format = json.path("format").asInt();
		if (format < FORMAT) throw new IllegalArgumentException(
			"it was written by an earlier version of the plugin, which did not note the data and settings that it belongs to");
		if (format > FORMAT) throw new IllegalArgumentException("it has format " + format + "; update the plugin");
		final Document document = MAPPER.treeToValue(json, Document.class);
		if (document.epochs() == null || document.fingerprint() == null) throw new IllegalArgumentException("it is incomplete");
		return document;
	}

	private static List<float[]> arrays(final ZipFile zip, final String folder, final List<Parameter> parameters)
		throws IOException
	{
		final List<float[]> arrays = new ArrayList<>();
		for (int i = 0; i < parameters.size(); i++) {
			final float[] values = new float[parameters.get(i).count()];
			final byte[] bytes = bytes(zip, folder + "/" + i);
			if (bytes.length != 4 * values.length) throw new IllegalArgumentException(folder + " has arrays of another size");
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
			arrays.add(values);
		}
		return arrays;
	}

	private static byte[] bytes(final ZipFile zip, final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) throw new IllegalArgumentException("it has no " + name);
		try (InputStream in = zip.getInputStream(entry)) {
			return in.readAllBytes();
		}
	}
}
