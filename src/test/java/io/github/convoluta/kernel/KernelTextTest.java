package io.github.convoluta.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTextTest {

	@ParameterizedTest
	@ValueSource(strings = { "1 2 3; 4 5 6", "1,2,3;4,5,6", "1\t2\t3\n4\t5\t6", " 1 2 3 ;\n 4 5 6;\n", "1 2 3\r\n4 5 6\r\n",
		"\n1, 2, 3\n4, 5, 6\n\n" })
	void rowsEndWithLineBreaksOrSemicolons(final String text) {
		assertEquals(Kernel.of2D(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }), KernelText.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1 2;3 4;;5 6;7 8", "1 2\n3 4\n\n5 6\n7 8", "1 2; 3 4;; 5 6; 7 8", "1 2\n3 4\n\n\n5 6\n7 8\n" })
	void planesAreSeparatedByAnEmptyLineOrTwoSemicolons(final String text) {
		assertEquals(Kernel.of3D(new double[][] { { 1, 2 }, { 3, 4 } }, new double[][] { { 5, 6 }, { 7, 8 } }), KernelText.parse(
			text));
	}

	@Test
	void readsFractionsSignsAndExponents() {
		assertArrayEquals(new double[] { 1.0 / 9, -2.5, 1e-3, .5, 3 }, KernelText.parse("1/9 -2.5 1e-3 .5 +3").values());
	}

	@ParameterizedTest
	@CsvSource({ "'1 2; 3 x', 'Row 2, column 2: \"x\"'", "'1 2 3; 4 5', 'Row 2 has 2 numbers, but row 1 has 3'",
		"'1/0', 'not a finite number'", "'', 'empty'", "'1 2;;3 4;5 6', 'Plane 2 has 2 rows'", "'1d 2', 'column 1'",
		"'NaN', 'not a number'" })
	void errorsNameRowAndColumn(final String text, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> KernelText.parse(text)).getMessage();
		assertTrue(message.contains(expected), message);
	}

	@Test
	void whatIsWrittenIsReadBackWhateverTheLocale(@TempDir final Path folder) throws IOException {
		final Locale before = Locale.getDefault();
		try {
			for (final Locale locale : new Locale[] { Locale.GERMANY, new Locale("tr", "TR"), new Locale("ar", "EG") }) {
				Locale.setDefault(locale);
				for (final String name : KernelCatalogue.names()) {
					final Kernel kernel = KernelCatalogue.create(name.toUpperCase(Locale.ROOT), 2);
					final Path file = folder.resolve("kern \u00e4\u00f6 " + name + ".txt");
					KernelText.write(kernel, file);
					assertArrayEquals(kernel.values(), KernelSource.resolve(file.toString(), 2).values(), name);
				}
			}
		}
		finally {
			Locale.setDefault(before);
		}
		try (var files = Files.list(folder)) {
			assertEquals(KernelCatalogue.names().size(), files.count(), "temporary files must not stay");
		}
	}

	@Test
	void onlyKernelsAreReplaced(@TempDir final Path folder) throws IOException {
		final Kernel kernel = Kernel.of1D(1, 2, 3);
		for (final byte[] content : new byte[][] { "a thesis".getBytes(StandardCharsets.UTF_8), { 'I', 'I', 42, 0, -1, -2 } }) {
			final Path file = Files.write(folder.resolve("cells.tif"), content);
			assertTrue(assertThrows(IllegalArgumentException.class, () -> KernelText.write(kernel, file)).getMessage().contains(
				"is no kernel"));
			assertArrayEquals(content, Files.readAllBytes(file));
		}
		final Path file = Files.writeString(folder.resolve("k.txt"), "1 0 -1");
		KernelText.write(kernel, file);
		assertEquals(kernel, KernelText.read(file));
		assertThrows(IllegalArgumentException.class, () -> KernelText.write(kernel, folder));
	}

	@Test
	void sourcesAreNamesFilesOrText() {
		assertEquals(KernelCatalogue.create("sobel y", 2), KernelSource.resolve(" Sobel Y ", 2));
		assertEquals(Kernel.of1D(1, 0, -1), KernelSource.resolve("1 0 -1", 2));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> KernelSource.resolve("soble", 2)).getMessage().contains(
			"sobel"));
		assertThrows(IllegalArgumentException.class, () -> KernelSource.resolve("/no/such/kernel.txt", 2));
	}
}
