package io.github.convoluta.host;

import java.util.Arrays;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/** The line that a dialog records gives the same image again, with windows and in batch mode. */
final class ReplayScenario {

	private final Desk desk;

	ReplayScenario(final Desk desk) {
		this.desk = desk;
	}

	/**
	 * @param input an example image
	 * @param values what is entered, by the labels of fields
	 */
	String run(final String command, final String input, final Map<String, String> values) throws Exception {
		final ImagePlus image = desk.open(input);
		final String recorded = desk.recorded(command, dialog -> desk.fillAndPressOk(dialog, values));
		final ImagePlus first = Desk.result(image);
		desk.screenshot(Desk.fileName(command) + "-result");
		Desk.closeAll();

		desk.open(input);
		if ("[aborted]".equals(IJ.runMacro(recorded))) throw new IllegalStateException("the replay failed: " + recorded);
		// By title: without a window manager, a late focus event may make another window the current one.
		compare(first, WindowManager.getImage(first.getTitle()), "replay of " + recorded);
		Desk.closeAll();

		desk.open(input);
		final String title = IJ.runMacro("setBatchMode(true);\n" + recorded +
			"\nt = getTitle(); setBatchMode(\"exit and display\"); return t;");
		if (!first.getTitle().equals(title)) throw new IllegalStateException("in batch mode \"" + title +
			"\" was current, not \"" + first.getTitle() + "\"");
		compare(first, WindowManager.getImage(title), "batch run of " + recorded);
		Desk.closeAll();
		return "ok " + recorded;
	}

	private static void compare(final ImagePlus expected, final ImagePlus actual, final String what) {
		if (actual == null) throw new IllegalStateException(what + " gave no image");
		if (!Arrays.equals(expected.getDimensions(), actual.getDimensions())) throw new IllegalStateException(what +
			" gave another size");
		for (int i = 1; i <= expected.getStackSize(); i++)
			if (!Arrays.deepEquals(expected.getStack().getProcessor(i).getFloatArray(), actual.getStack().getProcessor(i)
				.getFloatArray())) throw new IllegalStateException(what + " gave other pixels");
	}
}
