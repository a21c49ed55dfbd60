package io.github.convoluta.host;

import java.awt.Robot;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import ij.IJ;
import ij.ImageJ;
import io.github.convoluta.command.FoundCommands;

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

	/** Images that show what a filter is for; the others get cells. */
	private static final Map<String, String> IMAGES = Map.of("Convolve n-D...", "chest.tif", "Edges n-D...", "membranes.tif",
		"Difference Equation...", "series.tif", "Moving Average...", "ecg.tif", "Example Image...", "chest.tif");

	private final Desk desk;
	private final TrainingScenario segmentation, others;
	private boolean failed;

	private GuiScenario(final Desk desk) {
		this.desk = desk;
		segmentation = new TrainingScenario(desk, "cells model.zip");
		others = new TrainingScenario(desk, "other model.zip");
	}

	public static void main(final String... arguments) throws Exception {
		final File screenshots = new File(arguments[0]);
		screenshots.mkdirs();
		final ImageJ imageJ = new ImageJ(ImageJ.STANDALONE);
		imageJ.exitWhenQuitting(false);
		imageJ.setLocation(20, 20);
		System.exit(new GuiScenario(new Desk(screenshots, new Robot())).isDone() ? 0 : 1);
	}

	private boolean isDone() {
		final EdgesScenario edges = new EdgesScenario(desk);
		final List<Callable<String>> scenarios = new ArrayList<>();
		for (final String command : FoundCommands.labels(IJ.getClassLoader()))
			scenarios.add(() -> command(command));
		scenarios.add(new HelpScenario(desk)::dialog);
		scenarios.add(edges::preview);
		scenarios.add(edges::mistake);
		scenarios.add(segmentation::replacing);
		scenarios.forEach(this::report);
		final String differences = IJ.runMacro(PARITY);
		System.out.println("parity " + differences);
		return !failed && "0 0 0 ".equals(differences);
	}

	private void report(final Callable<String> scenario) {
		try {
			System.out.println(scenario.call());
		}
		catch (final Exception e) {
			failed = true;
			e.printStackTrace(System.out);
			Desk.closeAll();
		}
	}

	/** In the order of the menu, so that there are models when one is applied. */
	private String command(final String command) throws Exception {
		if (command.equals("Network Summary...")) return new TextScenario(desk).summary();
		if (command.equals("Help")) return new HelpScenario(desk).menu();
		if (command.equals("Labels from ROIs...")) return new RoisScenario(desk).labels(command);
		if (command.equals("ROIs from Labels...")) return new RoisScenario(desk).regions(command);
		if (!command.endsWith("...")) return new TextScenario(desk).log(command);
		if (command.startsWith("Train ")) return (command.equals("Train Segmentation...") ? segmentation : others).train(
			command);
		return new ReplayScenario(desk).run(command, IMAGES.getOrDefault(command, "cells.tif"), command.equals(
			"Apply Network...") ? Map.of("Model", segmentation.model().toString()) : Map.of());
	}
}
