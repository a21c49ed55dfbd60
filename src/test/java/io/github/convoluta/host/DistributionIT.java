package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given to users: the application, and the zips if they were made ({@code -Pdist}). */
class DistributionIT {

	private static final Path LICENSES = Path.of("licenses");
	/** Not in the zips. */
	private static final Set<String> OF_THE_APPLICATION = Set.of("ij.jar", "ij1-patcher.jar", "classgraph.jar",
		"javassist.jar");
	/** Folders that Fiji's updater looks into, and the endings that it takes there; none for any. */
	private static final Map<String, String> UPDATER = Map.of("plugins", "jar", "jars", "jar", "macros", "ijm", "lib", "",
		"licenses", "");

	@TempDir
	Path temporary;

	private static List<Path> list(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
	}

	/** Files of licence texts by jar. */
	private static Map<String, List<Path>> licences() throws IOException {
		final Map<String, List<Path>> licences = new HashMap<>();
		final Pattern row = Pattern.compile("\\| `([^`]+\\.jar)` \\|.*\\|.*\\|(.*)\\|"), link = Pattern.compile(
			"\\]\\(([^)]+)\\)");
		for (final String line : Files.readAllLines(LICENSES.resolve("LICENSES.md"))) {
			final Matcher m = row.matcher(line);
			if (m.matches()) licences.put(m.group(1), link.matcher(m.group(2)).results().map(r -> LICENSES.resolve(r.group(1)))
				.toList());
		}
		return licences;
	}

	private static List<Path> zips() throws IOException {
		final List<Path> zips = list(Application.FOLDER.getParent()).stream().filter(f -> f.getFileName().toString().matches(
			"Convoluta_-.*-(fiji|imagej)-.*\\.zip")).toList();
		Assumptions.assumeFalse(zips.isEmpty(), "skipped: the zips are made with -Pdist only");
		return zips;
	}

	@Test
	void everyJarHasItsLicence() throws IOException {
		final Map<String, List<Path>> licences = licences();
		final Set<String> missing = new TreeSet<>();
		for (final Path jar : list(Application.FOLDER.resolve("jars"))) {
			final String name = jar.getFileName().toString().replaceAll("^(.+?)-\\d.*\\.jar$", "$1.jar").replaceAll(
				"^(api|pytorch-)", "djl-$1");
			if (!OF_THE_APPLICATION.contains(name) && licences.getOrDefault(name, List.of()).isEmpty()) missing.add(name);
		}
		assertEquals(Set.of(), missing);
		for (final Path text : licences.values().stream().flatMap(List::stream).toList())
			assertTrue(Files.size(text) > 100, text.toString());
	}

	@Test
	void everyLicenceTextIsNamedAndThere() throws IOException {
		final Set<String> named = new TreeSet<>(), there = new TreeSet<>();
		Pattern.compile("\\]\\(([^)]+)\\)").matcher(Files.readString(LICENSES.resolve("LICENSES.md"))).results().forEach(
			r -> named.add(r.group(1)));
		try (Stream<Path> files = Files.walk(LICENSES)) {
			files.filter(f -> f.toString().endsWith(".txt")).forEach(f -> there.add(LICENSES.relativize(f).toString().replace('\\',
				'/')));
		}
		assertEquals(there, named);
	}

	@Test
	void thePluginsManifestNamesNoClassThatItDoesNotHold() throws IOException {
		final Path plugin = list(Application.FOLDER.resolve("plugins")).get(0);
		try (JarFile jar = new JarFile(plugin.toFile())) {
			assertNull(jar.getManifest().getMainAttributes().getValue("Main-Class"));
			assertTrue(jar.getEntry("plugins.config") != null && jar.getEntry("examples/ct.tif") != null);
		}
	}

	@Test
	void zipsHaveWhatFijisUpdaterTakesAndNothingThatStopsFiji() throws IOException {
		final Map<String, List<Path>> licences = licences();
		for (final Path zip : zips())
			try (ZipFile file = new ZipFile(zip.toFile())) {
				final List<String> names = file.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).toList();
				assertEquals(names.size(), Set.copyOf(names).size(), zip + " has a name twice");
				for (final String name : names) {
					final String where = zip.getFileName() + ": " + name, ending = UPDATER.get(name.substring(0, name.indexOf('/')));
					assertTrue(ending != null && name.endsWith(ending), where);
					final String jar = name.substring(name.lastIndexOf('/') + 1);
					if (!jar.endsWith(".jar")) continue;
					assertTrue(licences.containsKey(jar), where);
					// What has no version takes the place of what was there; native code would be a module of an invalid name.
					assertFalse(jar.matches(".*-\\d.*"), where);
					assertEquals(jar.contains("native"), name.matches("lib/(linux64|linux-arm64|macos-arm64|win64)/.*"), where);
				}
				assertTrue(names.containsAll(List.of("plugins/Convoluta_.jar", "licenses/Convoluta/README.md",
					"licenses/Convoluta/LICENSE", "licenses/Convoluta/libtorch/Intel-MKL.txt")), zip.toString());
				assertTrue(names.stream().anyMatch(n -> n.endsWith("/commons-math3.jar")), zip.toString());
			}
	}

	/** A folder with ImageJ's jar and the zip, in a display: networks and the Fourier transform run there. */
	@Test
	void imageJWithTheZipTrainsAndApplies() throws IOException, InterruptedException {
		Assumptions.assumeTrue(System.getenv("DISPLAY") != null, "skipped: no display");
		Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
			"skipped: the test unpacks the zip for Linux");
		final Path zip = zips().stream().filter(z -> z.toString().endsWith("imagej-linux-x86_64.zip")).findFirst().orElseThrow();
		final Path folder = Files.createDirectory(temporary.resolve("Image J"));
		try (ZipFile file = new ZipFile(zip.toFile())) {
			for (final ZipEntry entry : file.stream().filter(e -> !e.isDirectory()).toList()) {
				final Path target = folder.resolve(entry.getName());
				Files.createDirectories(target.getParent());
				try (InputStream in = file.getInputStream(entry)) {
					Files.copy(in, target);
				}
			}
		}
		final Path imageJ = list(Application.FOLDER.resolve("jars")).stream().filter(f -> f.getFileName().toString().matches(
			"ij-[\\d.]+[a-z]?\\.jar")).findFirst().orElseThrow();
		Files.copy(imageJ, folder.resolve("ij.jar"));
		final Path macro = temporary.resolve("small.ijm"), done = temporary.resolve("done.txt");
		Files.writeString(macro, """
				run("Example Image...", "example=cells");
				run("Convolve n-D...", "kernel=[gaussian 9] method=fourier");
				close();
				setThreshold(45, 255);
				run("Create Mask");
				rename("truth");
				selectImage("cells.tif");
				run("Train Segmentation...", "labels=truth network=[unet depth=1 width=4] epochs=1 patch=32 model=[%1$s/m.zip]");
				selectImage("cells.tif");
				run("Apply Network...", "model=[%1$s/m.zip]");
				File.saveString(getTitle() + " " + getWidth(), "%1$s/done.txt");
				""".formatted(temporary));
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx1g", "-Duser.home=" + temporary, "-jar", folder.resolve("ij.jar").toString(), "-ijpath", folder.toString(),
			"-batch", macro.toString()));
		final Application.Result result = Application.run(new ProcessBuilder(command).directory(folder.toFile()), true);
		assertEquals(0, result.status(), result.output());
		assertTrue(Files.exists(done), result.output());
		assertEquals("cells-labels 256", Files.readString(done).strip());
		assertTrue(Files.isDirectory(temporary.resolve(".djl.ai/pytorch")));
	}
}
