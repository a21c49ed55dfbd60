package io.github.convoluta.host;

import java.util.Map;

import ij.IJ;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;

/** Commands whose results are tables and texts, in windows of their own; the user's results stay. */
final class TextScenario {

	private static final String SUMMARY = "Network Summary";

	private final Desk desk;

	TextScenario(final Desk desk) {
		this.desk = desk;
	}

	/** The table of a network, from the dialog and from the recorded line. */
	String summary() throws Exception {
		final ResultsTable mine = ResultsTable.getResultsTable();
		mine.reset();
		mine.incrementCounter();
		mine.addValue("Cell", "mine");
		final String recorded = desk.recorded(SUMMARY + "...", dialog -> desk.fillAndPressOk(dialog, Map.of()));
		desk.screenshot("network-summary");
		final String first = table();
		WindowManager.getFrame(SUMMARY).dispose();
		IJ.runMacro(recorded);
		if (first.isEmpty() || !first.equals(table())) throw new IllegalStateException("the table differs: " + recorded);
		if (mine.size() != 1 || !"mine".equals(mine.getStringValue("Cell", 0))) throw new IllegalStateException(
			"the results table was changed");
		mine.reset();
		return "ok " + recorded;
	}

	private static String table() {
		final ResultsTable table = ResultsTable.getResultsTable(SUMMARY);
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < table.size(); i++)
			s.append(table.getRowAsString(i)).append('\n');
		return s.toString();
	}

	/** A command without a dialog, which writes into the log. */
	String log(final String command) throws Exception {
		final Recorder recorder = new Recorder(false);
		Recorder.record = true;
		IJ.doCommand(command);
		final String recorded = Desk.line(recorder, command);
		recorder.close();
		Recorder.record = false;
		for (int i = 0; i < 300 && !log().contains("devices: cpu"); i++)
			Thread.sleep(100);
		if (!log().contains("devices: cpu")) throw new IllegalStateException("nothing in the log: " + log());
		return "ok " + recorded;
	}

	private static String log() {
		return String.valueOf(IJ.getLog());
	}
}
