package io.github.convoluta;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which room may use which, and what no room may have. */
class ArchitectureTest {

	/** Each may use only those before it. */
	private static final List<String> ROOMS = List.of("file", "kernel", "filter", "region", "network", "engine", "torch",
		"model", "sample", "evaluation", "training", "prediction", "image", "window", "api", "command", "host");

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.github.convoluta");

	private static String room(final String name) {
		return "io.github.convoluta." + name + "..";
	}

	@Test
	void roomsUseOnlyThoseBeforeThem() {
		for (int i = 0; i < ROOMS.size(); i++)
			for (int j = i + 1; j < ROOMS.size(); j++)
				noClasses().that().resideInAPackage(room(ROOMS.get(i))).should().dependOnClassesThat().resideInAPackage(room(ROOMS
					.get(j))).check(classes);
	}

	@Test
	void algorithmsKnowNothingOfImageJAndSciJava() {
		noClasses().that().resideInAnyPackage(room("file"), room("kernel"), room("filter"), room("region"), room("network"),
			room("engine"), room("torch"), room("model"), room("sample"), room("evaluation"), room("training"), room("prediction"))
			.should().dependOnClassesThat().resideInAnyPackage("ij..", "org.scijava..", "java.awt..", "javax.swing..").check(
				classes);
		noClasses().that().resideInAPackage(room("image")).should().dependOnClassesThat().resideInAPackage("org.scijava..")
			.check(classes);
	}

	@Test
	void onlyTheTorchRoomKnowsItsBinding() {
		noClasses().that().resideOutsideOfPackage(room("torch")).should().dependOnClassesThat().resideInAPackage("ai.djl..")
			.check(classes);
	}

	/** Another engine can take its place: only those who choose one know it. */
	@Test
	void onlyThoseWhoChooseAnEngineKnowTorch() {
		noClasses().that().resideOutsideOfPackages(room("torch"), room("api"), room("command"), room("host")).should()
			.dependOnClassesThat().resideInAPackage(room("torch")).check(classes);
		noClasses().that().resideOutsideOfPackage(room("torch")).should().dependOnClassesThat(resideInAPackage(room("torch"))
			.and(not(simpleName("TorchEngine")))).check(classes);
	}

	/** For programmers: without windows but for the picture on a model, and used by no command. */
	@Test
	void theRoomForProgrammersStandsAlone() {
		noClasses().that().resideOutsideOfPackage(room("api")).should().dependOnClassesThat().resideInAPackage(room("api"))
			.check(classes);
		noClasses().that().resideInAPackage(room("api")).should().dependOnClassesThat(resideInAPackage(room("image")).and(not(
			simpleName("ModelCover")))).check(classes);
		noClasses().that().resideInAPackage(room("api")).should().dependOnClassesThat().resideInAnyPackage("ij..",
			"org.scijava..", "java.awt..", "javax.swing..").check(classes);
	}

	@Test
	void theEngineRoomKnowsNetworksOnly() {
		noClasses().that().resideInAPackage(room("engine")).should().dependOnClassesThat(resideInAPackage(
			"io.github.convoluta..").and(not(resideInAnyPackage(room("engine"), room("network"))))).check(classes);
	}

	@Test
	void nothingStaticCanChange() {
		fields().that().areStatic().should().beFinal().check(classes);
	}

	@Test
	void everyRoomSaysWhatLivesInItAndEveryClassCanBeReadInASitting() throws IOException {
		final Path sources = Path.of("src/main/java/io/github/convoluta");
		for (final String name : ROOMS)
			assertTrue(Files.exists(sources.resolve(name).resolve("package-info.java")), name);
		try (Stream<Path> files = Files.walk(sources)) {
			final List<String> long400 = files.filter(f -> f.toString().endsWith(".java")).filter(f -> lines(f) > 400).map(
				Path::toString).toList();
			assertEquals(List.of(), long400, "classes over 400 lines");
		}
	}

	/** Amounts of memory are told by {@code ByteSize} alone. */
	@Test
	void memoryIsToldInOneWay() throws IOException {
		final Pattern own = Pattern.compile("(?:\"|%[.,\\d]*[dfs]) ?[GM]i?B\\b");
		assertTrue(own.matcher("%.2f GB").find() && own.matcher("n + \" MB\"").find());
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			final List<String> found = new ArrayList<>();
			for (final Path file : files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("ByteSize.java")).toList())
				for (final String line : Files.readAllLines(file))
					if (own.matcher(line).find() && !line.contains("Field.UNIT")) found.add(file.getFileName() + ": " + line.strip());
			assertEquals(List.of(), found);
		}
	}

	private static long lines(final Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.count();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
