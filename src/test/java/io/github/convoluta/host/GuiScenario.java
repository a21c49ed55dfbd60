package io.github.convoluta.host;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.Label;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ItemEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

import javax.imageio.ImageIO;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

/**
 * What a person does with the mouse, in a real ImageJ with the plugin installed: opens each dialog from the menu, looks
 * at it, presses OK while the recorder runs, and runs the recorded line again as a macro, with and without windows. Run
 * in a process of its own; prints one line a command. The argument is the folder for screenshots.
 */
public final class GuiScenario {

	/** ImageJ's own Convolve, which takes its kernel from macros only where there is a display. */
	private static final String PARITY = """
		setBatchMode(true);
		types = newArray("8-bit", "16-bit", "32-bit");
		differences = "";
		for (i = 0; i < 3; i++) {
			open(getDirectory("imagej") + "test-images/membranes.tif");
			if (i > 0) run(types[i]);
			rename("a");
			run("Convolve n-D...", "kernel=[1 2 1; 0 0 3; -1 -2 1] border=replicate normalize=sum output=[input type]");
			rename("ours");
			selectImage("a");
			run("Convolve...", "text1=[1 2 1\\n0 0 3\\n-1 -2 1\\n] normalize");
			imageCalculator("difference create 32-bit", "a", "ours");
			getStatistics(area, mean, min, max);
			differences = differences + max + " ";
			close("*");
		}
		return differences;
		""";

	private GuiScenario() {}

	public static void main(final String... arguments) throws Exception {
		final File screenshots = new File(arguments[0]);
		screenshots.mkdirs();
		final ImageJ imageJ = new ImageJ(ImageJ.STANDALONE);
		imageJ.exitWhenQuitting(false);
		imageJ.setLocation(20, 20);
		final Robot robot = new Robot();
		int status = 0;
		for (final String[] command : new String[][] { { "Convolve n-D...", "chest.tif" }, { "Edges n-D...", "membranes.tif" },
			{ "Pool n-D...", "cells.tif" }, { "Upsample n-D...", "cells.tif" }, { "Difference Equation...", "series.tif" }, {
				"Moving Average...", "ecg.tif" }, { "Show Kernel...", "cells.tif" }, { "Example Image...", "chest.tif" } })
			try {
				System.out.println(recordAndReplay(command[0], command[1], screenshots, robot));
			}
			catch (final Exception e) {
				status = 1;
				System.out.println("FAILED " + command[0]);
				e.printStackTrace(System.out);
			}
		System.out.println(summary(screenshots, robot));
		try {
			System.out.println(mistake(screenshots, robot));
			System.out.println(train(screenshots, robot));
			System.out.println(replacing(screenshots, robot));
			System.out.println(recordAndReplay("Apply Network...", "cells.tif", screenshots, robot));
		}
		catch (final Exception e) {
			status = 1;
			System.out.println("FAILED networks");
			e.printStackTrace(System.out);
		}
		final String differences = IJ.runMacro(PARITY);
		System.out.println("parity " + differences);
		System.exit(status == 0 && "0 0 0 ".equals(differences) ? 0 : 1);
	}

	private static String recordAndReplay(final String command, final String input, final File screenshots,
		final Robot robot) throws Exception
	{
		final ImagePlus image = open(input);
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		final Thread person = new Thread(() -> pressOk(command, screenshots, robot));
		person.start();
		IJ.doCommand(command);
		person.join();
		final ImagePlus first = result(image);
		screenshot(robot, new File(screenshots, fileName(command) + "-result.png"));
		String recorded = "";
		for (int i = 0; i < 50 && recorded.isEmpty(); i++) {
			Thread.sleep(100);
			recorded = Arrays.stream(recorder.getText().split("\n")).filter(l -> l.contains(command)).findFirst().orElse("");
		}
		recorder.close();
		Recorder.record = false;
		closeAll();
		if (recorded.isEmpty()) throw new IllegalStateException("nothing was recorded: " + recorder.getText());

		open(input);
		if ("[aborted]".equals(IJ.runMacro(recorded))) throw new IllegalStateException("the replay failed: " + recorded);
		// By title: without a window manager, a late focus event may make another window the current one.
		compare(first, WindowManager.getImage(first.getTitle()), "replay of " + recorded);
		closeAll();

		open(input);
		final String title = IJ.runMacro("setBatchMode(true);\n" + recorded +
			"\nt = getTitle(); setBatchMode(\"exit and display\"); return t;");
		if (!first.getTitle().equals(title)) throw new IllegalStateException("in batch mode \"" + title +
			"\" was current, not \"" + first.getTitle() + "\"");
		compare(first, WindowManager.getImage(title), "batch run of " + recorded);
		closeAll();
		return "ok " + recorded;
	}

