package io.github.convoluta.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

	@ParameterizedTest
	@CsvSource({ "0, 0 MB", "1, 1 MB", "1499999, 1 MB", "1500000, 2 MB", "123456789, 123 MB", "999499999, 999 MB",
		"999500000, 1.00 GB", "1e9, 1.00 GB", "3456789012, 3.46 GB", "1.5e12, 1500.00 GB" })
	void megabytesBelowAGigabyte(final double bytes, final String text) {
		assertEquals(text, new ByteSize(bytes).toString());
	}

	/** Whatever the amount: as many digits as are needed, and never nothing for something. */
	@Test
	void whatIsToldIsWithinHalfOfTheLastDigit() {
		for (double bytes = 1e6; bytes < 1e13; bytes *= 1.013) {
			final String[] parts = new ByteSize(bytes).toString().split(" ");
			final double unit = parts[1].equals("GB") ? 1e9 : 1e6, told = unit * Double.parseDouble(parts[0]);
			assertTrue(told > 0 && Math.abs(told - bytes) <= Math.max(0.5e6, unit == 1e9 ? 0.5001e7 : 0), bytes + ": " + told);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "de", "tr", "ar-EG-u-nu-arab" })
	void everyLanguageHasADecimalPoint(final String tag) {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag(tag));
			assertEquals("2.50 GB", new ByteSize(2.5e9).toString());
			assertEquals("250 MB", new ByteSize(2.5e8).toString());
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, Double.NaN, Double.NEGATIVE_INFINITY })
	void noMemoryIsLessThanNothing(final double bytes) {
		assertThrows(IllegalArgumentException.class, () -> new ByteSize(bytes));
	}
}
