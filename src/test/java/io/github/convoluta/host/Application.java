package io.github.convoluta.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged application as a user does, in a process of its own. */
final class Application {

	static final Path FOLDER = Path.of(System.getProperty("convoluta.app", "target/app")).toAbsolutePath();

	/**
	 * @param status exit status
	 * @param output standard output and error
	 */
	record Result(int status, String output) {}

	private Application() {}

	/** {@code java [options] -jar convoluta.jar arguments}, with no display. */
	static Result run(final List<String> javaOptions, final Object... arguments) throws IOException, InterruptedException {
		return run(Map.of(), javaOptions, arguments);
	}

	/** Runs a macro with this text, from a file in the folder whose name has blanks and umlauts. */
	static Result runText(final Path folder, final String text) throws IOException, InterruptedException {
		return run(List.of(), Files.writeString(folder.resolve("test macro \u00fc.ijm"), text));
	}

	/** The same with further environment variables. */
	static Result run(final Map<String, String> environment, final List<String> javaOptions, final Object... arguments)
		throws IOException, InterruptedException
	{
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString()));
		command.addAll(javaOptions);
		command.addAll(List.of("-jar", FOLDER.resolve("convoluta.jar").toString()));
		for (final Object argument : arguments)
			command.add(argument.toString());
		final ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().putAll(environment);
		return run(builder, false);
	}

	static Result run(final ProcessBuilder builder, final boolean display) throws IOException, InterruptedException {
		if (!display) builder.environment().remove("DISPLAY");
		// File names are what the system says they are.
		builder.environment().put("LC_ALL", "C.UTF-8");
		final Path log = Files.createTempFile("convoluta", ".log");
		try {
			final Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
			if (!process.waitFor(5, TimeUnit.MINUTES)) {
				process.destroyForcibly();
				return new Result(-1, "still running after 5 minutes: " + Files.readString(log));
			}
			return new Result(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
		}
		finally {
			Files.delete(log);
		}
	}
}