	/** A mistake leaves the dialog there with all that was typed; fields without a meaning are grey. */
	private static String mistake(final File screenshots, final Robot robot) throws Exception {
		final ImagePlus image = open("cells.tif");
		final Thread person = new Thread(() -> {
			try {
				final GenericDialog first = dialog("Edges n-D...", null);
				final TextField sigma = (TextField) first.getNumericFields().get(0);
				final Choice operator = (Choice) first.getChoices().get(0);
				if (sigma.isEnabled() != operator.getSelectedItem().matches("gaussian|log|canny")) throw new IllegalStateException(
					"sigma with " + operator.getSelectedItem());
				operator.select("sobel");
				first.itemStateChanged(new ItemEvent(operator, ItemEvent.ITEM_STATE_CHANGED, "sobel", ItemEvent.SELECTED));
				if (sigma.isEnabled()) throw new IllegalStateException("sigma is not grey");
				operator.select("canny");
				first.itemStateChanged(new ItemEvent(operator, ItemEvent.ITEM_STATE_CHANGED, "canny", ItemEvent.SELECTED));
				if (!sigma.isEnabled()) throw new IllegalStateException("sigma is grey");
				sigma.setText("1,5");
				ok(first);
				final GenericDialog second = dialog("Edges n-D...", first);
				screenshot(robot, new File(screenshots, "mistake.png"));
				final TextField again = (TextField) second.getNumericFields().get(0);
				if (!again.getText().equals("1,5") || !((Choice) second.getChoices().get(0)).getSelectedItem().equals("canny"))
					throw new IllegalStateException("what was typed is gone: " + again.getText());
				if (!((Label) second.getMessage()).getText().contains("sigma=1,5 is not a number")) throw new IllegalStateException(
					((Label) second.getMessage()).getText());
				again.setText("1.5");
				ok(second);
			}
			catch (final Exception e) {
				e.printStackTrace(System.out);
			}
		});
		person.start();
		IJ.doCommand("Edges n-D...");
		person.join();
		result(image);
		closeAll();
		return "ok mistake";
	}

	/** The dialog that opens next. */
	private static GenericDialog dialog(final String title, final GenericDialog before) throws InterruptedException {
		for (int i = 0; i < 200; i++) {
			Thread.sleep(100);
			for (final Window window : Window.getWindows())
				if (window instanceof final GenericDialog dialog && window.isShowing() && dialog != before && dialog.getTitle().equals(
					title)) return dialog;
		}
		throw new IllegalStateException("no dialog " + title);
	}

	private static void ok(final GenericDialog dialog) {
		final Button ok = button(dialog, "OK", new ArrayList<>());
		dialog.actionPerformed(new ActionEvent(ok, ActionEvent.ACTION_PERFORMED, ok.getLabel()));
	}

	/** The table of a network, from the dialog and from the recorded line, in a window of its own; the user's results stay. */
	private static String summary(final File screenshots, final Robot robot) throws Exception {
		final ResultsTable mine = ResultsTable.getResultsTable();
		mine.reset();
		mine.incrementCounter();
		mine.addValue("Cell", "mine");
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		final Thread person = new Thread(() -> pressOk("Network Summary...", screenshots, robot));
		person.start();
		IJ.doCommand("Network Summary...");
		person.join();
		String recorded = "";
		for (int i = 0; i < 50 && recorded.isEmpty(); i++) {
			Thread.sleep(100);
			recorded = Arrays.stream(recorder.getText().split("\n")).filter(l -> l.startsWith("run(\"Network")).findFirst()
				.orElse("");
		}
		screenshot(robot, new File(screenshots, "network-summary.png"));
		recorder.close();
		Recorder.record = false;
		final String first = table();
		WindowManager.getFrame("Network Summary").dispose();
		IJ.runMacro(recorded);
		if (first.isEmpty() || !first.equals(table())) throw new IllegalStateException("the table differs: " + recorded);
		if (mine.size() != 1 || !"mine".equals(mine.getStringValue("Cell", 0))) throw new IllegalStateException(
			"the results table was changed");
		mine.reset();
		return "ok " + recorded;
	}

