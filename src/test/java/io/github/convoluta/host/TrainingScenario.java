package io.github.convoluta.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipFile;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;

/** Trainings from dialogs, with a label image that is open, and again from the recorded line. */
final class TrainingScenario {

	private static final String SEGMENTATION = "Train Segmentation...";

	private final Desk desk;
	private final Path model;

	/** @param model name of the model's file */
	TrainingScenario(final Desk desk, final String model) {
		this.desk = desk;
		this.model = desk.folder().toPath().resolve(model);
	}

	Path model() {
		return model;
	}

	/** What the dialogs get, as far as they have such fields. */
	private Map<String, String> values(final String command) throws Exception {
		if (!command.contains("Classifier")) return Map.of("Labels", "truth", "Target", "truth", "Model", model.toString(),
			"Network", "unet depth=2 width=4", "Patch", "64", "Epochs", "2");
		final File signals = new File(desk.folder(), "signals.csv");
		Files.writeString(signals.toPath(), "rising,0,1,2,3\nfalling,3,2,1,0\n".repeat(12));
		return Map.of("Folder", signals.getPath(), "Model", model.toString(), "Network", "mlp width=4 depth=1", "Epochs", "2");
	}

	/** The same seed gives the same weights. */
	String train(final String command) throws Exception {
		Files.deleteIfExists(model);
		final ImagePlus labels = desk.open("cells.tif");
		labels.setTitle("truth");
		labels.getProcessor().threshold(50);
		final ImagePlus cells = desk.open("cells.tif");
		final Map<String, String> values = values(command);
		final String recorded = desk.recorded(command, dialog -> desk.fillAndPressOk(dialog, values));
		for (int i = 0; i < 1200 && !Files.exists(model); i++)
			Thread.sleep(100);
		Thread.sleep(2000);
		desk.screenshot(Desk.fileName(command) + "-loss");
		if (Arrays.stream(WindowManager.getImageTitles()).noneMatch(t -> t.startsWith("Loss of")))
			throw new IllegalStateException("there is no plot of the loss");
		final byte[] first = weights();
		Files.delete(model);
		WindowManager.setTempCurrentImage(cells);
		IJ.runMacro(recorded);
		if (!Arrays.equals(first, weights())) throw new IllegalStateException("the replay learnt other weights: " + recorded);
		Desk.closeAll();
		return "ok " + recorded;
	}

	/** A model that is there is not replaced before the person has said so. */
	String replacing() throws Exception {
		desk.open("cells.tif").setTitle("truth");
		desk.open("cells.tif");
		final byte[] before = Files.readAllBytes(model);
		final boolean[] asked = new boolean[1];
		desk.choose(SEGMENTATION, dialog -> {
			desk.fillAndPressOk(dialog, values(SEGMENTATION));
			final GenericDialog question = Desk.dialog("Replace the model?", null);
			desk.screenshot("replace-model");
			Desk.press(question, "Cancel");
			asked[0] = true;
		});
		Thread.sleep(2000);
		if (!asked[0] || !Arrays.equals(before, Files.readAllBytes(model)) || Files.exists(Path.of(model + ".checkpoints")))
			throw new IllegalStateException("a model was replaced without asking");
		Desk.closeAll();
		return "ok replacing";
	}

	private byte[] weights() throws Exception {
		try (ZipFile zip = new ZipFile(model.toFile())) {
			return zip.getInputStream(zip.getEntry("weights.pt")).readAllBytes();
		}
	}
}
