package io.github.convoluta.command;

import java.nio.file.Path;

import ij.IJ;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.image.ClassFolder;
import io.github.convoluta.image.ClassSamples;
import io.github.convoluta.image.SignalTable;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.training.ModelTraining;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Trains a network to tell the class of whole images or signals. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Train Classifier...",
	label = "Train Classifier...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "42"),
	description = "Trains a network to tell the class of whole images, stacks or signals, and writes the trained model. The images are in a folder with one subfolder per class; signals are the rows of a CSV or TSV file. Escape stops and keeps what was learnt.")
@Form(order = "folder " + TrainingCommand.ORDER + " classweights labelcolumn subfolders " + TrainingCommand.LAST)
public class TrainClassifierCommand extends TrainingCommand {

	@Parameter(label = "Folder", style = FileWidget.FILE_AND_DIRECTORY_STYLE,
		description = "a folder with one subfolder of images per class, or a CSV or TSV file of signals")
	private String folder = "";

	@Parameter(label = "Label column", description = "for tables: heading or number, from 1 on, of the column with the class")
	private String labelcolumn = "1";

	@Parameter(label = "Subfolders",
		description = "whether images in folders within a class's folder belong to the class; otherwise these are passed over")
	private boolean subfolders = false;

	@Parameter(label = "Loss", choices = { AUTOMATIC, "crossentropy", "dice", "dice+ce", "focal" },
		description = "what training makes small; automatic is crossentropy; focal counts what is already right less")
	private String loss = AUTOMATIC;

	@Parameter(label = "Class weights", choices = { "none", "balanced" }, description = CLASS_WEIGHTS)
	private String classweights = "none";

	/** Made by the host. */
	public TrainClassifierCommand() {
		super("cnn depth=3 width=16");
	}

	@Override
	Loss loss() {
		return loss(loss);
	}

	@Override
	boolean isBalanced() {
		return Keys.choice("classweights", classweights, ClassWeighting.class) == ClassWeighting.BALANCED;
	}

	@Override
	ModelTraining.Outcome train(final CommandMonitor monitor) {
		if (folder.isBlank()) throw new IllegalArgumentException(
			"folder is empty. Give a folder with one subfolder of images per class, or a CSV or TSV file of signals.");
		final Path path = Path.of(folder.strip());
		final boolean isTable = SignalTable.isTable(path);
		if (isTable && spatialAxes() != SpatialAxes.X) axes = "X";
		final int[] wanted = wantedPatch();
		monitor.begin("reading the samples");
		final ClassSamples found = Keys.meaning("folder", folder, () -> isTable ? SignalTable.read(path, labelcolumn, wanted)
			: ClassFolder.read(path, spatialAxes(), wanted, subfolders, monitor));
		found.remarks().forEach(IJ::log);
		final int[] extents = found.samples().shape().spatial().stream().mapToInt(s -> s).toArray();
		final Network described = Keys.meaning("network", network, () -> NetworkSource.resolve(network, extents.length, found
			.samples().shape().channels(), found.classes().size()));
		Keys.meaning("patch", patch, () -> described.shapes(extents));
		return training(described, extents, found.geometry(), found.unit(), monitor).classification(found.samples(), found
			.groups(), found.classes());
	}
}
