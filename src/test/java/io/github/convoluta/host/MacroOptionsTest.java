package io.github.convoluta.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;

import io.github.convoluta.command.ConvolveCommand;
import io.github.convoluta.command.MovingAverageCommand;
import io.github.convoluta.command.PoolCommand;
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
		final MacroOptions o = parse(ConvolveCommand.class,
			"kernel=[1 0 -1; 1 0 -1] axes=XYZ divisor=2.5 output=[input type] ");
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
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(MovingAverageCommand.class, "length=0"))
			.getMessage().contains("length=0 is out of range; allowed is 1 to 4001"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> parse(MovingAverageCommand.class, "length=2.5"))
			.getMessage().contains("not a whole number"));
	}

	@Test
	void helpIsNotAKey() {
		assertTrue(parse(PoolCommand.class, "help").wantsHelp());
		assertEquals(List.of("window"), List.copyOf(parse(PoolCommand.class, "window=2 preview=false").values().keySet()));
	}
}
