package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import io.github.convoluta.command.FoundCommands;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in a real ImageJ window; skipped where there is no display. */
class GuiIT {

	/** The tester's own preferences are neither read nor changed. */
	@Test
	void everyDialogRecordsALineThatGivesTheSameAgain(@TempDir final Path home) throws IOException, InterruptedException {
		Assumptions.assumeFalse(GraphicsEnvironment.isHeadless(), "skipped: there is no display");
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Dplugins.dir=" + Application.FOLDER, "-Duser.home=" + home, "-Djava.util.prefs.userRoot=" + home, "-cp",
			Application.FOLDER.resolve("convoluta.jar") + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath(),
			GuiScenario.class.getName(), Path.of("target/screenshots").toAbsolutePath().toString());
		builder.environment().putIfAbsent("ENGINE_CACHE_DIR", Path.of(System.getProperty("user.home"), ".djl.ai").toString());
		final Application.Result result = Application.run(builder, true);
		assertEquals(0, result.status(), result.output());
		for (final String command : FoundCommands.labels(getClass().getClassLoader()))
			assertTrue(("\n" + result.output()).contains("\nok run(\"" + command + "\""), result.output());
		assertTrue(result.output().contains("ok help"), result.output());
		assertTrue(result.output().contains("ok preview"), result.output());
		assertTrue(result.output().contains("ok mistake"), result.output());
		assertTrue(result.output().contains("ok replacing"), result.output());
	}
}