	private static Path model(final File screenshots) {
		return screenshots.toPath().resolve("cells model.zip");
	}

	/** Trains from the dialog, with a label image that is open, and again from the recorded line: the same seed, the same weights. */
	private static String train(final File screenshots, final Robot robot) throws Exception {
		Files.deleteIfExists(model(screenshots));
		final ImagePlus labels = open("cells.tif");
		labels.setTitle("truth");
		labels.getProcessor().threshold(50);
		Thread.sleep(500);
		// The image that is opened last is the active one.
		final ImagePlus cells = open("cells.tif");
		Thread.sleep(500);
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		final Thread person = new Thread(() -> pressOk("Train Segmentation...", screenshots, robot));
		person.start();
		IJ.doCommand("Train Segmentation...");
		person.join();
		for (int i = 0; i < 1200 && !Files.exists(model(screenshots)); i++)
			Thread.sleep(100);
		Thread.sleep(2000);
		screenshot(robot, new File(screenshots, "train-segmentation-loss.png"));
		final String recorded = Arrays.stream(recorder.getText().split("\n")).filter(l -> l.contains("Train Segmentation")).findFirst()
			.orElseThrow();
		recorder.close();
		Recorder.record = false;
		if (Arrays.stream(WindowManager.getImageTitles()).noneMatch(t -> t.startsWith("Loss of"))) throw new IllegalStateException(
			"there is no plot of the loss");
		final byte[] first = weights(screenshots);
		Files.delete(model(screenshots));
		WindowManager.setTempCurrentImage(cells);
		IJ.runMacro(recorded);
		if (!Arrays.equals(first, weights(screenshots))) throw new IllegalStateException("the replay learnt other weights: " + recorded);
		closeAll();
		return "ok " + recorded;
	}

	/** A model that is there is not replaced before the person has said so. */
	private static String replacing(final File screenshots, final Robot robot) throws Exception {
		open("cells.tif").setTitle("truth");
		Thread.sleep(500);
		open("cells.tif");
		Thread.sleep(500);
		final byte[] before = Files.readAllBytes(model(screenshots));
		final boolean[] asked = new boolean[1];
		final Thread person = new Thread(() -> {
			pressOk("Train Segmentation...", screenshots, robot);
			try {
				final GenericDialog question = dialog("Replace the model?", null);
				screenshot(robot, new File(screenshots, "replace-model.png"));
				final Button no = button(question, "Cancel", new ArrayList<>());
				question.actionPerformed(new ActionEvent(no, ActionEvent.ACTION_PERFORMED, no.getLabel()));
				asked[0] = true;
			}
			catch (final Exception e) {
				e.printStackTrace(System.out);
			}
		});
		person.start();
		IJ.doCommand("Train Segmentation...");
		person.join();
		Thread.sleep(2000);
		if (!asked[0] || !Arrays.equals(before, Files.readAllBytes(model(screenshots))) || Files.exists(Path.of(model(screenshots) +
			".checkpoints"))) throw new IllegalStateException("a model was replaced without asking");
		closeAll();
		return "ok replacing";
	}

	private static byte[] weights(final File screenshots) throws Exception {
		try (ZipFile zip = new ZipFile(model(screenshots).toFile())) {
			return zip.getInputStream(zip.getEntry("weights.pt")).readAllBytes();
		}
	}

	/** Fills in what has no default. */
	private static void fill(final GenericDialog dialog, final File screenshots) {
		final List<?> texts = dialog.getStringFields(), numbers = dialog.getNumericFields();
		if (dialog.getTitle().startsWith("Train")) {
			final String[] values = { "truth", model(screenshots).toString(), "unet depth=2 width=4", "64", "zeromean", "cpu" };
			for (int i = 0; i < values.length; i++)
				((TextField) texts.get(i)).setText(values[i]);
			((TextField) numbers.get(0)).setText("2");
		}
		else if (dialog.getTitle().startsWith("Apply")) ((TextField) texts.get(0)).setText(model(screenshots).toString());
	}

