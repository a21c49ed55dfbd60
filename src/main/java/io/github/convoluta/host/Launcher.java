package io.github.convoluta.host;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import net.imagej.patcher.LegacyEnvironment;

/**
 * The application: without arguments it opens ImageJ with the plugin installed; with a macro file, and an optional
 * argument for it, it runs the macro without a display. Exit status 0, or 1 when the macro or a command fails, 2 when
 * the arguments are wrong.
 */
public final class Launcher {

	private Launcher() {}

	public static void main(final String... arguments) throws Exception {
		final Path folder = Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent();
		System.setProperty("plugins.dir", folder.toString());
		if (arguments.length == 0) {
			Class.forName("ij.ImageJ").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
			return;
		}
		if (arguments.length > 2 || arguments[0].startsWith("-")) {
			System.err.println("Usage: java -jar convoluta.jar [MACRO.ijm [ARGUMENT]]");
			System.exit(2);
		}
		final Path macro = Path.of(arguments[0]);
		if (!Files.isRegularFile(macro)) {
			System.err.println("The macro file " + macro.toAbsolutePath() + " does not exist.");
			System.exit(2);
		}
		final String failure = runHeadless(folder, macro, arguments.length > 1 ? arguments[1] : "");
		if (failure != null) System.err.println(failure);
		System.out.flush();
		System.exit(failure == null ? 0 : 1);
	}

	/** Runs a macro; returns null, or what went wrong. */
	private static String runHeadless(final Path folder, final Path macro, final String argument) throws Exception {
		System.setProperty("java.awt.headless", "true");
		// No class of ImageJ may be loaded before the patches are in place.
		final LegacyEnvironment environment = new LegacyEnvironment(null, true);
		environment.disableIJ1PluginDirs();
		final File[] plugins = folder.resolve("plugins").toFile().listFiles((d, name) -> name.endsWith(".jar"));
		if (plugins != null) environment.addPluginClasspath(plugins);
		environment.applyPatches();
		environment.newImageJ1(true);
		final ClassLoader loader = environment.getClassLoader();
		Thread.currentThread().setContextClassLoader(loader);
		final Object interpreter = loader.loadClass("ij.macro.Interpreter").getConstructor().newInstance();
		final String text = Files.readString(macro, StandardCharsets.UTF_8);
		try {
			interpreter.getClass().getMethod("run", String.class, String.class).invoke(interpreter, text, argument);
		}
		catch (final java.lang.reflect.InvocationTargetException e) {
			final String message = (String) interpreter.getClass().getMethod("getErrorMessage").invoke(interpreter);
			return message != null ? message : String.valueOf(e.getCause());
		}
		// The interpreter itself has printed the error with the macro's line.
		return Boolean.TRUE.equals(interpreter.getClass().getMethod("wasError").invoke(interpreter)) ? "The macro " + macro +
			" failed." : null;
	}
}
