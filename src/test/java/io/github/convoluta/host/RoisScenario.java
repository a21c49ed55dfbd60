package io.github.convoluta.host;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

/** Regions in ImageJ's ROI Manager as labels, and labels as regions in it; each again from the recorded line. */
final class RoisScenario {

	private static final Map<String, String> MANAGER = Map.of("Source", "roi manager", "To", "roi manager");

	private final Desk desk;

	RoisScenario(final Desk desk) {
		this.desk = desk;
	}

	/** Labels of two regions. */
	String labels(final String command) throws Exception {
		final RoiManager manager = RoiManager.getRoiManager();
		manager.setLocation(700, 300);
		for (int group = 1; group <= 2; group++) {
			final Roi roi = new OvalRoi(40 * group, 30, 30, 20);
			roi.setGroup(group);
			manager.addRoi(roi);
		}
		final String done = new ReplayScenario(desk).run(command, "cells.tif", MANAGER);
		manager.reset();
		return done;
	}

	/** The replay adds the same regions once more. */
	String regions(final String command) throws Exception {
		final RoiManager manager = RoiManager.getRoiManager();
		manager.reset();
		desk.open("cells-labels.tif");
		final String recorded = desk.recorded(command, dialog -> desk.fillAndPressOk(dialog, MANAGER));
		for (int i = 0; i < 100 && manager.getCount() == 0; i++)
			Thread.sleep(100);
		Thread.sleep(500);
		desk.screenshot(Desk.fileName(command) + "-result");
		final List<String> first = names(manager);
		if ("[aborted]".equals(IJ.runMacro(recorded))) throw new IllegalStateException("the replay failed: " + recorded);
		final List<String> both = names(manager);
		// With regions in it, ImageJ would ask whether to save them.
		manager.reset();
		manager.close();
		Desk.closeAll();
		if (first.size() < 2 || !both.subList(first.size(), both.size()).equals(first)) throw new IllegalStateException(
			"the replay gave " + both + " after " + first);
		return "ok " + recorded;
	}

	private static List<String> names(final RoiManager manager) {
		return Arrays.stream(manager.getRoisAsArray()).map(r -> r.getName() + " " + r.getBounds()).toList();
	}
}
