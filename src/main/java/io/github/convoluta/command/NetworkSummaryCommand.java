package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.image.Table;
import io.github.convoluta.image.TableFile;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.network.NetworkSummary;
import io.github.convoluta.network.Shape;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** A network's layers and parameters as a table. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Network Summary...",
	label = "Network Summary...", headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "45"),
	description = "Lists a network's layers with the shapes of their results, their parameters and multiply-adds, in a table of its own; the last row has the totals.")
@Form(order = "network input axes classes table")
public class NetworkSummaryCommand extends TableCommand {

	/** Title of the table's window. */
	private static final String WINDOW = "Network Summary";

	@Parameter(label = "Network", attrs = { @Attr(name = Field.SUGGESTIONS, value = TrainingCommand.NETWORKS), @Attr(
		name = Field.TAKES, value = "file") }, description = TrainingCommand.NETWORK)
	private String network = "unet depth=3 width=16";

	@Parameter(label = "Input", description = "extents along x, y, z as far as there are such axes, then channels")
	private String input = "64x64x1";

	@Parameter(label = "Axes", choices = { "default", "X", "XY", "XYZ", "XYT" },
		description = "axes of the image that the extents lie along; default takes as many as the input has")
	private String axes = "default";

	@Parameter(label = "Classes", min = "1", max = "100000", description = "number of classes of the result")
	private int classes = 2;

	@Parameter(type = ItemIO.OUTPUT)
	private ResultsTable summary;

	@Override
	void execute() {
		final Optional<TableFile> file = TableFile.parse(table);
		final Shape shape = Keys.meaning("input", input, () -> Shape.parse(input));
		if (!axes.equals("default")) {
			final int n = Keys.choice("axes", axes, SpatialAxes.class).count();
			if (n != shape.dimensions()) throw new IllegalArgumentException("axes=" + axes + " needs " + n +
				" extents and the channels, but input=[" + input + "] has " + (shape.dimensions() + 1) + " numbers.");
		}
		Keys.number("classes", classes, 1, 100000);
		final Network described = Keys.meaning("network", network, () -> NetworkSource.resolve(network, shape.dimensions(), shape
			.channels(), classes));
		final Table made = table(Keys.meaning("input", input, () -> NetworkSummary.of(described, shape.spatial().stream()
			.mapToInt(s -> s).toArray())));
		file.ifPresent(f -> f.write(made));
		summary = made.toResults();
		if (IJ.getInstance() != null && !Interpreter.isBatchMode()) summary.show(WINDOW);
	}

	private static Table table(final NetworkSummary summary) {
		final List<List<Object>> rows = new ArrayList<>();
		for (final NetworkSummary.Row row : summary.rows())
			rows.add(List.of(row.name(), row.type(), row.output().toString(), row.trainable() + row.nonTrainable(), row
				.trainable(), row.multiplyAdds()));
		rows.add(List.of("total", "", "", summary.trainable() + summary.nonTrainable(), summary.trainable(), summary
			.multiplyAdds()));
		return new Table(List.of("Layer", "Type", "Output", "Parameters", "Trainable", "Multiply-adds"), rows);
	}
}
