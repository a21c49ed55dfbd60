package io.github.convoluta.window;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Desktop;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JComponent;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.SwingUtilities;
import javax.swing.event.HyperlinkEvent;
import javax.swing.text.BadLocationException;
import javax.swing.text.Document;
import javax.swing.text.html.HTMLDocument;
import javax.swing.text.html.HTMLEditorKit;

/**
 * The documentation, with its contents at the left and a field that finds words. It can be read while a dialog is open. For
 * the event thread only.
 */
public final class ManualWindow extends JFrame {

	private static final long serialVersionUID = 1;
	private static final String[] STYLES = { "body { font-family: sans-serif; font-size: 13pt; margin: 8px 16px }",
		"h1, h2 { color: #1f4e79 }", "h3 { color: #1f4e79; margin-top: 18px }",
		"pre { background-color: #f0f0f0; padding: 6px }", "code, pre { font-family: monospaced; font-size: 12pt }",
		"td, th { text-align: left; vertical-align: top }" };

	/** A line of the contents. */
	private record Entry(Manual.Page page, Manual.Section section) {}

	private final List<Manual.Page> pages = Manual.PAGES.stream().map(Manual::page).toList();
	private final JEditorPane text = new JEditorPane();
	private final JTextField word = new JTextField();
	private final JLabel status = new JLabel(" ");
	private final JList<Entry> contents;
	private Manual.Page shown;

	private ManualWindow() {
		super("Convoluta Help");
		setName("Convoluta Help");
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		setModalExclusionType(Dialog.ModalExclusionType.APPLICATION_EXCLUDE);
		contents = new JList<>(pages.stream().flatMap(page -> page.sections().stream().map(s -> new Entry(page, s))).toArray(
			Entry[]::new));
		contents.setName("contents");
		contents.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
		contents.setCellRenderer(new EntryRenderer());
		contents.addListSelectionListener(event -> {
			final Entry entry = contents.getSelectedValue();
			if (entry != null && !event.getValueIsAdjusting()) open(entry.page(), entry.section().anchor());
		});
		text.setName("text");
		text.setEditable(false);
		text.setEditorKit(styled());
		text.addHyperlinkListener(event -> {
			if (event.getEventType() == HyperlinkEvent.EventType.ACTIVATED) follow(event.getDescription());
		});
		word.setName("find");
		word.setToolTipText("finds words; Enter goes on to the next place");
		word.addActionListener(event -> find());
		final JPanel finding = new JPanel(new BorderLayout(6, 0));
		finding.setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
		finding.add(new JLabel("Find"), BorderLayout.WEST);
		finding.add(word);
		final JPanel left = new JPanel(new BorderLayout());
		left.add(finding, BorderLayout.NORTH);
		left.add(new JScrollPane(contents));
		left.setMinimumSize(new Dimension(120, 100));
		final JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, left, new JScrollPane(text));
		split.setDividerLocation(270);
		add(split);
		status.setBorder(BorderFactory.createEmptyBorder(2, 6, 2, 6));
		add(status, BorderLayout.SOUTH);
		getRootPane().registerKeyboardAction(event -> dispose(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
		final Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
		setSize(Math.min(1000, screen.width), Math.min(760, screen.height));
		setLocation(screen.x + screen.width - getWidth(), screen.y + (screen.height - getHeight()) / 2);
		open(pages.get(0), null);
	}

	/**
	 * Shows the documentation. May be called by any thread.
	 *
	 * @param heading where to begin, such as a command's label; null for the beginning
	 */
	public static void show(final String heading) {
		SwingUtilities.invokeLater(() -> {
			final ManualWindow window = Stream.of(Window.getWindows()).filter(ManualWindow.class::isInstance).filter(
				Component::isShowing).map(ManualWindow.class::cast).findFirst().orElseGet(ManualWindow::new);
			window.goTo(heading);
			window.setVisible(true);
			window.setExtendedState(window.getExtendedState() & ~Frame.ICONIFIED);
			window.toFront();
		});
	}

	private static HTMLEditorKit styled() {
		final HTMLEditorKit kit = new HTMLEditorKit();
		// The kit's own sheet is shared by all windows of this Java.
		final var sheet = new javax.swing.text.html.StyleSheet();
		sheet.addStyleSheet(kit.getStyleSheet());
		for (final String rule : STYLES)
			sheet.addRule(rule);
		return new HTMLEditorKit() {

			private static final long serialVersionUID = 1;

			@Override
			public javax.swing.text.html.StyleSheet getStyleSheet() {
				return sheet;
			}
		};
	}

	private void goTo(final String heading) {
		for (int i = 0; heading != null && i < contents.getModel().getSize(); i++)
			if (contents.getModel().getElementAt(i).section().text().equals(heading)) {
				contents.setSelectedIndex(i);
				contents.ensureIndexIsVisible(i);
				return;
			}
	}

	private void open(final Manual.Page page, final String anchor) {
		if (page != shown) {
			final HTMLDocument document = (HTMLDocument) text.getEditorKit().createDefaultDocument();
			document.setBase(page.base());
			text.setDocument(document);
			text.setText(page.html());
			text.setCaretPosition(0);
			shown = page;
		}
		status.setText(" ");
		// Swing lays the page out, with its pictures, before it can scroll there.
		if (anchor != null) SwingUtilities.invokeLater(() -> text.scrollToReference(anchor));
	}

	private void follow(final String link) {
		try {
			if (link.startsWith("#")) open(shown, link.substring(1));
			else if (link.startsWith("http")) browse(link);
			else {
				final URL target = new URL(shown.base(), link);
				for (final Manual.Page page : pages)
					if (page.base().sameFile(target)) open(page, target.getRef());
			}
		}
		catch (final MalformedURLException e) {
			status.setText(link);
		}
	}

	private void browse(final String link) {
		status.setText(link);
		try {
			if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) Desktop.getDesktop()
				.browse(new URI(link));
		}
		catch (final IOException | URISyntaxException e) {
			status.setText(link + " could not be opened: " + e.getMessage());
		}
	}

	/** Selects the next place of the word, on this page or one of those after it. */
	private void find() {
		final String wanted = word.getText().strip().toLowerCase(Locale.ROOT);
		if (wanted.isEmpty()) return;
		final int first = pages.indexOf(shown);
		final List<Manual.Page> order = new ArrayList<>(pages.subList(first, pages.size()));
		order.addAll(pages.subList(0, first + 1));
		int from = text.getSelectionEnd();
		for (final Manual.Page page : order) {
			open(page, null);
			final int found = content().indexOf(wanted, from);
			if (found >= 0) {
				text.select(found, found + wanted.length());
				text.getCaret().setSelectionVisible(true);
				return;
			}
			from = 0;
		}
		status.setText("\"" + word.getText() + "\" was not found.");
	}

	private String content() {
		final Document document = text.getDocument();
		try {
			return document.getText(0, document.getLength()).toLowerCase(Locale.ROOT);
		}
		catch (final BadLocationException e) {
			throw new IllegalStateException(e);
		}
	}

	private static final class EntryRenderer extends DefaultListCellRenderer {

		private static final long serialVersionUID = 1;

		@Override
		public Component getListCellRendererComponent(final JList<?> list, final Object value, final int index,
			final boolean isSelected, final boolean hasFocus)
		{
			final Manual.Section section = ((Entry) value).section();
			super.getListCellRendererComponent(list, section.text(), index, isSelected, hasFocus);
			setBorder(BorderFactory.createEmptyBorder(section.level() == 1 ? 6 : 1, 6 + 14 * (section.level() - 1), 1, 6));
			return this;
		}
	}
}
