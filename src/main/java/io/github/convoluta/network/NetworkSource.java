package io.github.convoluta.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the network that a user's text means: an architecture's name, an architecture code, or a JSON file's path. */
public final class NetworkSource {

	private NetworkSource() {}

	/**
	 * {@return the network that {@code text} names or spells out}
	 *
	 * @param text an architecture with arguments, a code, or a JSON file's path
	 * @param dimensions spatial axes of the input, 1 to 3
	 * @param channels channels of the input
	 * @param classes number of classes of the result; a network from a file keeps its own
	 * @throws IllegalArgumentException if the text is none of these, or a file's network takes other input
	 */
	public static Network resolve(final String text, final int dimensions, final int channels, final int classes) {
		final String trimmed = text.strip();
		if (Architectures.contains(trimmed)) return Architectures.create(trimmed, dimensions, channels, classes);
		if (ArchitectureCode.looksLikeCode(trimmed)) return ArchitectureCode.parse(trimmed, dimensions, channels, classes);
		final Path file = asFile(trimmed);
		if (file == null) throw new IllegalArgumentException("\"" + trimmed +
			"\" is no architecture, no architecture code and no file. Architectures: " + String.join(", ", Architectures.entries()
				.stream().map(e -> e.usage().split(" ")[0]).toList()) + "; a code looks like (CR)2P(CR)2PF.");
		final Network network = read(file);
		if (network.dimensions() != dimensions || network.channels() != channels) throw new IllegalArgumentException(
			"The network in " + file + " takes " + network.dimensions() + "-D input with " + network.channels() +
				" channels, but " + dimensions + "-D with " + channels + " is given.");
		return network;
	}

	private static Network read(final Path file) {
		try {
			return NetworkJson.read(Files.readString(file, StandardCharsets.UTF_8));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The file " + file + " can't be read: " + e.getMessage(), e);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
		}
	}

	private static Path asFile(final String text) {
		try {
			final Path path = Path.of(text);
			return Files.isRegularFile(path) ? path : null;
		}
		catch (final InvalidPathException e) {
			return null;
		}
	}
}
