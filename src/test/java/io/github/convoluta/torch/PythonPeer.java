package io.github.convoluta.torch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkJson;

/**
 * The same network in eager PyTorch, to compare speeds with: a Python process that makes one step for each line it reads. The
 * interpreter is the property {@code convoluta.python}, {@code python3} without it; it needs the package torch.
 */
final class PythonPeer implements AutoCloseable {

	private final Path folder;
	private final Process process;
	private final Writer lines;
	private final BufferedReader answers;

	PythonPeer(final Network network, final long[] shape, final long[] whole) {
		try (InputStream script = PythonPeer.class.getResourceAsStream("/peers/eager.py")) {
			folder = Files.createTempDirectory("eager");
			final Path program = folder.resolve("eager.py"), description = folder.resolve("network.json");
			Files.copy(script, program);
			Files.writeString(description, NetworkJson.write(network));
			process = new ProcessBuilder(System.getProperty("convoluta.python", "python3"), program.toString(), description
				.toString(), text(shape), text(whole)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			lines = process.outputWriter(StandardCharsets.UTF_8);
			answers = process.inputReader(StandardCharsets.UTF_8);
			if (answers.readLine() == null) throw new IllegalStateException(
				"The Python peer did not start: set -Dconvoluta.python to an interpreter that has the package torch.");
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static String text(final long[] shape) {
		return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(","));
	}

	/** One step, {@code train} or {@code predict}; its loss, or the sum of the probabilities. */
	float step(final String kind) {
		try {
			lines.write(kind + "\n");
			lines.flush();
			return Float.parseFloat(answers.readLine());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public void close() throws IOException {
		process.destroy();
		try (var files = Files.list(folder)) {
			for (final Path file : files.toList())
				Files.delete(file);
		}
		Files.delete(folder);
	}
}
