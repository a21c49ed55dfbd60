package io.github.convoluta.torch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds the jar that libtorch is packed in: {@code lib/PLATFORM} in the folder of ImageJ or Fiji, where Fiji's updater has
 * native files, or the class path. It does not belong in {@code jars/PLATFORM}: Fiji takes what is there for modules.
 */
final class NativeJars {

	/** From {@code plugins/} and a folder in it up to ImageJ's. */
	private static final int LEVELS = 3;
	private static final String NAME = ".*pytorch-native-.*\\.jar";

	private NativeJars() {}

	/** Fiji's name of this system; null if there is no libtorch for it. */
	static String platform(final String system, final String processor) {
		final boolean arm = processor.equals("aarch64"), intel = processor.equals("amd64") || processor.equals("x86_64");
		final String name = system.toLowerCase(Locale.ROOT);
		if (name.startsWith("linux")) return arm ? "linux-arm64" : intel ? "linux64" : null;
		if (name.startsWith("mac")) return arm ? "macos-arm64" : null;
		return name.startsWith("windows") && intel ? "win64" : null;
	}

	/** Where the jar is expected, relative to ImageJ's folder. */
	static String place() {
		return "lib/" + platform(System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	/** A loader that finds what the class's own finds, and then the jar of libtorch. */
	static URLClassLoader loader(final Class<?> plugin) throws IOException {
		final CodeSource source = plugin.getProtectionDomain().getCodeSource();
		final List<URL> urls = new ArrayList<>();
		for (final Path jar : source == null ? List.<Path> of() : find(source.getLocation(), place()))
			urls.add(jar.toUri().toURL());
		return new URLClassLoader(urls.toArray(URL[]::new), plugin.getClassLoader());
	}

	/**
	 * @param plugin the plugin's jar
	 * @param place relative to a folder above the jar's
	 */
	static List<Path> find(final URL plugin, final String place) throws IOException {
		final Path jar;
		try {
			jar = Path.of(new URI(plugin.toString().replace(" ", "%20")));
		}
		catch (final URISyntaxException | IllegalArgumentException e) {
			return List.of();
		}
		Path folder = jar.getParent();
		for (int i = 0; i < LEVELS && folder != null; i++, folder = folder.getParent())
			if (Files.isDirectory(folder.resolve(place))) try (Stream<Path> files = Files.list(folder.resolve(place))) {
				final List<Path> jars = files.filter(f -> f.getFileName().toString().matches(NAME)).sorted().toList();
				if (!jars.isEmpty()) return jars;
			}
		return List.of();
	}
}
