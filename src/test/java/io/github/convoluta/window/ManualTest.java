package io.github.convoluta.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import io.github.convoluta.command.FoundCommands;
import org.junit.jupiter.api.Test;

/** What Help shows is all there. */
class ManualTest {

	private static Manual.Page of(final String markdown) {
		return Manual.page("a.md", null, markdown);
	}

	@Test
	void everyCommandHasASection() {
		final List<String> headings = Manual.page("README.md").sections().stream().map(Manual.Section::text).toList();
		for (final String command : FoundCommands.labels(getClass().getClassLoader()))
			assertTrue(headings.contains(command), command);
	}

	@Test
	void everyPictureIsInTheJar() throws IOException {
		for (final String name : Manual.PAGES) {
			final Manual.Page page = Manual.page(name);
			final Matcher pictures = Pattern.compile("<img src=\"([^\"]+)\"").matcher(page.html());
			while (pictures.find())
				try (InputStream in = new URL(page.base(), pictures.group(1)).openStream()) {
					assertNotNull(ImageIO.read(in), pictures.group(1));
				}
		}
	}

	@Test
	void everyLinkLeadsSomewhere() throws IOException {
		for (final String name : Manual.PAGES) {
			final Manual.Page page = Manual.page(name);
			final Matcher links = Pattern.compile("href=\"([^\"]+)\"").matcher(page.html());
			while (links.find()) {
				final String link = links.group(1);
				if (link.startsWith("http")) continue;
				if (link.startsWith("#")) assertTrue(page.html().contains("<a name=\"" + link.substring(1) + "\">"), link);
				else try (InputStream in = new URL(page.base(), link).openStream()) {
					assertTrue(in.read() >= 0, link);
				}
			}
		}
	}

	@Test
	void headingsAreFoundByTheirLinks() {
		final Manual.Page page = of("# One\n\n## Pool n-D...\n\n### `axes`, and *more*\n");
		assertEquals(List.of(new Manual.Section(1, "One", "one"), new Manual.Section(2, "Pool n-D...", "pool-n-d"),
			new Manual.Section(3, "axes, and more", "axes-and-more")), page.sections());
		assertTrue(page.html().contains("<h2><a name=\"pool-n-d\">Pool n-D...</a></h2>"), page.html());
	}

	@Test
	void tablesHaveLinesAndTextIsEscaped() {
		final String html = of("| a | b |\n|---|---|\n| 1 < 2 | `x` |\n").html();
		assertTrue(html.matches("(?s).*<table [^>]*border=\"1\".*"), html);
		assertTrue(html.contains("1 &lt; 2") && html.contains("<code>x</code>"), html);
	}

	@Test
	void linksToWhatIsNotInTheJarAreText() {
		final String html = of("[a](BENCHMARKS.md) [b](https://fiji.sc) [c](README.md)").html();
		assertFalse(html.contains("BENCHMARKS.md"), html);
		assertTrue(html.contains("<a href=\"https://fiji.sc\">b</a>") && html.contains("<a href=\"README.md\">c</a>"), html);
	}

	@Test
	void unknownPagesAreRefused() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Manual.page("nothing.md")).getMessage().contains(
			"README.md"));
	}

	/** The reference stands where it is, whatever the page before has. */
	@Test
	void pagesKnowWhereTheirPicturesAre() throws IOException {
		final URL picture = new URL(Manual.page("README.md").base(), "doc/edges.png");
		try (InputStream in = picture.openStream()) {
			assertTrue(ImageIO.read(in).getWidth() > 100);
		}
	}
}
