package io.github.convoluta.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkJson;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.torch.OptimizerState;
import io.github.convoluta.torch.Weights;

/**
 * A training at the end of an epoch. Its random numbers need no state of their own: they follow from the seed and the
 * number of epochs.
 *
 * @param last weights after the epoch
 * @param state what the optimiser remembers
 * @param best weights with the least validation loss so far; null without validation
 * @param history all epochs so far
 * @param seed of the training
 */
record Checkpoint(Weights last, OptimizerState state, Weights best, History history, long seed) {

	private static final int FORMAT = 1;
	private static final ObjectMapper MAPPER = JsonMapper.builder().build();

	private record Document(int format, long seed, float steps, boolean hasBest, List<History.Epoch> epochs) {}

	/** Writes it whole or not at all. */
	void write(final Network network, final Path file) {
		final Path temporary = file.resolveSibling(file.getFileName() + ".part");
		try {
			try (OutputStream out = Files.newOutputStream(temporary); ZipOutputStream zip = new ZipOutputStream(out)) {
				zip.setLevel(0);
				put(zip, "training.json", MAPPER.writeValueAsBytes(new Document(FORMAT, seed, state.steps(), best != null, history
					.epochs())));
				put(zip, "network.json", NetworkJson.write(network).getBytes(StandardCharsets.UTF_8));
				put(zip, "last", last.arrays());
				put(zip, "first", state.first());
				put(zip, "second", state.second());
				if (best != null) put(zip, "best", best.arrays());
			}
			Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The checkpoint " + file + " could not be written: " + e, e);
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
	 * @throws IllegalArgumentException if the file is damaged, or of another training
	 */
	static Checkpoint read(final Path file, final Network network, final List<Parameter> parameters, final long seed) {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final Document document = MAPPER.readValue(bytes(zip, "training.json"), Document.class);
			if (document.format() > FORMAT) throw new IllegalArgumentException("it has format " + document.format() +
				"; update the plugin");
			final Network stored = NetworkJson.read(new String(bytes(zip, "network.json"), StandardCharsets.UTF_8));
			if (!stored.equals(network) || document.seed() != seed) throw new IllegalArgumentException(
				"it belongs to another training: \"" + stored.name() + "\" with seed " + document.seed() + ", not \"" + network
					.name() + "\" with seed " + seed);
			final List<Parameter> trainable = parameters.stream().filter(p -> p.role().isTrainable()).toList();
			return new Checkpoint(new Weights(parameters, arrays(zip, "last", parameters)), new OptimizerState(arrays(zip,
				"first", trainable), arrays(zip, "second", trainable), document.steps()), document.hasBest() ? new Weights(
					parameters, arrays(zip, "best", parameters)) : null, new History(document.epochs()), seed);
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new IllegalArgumentException("The checkpoint " + file + " can't be gone on with: " + e.getMessage() +
				". Delete it to begin anew.", e);
		}
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
