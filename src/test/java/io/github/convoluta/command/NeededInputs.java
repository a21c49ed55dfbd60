package io.github.convoluta.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.convoluta.image.TestImages;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

/** What commands can't run without, found by what their parameters are. */
public final class NeededInputs {

	private NeededInputs() {}

	/**
	 * An image with a region in its overlay, of two channels for the model that is stored, and a value for every key that has no default; trainings are short.
	 *
	 * @param folder for files
	 */
	public static Map<String, Object> of(final Class<? extends Command> command, final Path folder) throws IOException {
		final CommandInfo info = CommandHelp.info(command);
		final Map<String, Object> inputs = new LinkedHashMap<>();
		for (final ModuleItem<?> item : info.inputs())
			if (item.getType() == ImagePlus.class) inputs.put(item.getName(), image(info));
		for (final Field field : Field.of(info))
			if (field.item().isRequired() && "".equals(field.item().getDefaultValue())) inputs.put(field.key(), value(field,
				folder).toString());
		if (info.getInput("epochs") != null) inputs.put("epochs", 1);
		if (info.getInput("steps") != null) inputs.put("steps", 2);
		return inputs;
	}

	private static ImagePlus image(final CommandInfo info) {
		if (info.getInput("tile") != null) return TestImages.timeSeries();
		final ImagePlus image = TestImages.cells();
		image.setOverlay(new Overlay(new Roi(20, 10, 30, 15)));
		return image;
	}

	private static Path value(final Field field, final Path folder) throws IOException {
		return switch (field.kind()) {
			case IMAGE -> mask(folder);
			case OPENED_FILE -> Path.of("src/test/resources/models/format-1.zip").toAbsolutePath();
			case SAVED_FILE -> folder.resolve("m.zip");
			case FILE_OR_FOLDER -> Files.writeString(folder.resolve("table.csv"), ("a" + ",1,2,3,4".repeat(10) + "\nb" + ",4,3,2,1"
				.repeat(10) + "\n").repeat(20));
			default -> throw new IllegalStateException("What is to be given for " + field.key() + "?");
		};
	}

	/** Where the cells are. */
	private static Path mask(final Path folder) {
		final ImagePlus mask = TestImages.cells();
		mask.getProcessor().threshold(60);
		final Path file = folder.resolve("mask.tif");
		IJ.saveAsTiff(mask, file.toString());
		return file;
	}
}
