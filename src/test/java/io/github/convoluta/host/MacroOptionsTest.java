package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import io.github.convoluta.command.ConvolveCommand;
import io.github.convoluta.command.MovingAverageCommand;
import io.github.convoluta.command.PoolCommand;
import io.github.convoluta.command.RecordedLine;
import io.github.convoluta.command.TrainSegmentationCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.plugin.Plugin;

class MacroOptionsTest {

	private static MacroOptions parse(final Class<? extends Command> command, final String options) {
		return MacroOptions.parse(options, new CommandInfo(command, command.getAnnotation(Plugin.class)));
	}

	@Test
	void valuesWithSpacesStandInBrackets() {
		final MacroOptions o = parse(ConvolveCommand.class, "kernel=[1 0 -1; 1 0 -1] axes=XYZ divisor=2.5 output=[input type] ");
		assertEquals("1 0 -1; 1 0 -1", o.values().get("kernel"));
		assertEquals("XYZ", o.values().get("axes"));
		assertEquals(2.5, o.values().get("divisor"));
		assertEquals("input type", o.values().get("output"));
		assertEquals(4, o.values().size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "partial", "partial=true", "partial=1", "partial=yes", "partial=TRUE", "window=3 partial axes=X",
		"Partial" })
	void flagsMeanTrue(final String options) {
		assertEquals(true, parse(PoolCommand.class, options).values().get("partial"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "partial=false", "partial=0", "partial=no" })
	void andCanBeFalse(final String options) {
		assertEquals(false, parse(PoolCommand.class, options).values().get("partial"));
	}

	@Test
	void choicesMatchInWhateverCaseAndLocale() {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(new Locale("tr", "TR"));
			assertEquals("periodic", parse(ConvolveCommand.class, "BORDER=PERIODIC DIVISOR=0.5").values().get("border"));
			Locale.setDefault(Locale.GERMANY);
			assertEquals(0.5, parse(ConvolveCommand.class, "divisor=0.5").values().get("divisor"));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@CsvSource({ "kernl=3, 'no key \"kernl\"'", "axes=XZ, 'axes=XZ is not known; allowed are X, XY, XYZ, XYT'",
		"divisor=abc, 'divisor=abc is not a number'", "'kernel=1 2', 'no key \"2\"'", "divisor=NaN, 'not a finite number'",
		"'kernel=[1 2', 'opening bracket'" })
	void wrongOptionsAreNamedWithWhatIsAllowed(final String options, final String expected) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(ConvolveCommand.class, options))
			.getMessage();
		assertTrue(message.contains(expected), message);
	}

	@Test
	void rangesAndWholeNumbersAreChecked() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(MovingAverageCommand.class, "length=0")).getMessage()
			.contains("length=0 is out of range; allowed is 1 to 4001"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(MovingAverageCommand.class, "length=2.5"))
			.getMessage().contains("not a whole number"));
	}

	@Test
	void helpIsNotAKey() {
		assertTrue(parse(PoolCommand.class, "help").wantsHelp());
		assertEquals(List.of("window"), List.copyOf(parse(PoolCommand.class, "window=2 preview=false").values().keySet()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "divisor=2 divisor=2", "divisor=2 DIVISOR=3", "kernel=[1 1] axes=X kernel=[1 2]" })
	void aKeyIsGivenOnce(final String options) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(ConvolveCommand.class, options))
			.getMessage();
		assertTrue(message.contains("is given twice"), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "5d", "5f", "0x1p1", "1_000", "0x10", "1,5", "", "1e", ".", "--1", "5 d" })
	void whatOnlyJavaTakesForANumberIsNone(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(ConvolveCommand.class, "divisor=[" +
			text + "]")).getMessage();
		assertEquals("divisor=" + text + " is not a number.", message);
	}

	@ParameterizedTest
	@CsvSource({ "1.5, 1.5", "-.5, -0.5", "+2., 2", "1e-3, 0.001", "1E+2, 100" })
	void theseAreNumbers(final String text, final double expected) {
		assertEquals(expected, parse(ConvolveCommand.class, "divisor=" + text).values().get("divisor"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e10", "2147483648", "-3000000000" })
	void wholeNumbersBeyondTheirRangeAreRefusedWithIt(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(TrainSegmentationCommand.class, "seed=" +
			text)).getMessage();
		assertEquals("seed=" + text + " is out of range; allowed is -2147483648 to 2147483647.", message);
		assertEquals(Integer.MAX_VALUE, parse(TrainSegmentationCommand.class, "seed=2147483647").values().get("seed"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "C:/a]b.zip", "C:/a b]c.zip", "C:/[1] old/m.zip", "/data [2]/m.zip", "/a] b/m.zip", "[x]/m.zip",
		"[x] y/m.zip", "C:\\new\\tables\\m.zip", "C:\\my models\\m.zip", "a = b.zip", "/x]]", "[[a", "" })
	void everyPathComesBackAsItWasWritten(final String path) {
		final String value = quoted(path);
		for (final String other : new String[] { "epochs=3", "resume", "patch=[32 32]" }) {
			final Map<String, Object> values = parse(TrainSegmentationCommand.class, "labels=t model=" + value + " " + other + " ")
				.values();
			assertEquals(path, values.get("model"));
			assertEquals(3, values.size(), values.toString());
		}
	}

	/** As the recorder and people write it. */
	private static String quoted(final String value) {
		final String recorded = RecordedLine.escaped(value).replace("\\\\", "\\");
		return recorded.isEmpty() || recorded.indexOf(' ') >= 0 ? "[" + recorded + "]" : recorded;
	}

	@Test
	void aMisspeltKeyAfterBracketsIsFoundNotSwallowed() {
		final String message = assertThrows(IllegalArgumentException.class, () -> parse(ConvolveCommand.class,
			"kernel=[1 2] strde=2 output=[input type]")).getMessage();
		assertTrue(message.contains("no key \"strde\""), message);
	}

	@Test
	void theKeyOfTheImageMeansAnOpenImage() {
		final ImagePlus image = new ImagePlus("some cells", new ByteProcessor(3, 3));
		WindowManager.setTempCurrentImage(image);
		try {
			assertSame(image, parse(PoolCommand.class, "image=[some cells] window=2").values().get("image"));
			assertSame(image, parse(PoolCommand.class, "image=" + image.getID()).values().get("image"));
			assertFalse(parse(PoolCommand.class, "window=2").values().containsKey("image"));
			final String message = assertThrows(IllegalArgumentException.class, () -> parse(PoolCommand.class, "image=[no such]"))
				.getMessage();
			assertTrue(message.startsWith("image=[no such] is neither the title nor the ID of an open image"), message);
		}
		finally {
			WindowManager.setTempCurrentImage(null);
		}
	}
}
