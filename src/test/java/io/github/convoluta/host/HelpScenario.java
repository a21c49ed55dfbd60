package io.github.convoluta.host;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;

import javax.swing.JList;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.plugin.frame.Recorder;

/** The documentation, from the menu and from a dialog. */
final class HelpScenario {

	private final Desk desk;

	HelpScenario(final Desk desk) {
		this.desk = desk;
	}

	/** From the menu; a word is found, and the window closed. */
	String menu() throws Exception {
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		IJ.doCommand("Help");
		final String recorded = Desk.line(recorder, "Help");
		recorder.close();
		Recorder.record = false;
		final Frame window = window();
		final JTextComponent text = (JTextComponent) part(window, "text");
		SwingUtilities.invokeAndWait(() -> {
			final JTextField word = (JTextField) part(window, "find");
			word.setText("zeromean");
			word.postActionEvent();
		});
		if (!"zeromean".equalsIgnoreCase(text.getSelectedText())) throw new IllegalStateException("found " + text
			.getSelectedText());
		SwingUtilities.invokeAndWait(window::dispose);
		return "ok " + recorded;
	}

	/** From a dialog: where the documentation speaks of its command, readable while the dialog is open. */
	String dialog() throws Exception {
		final String command = "Pool n-D...";
		desk.open("cells.tif");
		desk.choose(command, dialog -> {
			Desk.press(dialog, "Help");
			final Frame window = window();
			Thread.sleep(500);
			window.setLocation(0, 0);
			Thread.sleep(500);
			desk.screenshot("help");
			final Object selected = ((JList<?>) part(window, "contents")).getSelectedValue();
			final int top = ((JTextComponent) part(window, "text")).getVisibleRect().y;
			SwingUtilities.invokeAndWait(window::dispose);
			Desk.press(dialog, "Cancel");
			if (!String.valueOf(selected).contains(command) || top == 0) throw new IllegalStateException("Help shows " + selected);
		});
		Desk.closeAll();
		return "ok help";
	}

	private static Frame window() throws InterruptedException {
		for (int i = 0; i < 100; i++) {
			for (final Frame frame : Frame.getFrames())
				if (frame.isShowing() && frame.getTitle().equals("Convoluta Help")) return frame;
			Thread.sleep(100);
		}
		throw new IllegalStateException("no Help");
	}

	private static Component part(final Container container, final String name) {
		for (final Component c : container.getComponents()) {
			if (name.equals(c.getName())) return c;
			final Component inner = c instanceof final Container inside ? part(inside, name) : null;
			if (inner != null) return inner;
		}
		return null;
	}
}
