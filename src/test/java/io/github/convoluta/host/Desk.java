package io.github.convoluta.host;

import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextComponent;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.imageio.ImageIO;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

/** What a person does with ImageJ's windows: opens images, fills dialogs, looks, and records. */
final class Desk {

	/** What is done while a dialog is open. */
	interface Use {

		void of(GenericDialog dialog) throws Exception;
	}

	private final File screenshots;
	private final Robot robot;

	Desk(final File screenshots, final Robot robot) {
		this.screenshots = screenshots;
		this.robot = robot;
	}

	/** Where scenarios may write. */
	File folder() {
		return screenshots;
	}

	ImagePlus open(final String name) throws InterruptedException {
		final ImagePlus image = IJ.openImage(IJ.getDirectory("imagej") + "test-images/" + name);
		image.show();
		image.getWindow().setLocation(60, 170);
		// The image that is opened last is the active one, once its window has the focus.
		Thread.sleep(500);
		return image;
	}

	/** Chooses a command from the menu and uses its dialog meanwhile. */
	void choose(final String command, final Use person) throws Exception {
		final List<Exception> failures = new ArrayList<>();
		final Thread thread = new Thread(() -> {
			try {
				person.of(dialog(command, null));
			}
			catch (final Exception e) {
				failures.add(e);
			}
		});
		thread.start();
		IJ.doCommand(command);
		thread.join();
		if (!failures.isEmpty()) throw failures.get(0);
	}

	/** What was recorded meanwhile for the command. */
	String recorded(final String command, final Use person) throws Exception {
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		try {
			choose(command, person);
			return line(recorder, command);
		}
		finally {
			recorder.close();
			Recorder.record = false;
		}
	}

	/** The line that stands, or soon will, in the recorder. */
	static String line(final Recorder recorder, final String command) throws InterruptedException {
		for (int i = 0; i < 1200; i++) {
			final String found = Arrays.stream(recorder.getText().split("\n")).filter(l -> l.contains("run(\"" + command))
				.findFirst().orElse("");
			if (!found.isEmpty()) return found;
			Thread.sleep(100);
		}
		throw new IllegalStateException("nothing was recorded: " + recorder.getText());
	}

	/** Looks at a dialog, fills it in and presses OK; {@code values} by the labels of fields, where there are such. */
	void fillAndPressOk(final GenericDialog dialog, final Map<String, String> values) throws Exception {
		checkPlace(dialog);
		dialog.setLocation(420, 20);
		Thread.sleep(400);
		fill(dialog, values);
		Thread.sleep(200);
		ImageIO.write(robot.createScreenCapture(new Rectangle(dialog.getLocationOnScreen(), dialog.getSize())), "png", new File(
			screenshots, fileName(dialog.getTitle()) + "-dialog.png"));
		if (button(dialog, "Help") == null) throw new IllegalStateException("no Help in " + dialog.getTitle());
		press(dialog, "OK");
	}

	private static void fill(final Container container, final Map<String, String> values) {
		String label = "";
		for (final Component c : container.getComponents()) {
			if (c instanceof final Label l) label = l.getText().strip();
			else if (values.containsKey(label)) {
				final TextComponent field = text(c);
				if (field != null) field.setText(values.get(label));
			}
			if (!(c instanceof Label)) label = "";
		}
	}

	private static TextComponent text(final Component component) {
		if (component instanceof final TextComponent text) return text;
		if (component instanceof final Container container) for (final Component inner : container.getComponents())
			if (inner instanceof final TextComponent text) return text;
		return null;
	}

	/** The dialog that opens next. */
	static GenericDialog dialog(final String title, final GenericDialog before) throws InterruptedException {
		for (int i = 0; i < 200; i++) {
			Thread.sleep(100);
			for (final Window window : Window.getWindows())
				if (window instanceof final GenericDialog dialog && window.isShowing() && dialog != before && dialog.getTitle()
					.equals(title)) return dialog;
		}
		throw new IllegalStateException("no dialog " + title);
	}

	static void press(final GenericDialog dialog, final String label) {
		final Button button = button(dialog, label);
		if (button == null) throw new IllegalStateException("no button " + label + " in " + dialog.getTitle());
		dialog.actionPerformed(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel()));
	}

	private static Button button(final Container container, final String label) {
		for (final Component c : container.getComponents()) {
			if (c instanceof final Button b && b.getLabel().strip().equals(label)) return b;
			final Button inner = c instanceof final Container inside ? button(inside, label) : null;
			if (inner != null) return inner;
		}
		return null;
	}

	/** The dialog leaves the image free, once the display has put it where it was told to. */
	private static void checkPlace(final Window dialog) throws InterruptedException {
		final ImagePlus image = WindowManager.getCurrentImage();
		if (image == null) return;
		for (int i = 0; i < 50 && dialog.getBounds().intersects(image.getWindow().getBounds()); i++)
			Thread.sleep(100);
		if (dialog.getBounds().intersects(image.getWindow().getBounds())) throw new IllegalStateException("the dialog at " +
			dialog.getBounds() + " covers the image at " + image.getWindow().getBounds());
	}

	/** The image that a command has shown. */
	static ImagePlus result(final ImagePlus input) throws InterruptedException {
		for (int i = 0; i < 100; i++) {
			final ImagePlus current = WindowManager.getCurrentImage();
			if (current != null && current != input) {
				current.getWindow().setLocation(420, 170);
				Thread.sleep(300);
				return current;
			}
			Thread.sleep(50);
		}
		throw new IllegalStateException("no result appeared");
	}

	/** Images that were recorded must outlive their windows. */
	static void closeAll() {
		final int[] ids = WindowManager.getIDList();
		if (ids != null) for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			image.changes = false;
			image.hide();
		}
	}

	void screenshot(final String name) throws Exception {
		ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, 1000, 560)), "png", new File(screenshots, name + ".png"));
	}

	static String fileName(final String command) {
		return command.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
	}
}
