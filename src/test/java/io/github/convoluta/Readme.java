package io.github.convoluta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What README shows as code. */
public final class Readme {

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\R(.*?)^```$");

	private Readme() {}

	/** Blocks of a language, in their order; those of none are macros and commands. */
	public static List<String> blocks(final String language) throws IOException {
		return BLOCK.matcher(Files.readString(Path.of("README.md"))).results().filter(r -> r.group(1).equals(language)).map(
			r -> r.group(2)).toList();
	}
}
