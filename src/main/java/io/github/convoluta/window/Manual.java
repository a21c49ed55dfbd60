package io.github.convoluta.window;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The documentation that is in the plugin's jar: the README and the tutorials with their pictures, as HTML for Swing. May be
 * used by any thread.
 */
public final class Manual {

	/** Where the pages are in the jar. */
	private static final String FOLDER = "/manual/";
	/** The pages, whose names are those of the sources. */
	public static final List<String> PAGES = List.of("README.md");

	private Manual() {}

	/**
	 * A heading of a page.
	 *
	 * @param level 1 for the page's title, more for parts of parts
	 * @param text as read
	 * @param anchor what links to it say after {@code #}
	 */
	public record Section(int level, String text, String anchor) {}

	/**
	 * A page.
	 *
	 * @param name one of {@link #PAGES}
	 * @param base what links and pictures are relative to
	 * @param html its text
	 * @param sections its headings in their order
	 */
	public record Page(String name, URL base, String html, List<Section> sections) {}

	/**
	 * Reads a page.
	 *
	 * @param name one of {@link #PAGES}
	 * @throws IllegalArgumentException if there is no such page
	 */
	public static Page page(final String name) {
		final URL base = Manual.class.getResource(FOLDER + name);
		if (base == null) throw new IllegalArgumentException("The documentation has no page " + name + "; there are " + String
			.join(", ", PAGES) + ".");
		try (InputStream in = base.openStream()) {
			return page(name, base, new String(in.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The documentation's page " + name + " could not be read: " + e.getMessage(), e);
		}
	}

	/** A page from its Markdown. */
	static Page page(final String name, final URL base, final String markdown) {
		final List<TablesExtension> extensions = List.of((TablesExtension) TablesExtension.create());
		final Node document = Parser.builder().extensions(extensions).build().parse(markdown);
		final List<Section> sections = new ArrayList<>();
		document.accept(new AbstractVisitor() {

			@Override
			public void visit(final Heading heading) {
				final String text = text(heading);
				sections.add(new Section(heading.getLevel(), text, anchor(text)));
			}
		});
		final String html = HtmlRenderer.builder().extensions(extensions).nodeRendererFactory(Headings::new)
			.attributeProviderFactory(context -> Manual::attributes).build().render(document);
		return new Page(name, base, "<html><body>" + html + "</body></html>", List.copyOf(sections));
	}

	/** Swing draws no lines around cells by style sheets, and follows links to what is not in the jar into nothing. */
	private static void attributes(final Node node, final String tag, final Map<String, String> attributes) {
		if (node instanceof TableBlock && tag.equals("table")) attributes.putAll(Map.of("border", "1", "cellspacing", "0",
			"cellpadding", "4"));
		if (node instanceof final Link link && !leads(link.getDestination())) attributes.remove("href");
	}

	private static boolean leads(final String link) {
		if (link.startsWith("#") || link.startsWith("https:") || link.startsWith("http:")) return true;
		final String file = link.replaceFirst("#.*", "");
		return PAGES.stream().anyMatch(page -> page.equals(file) || page.endsWith("/" + file) || file.equals("../" + page));
	}

	/** What links to a heading say: its letters and digits in lower case, with hyphens for blanks. */
	static String anchor(final String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	private static String text(final Node node) {
		final StringBuilder s = new StringBuilder();
		node.accept(new AbstractVisitor() {

			@Override
			public void visit(final Text text) {
				s.append(text.getLiteral());
			}

			@Override
			public void visit(final Code code) {
				s.append(code.getLiteral());
			}
		});
		return s.toString();
	}

	/** Headings with the names that Swing finds. */
	private record Headings(HtmlNodeRendererContext context) implements NodeRenderer {

		@Override
		public Set<Class<? extends Node>> getNodeTypes() {
			return Set.of(Heading.class);
		}

		@Override
		public void render(final Node node) {
			final String tag = "h" + ((Heading) node).getLevel();
			context.getWriter().line();
			context.getWriter().tag(tag);
			context.getWriter().tag("a", Map.of("name", anchor(text(node))));
			for (Node child = node.getFirstChild(); child != null; child = child.getNext())
				context.render(child);
			context.getWriter().tag("/a");
			context.getWriter().tag("/" + tag);
			context.getWriter().line();
		}
	}
}