	private static String table() {
		final ResultsTable table = ResultsTable.getResultsTable("Network Summary");
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < table.size(); i++)
			s.append(table.getRowAsString(i)).append('\n');
		return s.toString();
	}

	private static ImagePlus open(final String name) {
		final ImagePlus image = IJ.openImage(IJ.getDirectory("imagej") + "test-images/" + name);
		image.show();
		image.getWindow().setLocation(60, 170);
		return image;
	}

	private static ImagePlus result(final ImagePlus input) throws InterruptedException {
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

	private static void compare(final ImagePlus expected, final ImagePlus actual, final String what) {
		if (actual == null) throw new IllegalStateException(what + " gave no image");
		if (!Arrays.equals(expected.getDimensions(), actual.getDimensions())) throw new IllegalStateException(what +
			" gave another size");
		for (int i = 1; i <= expected.getStackSize(); i++)
			if (!Arrays.deepEquals(expected.getStack().getProcessor(i).getFloatArray(), actual.getStack().getProcessor(i)
				.getFloatArray())) throw new IllegalStateException(what + " gave other pixels");
	}

	/** The recorded result must outlive its window. */
	private static void closeAll() {
		final int[] ids = WindowManager.getIDList();
		if (ids != null) for (final int id : ids) {
			final ImagePlus image = WindowManager.getImage(id);
			image.changes = false;
			image.hide();
		}
	}

	private static void pressOk(final String command, final File screenshots, final Robot robot) {
		try {
			for (int i = 0; i < 200; i++) {
				Thread.sleep(100);
				for (final Window window : Window.getWindows())
					if (window instanceof final GenericDialog dialog && window.isShowing() && dialog.getTitle().equals(command)) {
						checkPlace(window);
						window.setLocation(420, 20);
						Thread.sleep(400);
						if (command.startsWith("Edges")) preview(dialog, screenshots, robot);
						fill(dialog, screenshots);
						final BufferedImage picture = robot.createScreenCapture(new Rectangle(window.getLocationOnScreen(), window
							.getSize()));
						ImageIO.write(picture, "png", new File(screenshots, fileName(command) + "-dialog.png"));
						final List<String> labels = new ArrayList<>();
						final Button ok = button(window, "  OK  ".strip(), labels);
						if (ok == null || !labels.contains("Help")) throw new IllegalStateException("buttons: " + labels);
						dialog.actionPerformed(new ActionEvent(ok, ActionEvent.ACTION_PERFORMED, ok.getLabel()));
						return;
					}
			}
			System.out.println("no dialog " + command);
		}
		catch (final Exception e) {
			e.printStackTrace(System.out);
		}
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

	/** Ticks the preview: the result must show on the image, which itself must stay as it is. */
	private static void preview(final GenericDialog dialog, final File screenshots, final Robot robot) throws Exception {
		final ImagePlus image = WindowManager.getCurrentImage();
		final Object before = image.getProcessor().getPixelsCopy();
		final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
		box.setState(true);
		dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.SELECTED));
		for (int i = 0; i < 50 && image.getOverlay() == null; i++)
			Thread.sleep(100);
		Thread.sleep(300);
		screenshot(robot, new File(screenshots, "preview.png"));
		if (image.getOverlay() == null) throw new IllegalStateException("no preview appeared");
		box.setState(false);
		dialog.itemStateChanged(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, box, ItemEvent.DESELECTED));
		if (image.getOverlay() != null) throw new IllegalStateException("the preview stayed");
		if (!Arrays.equals((byte[]) before, (byte[]) image.getProcessor().getPixels())) throw new IllegalStateException(
			"the preview changed the image");
		System.out.println("ok preview");
	}

	private static Button button(final Container container, final String label, final List<String> labels) {
		Button found = null;
		for (final Component c : container.getComponents()) {
			if (c instanceof final Button b) {
				labels.add(b.getLabel().strip());
				if (b.getLabel().strip().equals(label)) found = b;
			}
			else if (c instanceof final Container inner) {
				final Button b = button(inner, label, labels);
				if (b != null) found = b;
			}
		}
		return found;
	}

	private static void screenshot(final Robot robot, final File file) throws Exception {
		ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, 1000, 560)), "png", file);
	}

	private static String fileName(final String command) {
		return command.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
	}
}
