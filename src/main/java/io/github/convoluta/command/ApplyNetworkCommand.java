package io.github.convoluta.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.image.NetworkViews;
import io.github.convoluta.image.PredictedImages;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.image.Table;
import io.github.convoluta.image.TableFile;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.ModelPath;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.prediction.ClassScores;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.prediction.Tiling;
import io.github.convoluta.sample.NonFinite;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** Applies a trained model to an image. */
@Plugin(type = Command.class, visible = false, menuPath = "Plugins>Convoluta>Apply Network...", label = "Apply Network...",
	headless = true, attrs = @Attr(name = UserCommand.PLACE, value = "44"),
	description = "Applies a trained model to the active image. Segmentation gives an image of labels, of probabilities, or both; a classifier adds one row per plane, stack or signal to the results table; what was trained with a target image gives its values in 32 bits.")
@Form(order = "model output tile memory blend flips precision device table")
public class ApplyNetworkCommand extends NetworkCommand {

	/** Pixel sizes that differ by more than this factor from the training's are worth a remark. */
	private static final double ODD_SCALE = 1.5;

	@Parameter(persist = false)
	private ImagePlus image;

	@Parameter(label = "Model", style = FileWidget.OPEN_STYLE, description = "path of a model file")
	private String model = "";

	@Parameter(label = "Output", choices = { "labels", "probabilities", "both" },
		description = "labels: the most probable class of every pixel; probabilities: one 32-bit channel per class; for values it has no meaning")
	private String output = "labels";

	@Parameter(label = "Tile", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "extents of what is computed at once, x first, or automatic: as large as memory allows")
	private String tile = "automatic";

	@Parameter(label = "Memory", attrs = @Attr(name = Field.UNIT, value = "GB"), min = "0", max = "100000",
		description = "most that a tile may take, in GB; 0 for 40 % of what is free")
	private double memory = 0;

	@Parameter(label = "Blend", attrs = @Attr(name = Field.UNIT, value = "of a tile"), min = "0", max = "0.5",
		description = "share of a tile by which neighbours overlap and are blended")
	private double blend = 0;

	@Parameter(label = "Flips",
		description = "average the predictions of all flipped images: better, but several times slower")
	private boolean flips = false;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus probabilities;

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus labels;

	@Parameter(type = ItemIO.OUTPUT)
	private ResultsTable classification;

	@Override
	void execute() {
		Keys.requireImage(image);
		final TrainedModel trained = Keys.meaning("model", model, () -> ModelFile.read(ModelPath.existing(model), engine()));
		if (!table.isBlank() && trained.task() != Task.CLASSIFICATION) throw new IllegalArgumentException("table=" + table +
			" is for classifiers, but this model is a " + trained.task().name().toLowerCase(Locale.ROOT) +
			", which makes no table.");
		final Optional<TableFile> file = TableFile.parse(table);
		final SpatialAxes axes = SpatialAxes.valueOf(trained.axes());
		axes.missing(image).ifPresent(what -> {
			throw new IllegalArgumentException("The model was trained with axes=" + axes + " and needs " + what +
				". Image>Properties tells slices from frames.");
		});
		final NetworkViews views = NetworkViews.of(image, axes);
		warnOfScale(trained, views);
		if (!Set.of("labels", "probabilities", "both").contains(output)) throw new IllegalArgumentException("output=" + output +
			" is not known; allowed are labels, probabilities, both.");
		final boolean rough = output.equals("labels") && trained.task() == Task.SEGMENTATION;
		final CommandMonitor monitor = new CommandMonitor(status, "loading the engine");
		try {
			requireDevice(Purpose.PREDICTION, monitor);
			final Precision chosen = precisionChoice() == PrecisionChoice.AUTOMATIC && !rough ? Precision.FP32 : precision(
				Purpose.PREDICTION, monitor);
			try (Predictor predictor = new Predictor(engine(), trained, chosen, device(), fraction -> monitor.progress(0))) {
				monitor.begin("predicting");
				final boolean sawNonFinite = trained.task() == Task.CLASSIFICATION ? classify(trained, views, predictor, monitor,
					file) : segment(trained, views, predictor, monitor);
				if (sawNonFinite) warnOfNonFinite(views, monitor);
			}
		}
		catch (final CancellationException e) {
			cancel(e.getMessage());
		}
		finally {
			monitor.done();
		}
	}

	/** Shows the results; whether anything predicted from was no finite number. */
	private boolean segment(final TrainedModel trained, final NetworkViews views, final Predictor predictor,
		final CommandMonitor monitor)
	{
		final boolean regression = trained.task() == Task.REGRESSION;
		final boolean wantsLabels = !regression && !output.equals("probabilities"), wantsProbabilities = regression || !output
			.equals("labels");
		final PredictedImages results = new PredictedImages(views, trained.classes(), LabelValues.of(trained), wantsLabels,
			wantsProbabilities);
		final int[] wanted = tile.strip().equalsIgnoreCase("automatic") ? null : Keys.perAxis("tile", tile, views.axes().count(),
			1);
		final PredictionOptions options = new PredictionOptions(wanted, Keys.number("blend", blend, 0, 0.5), flips, Keys.number(
			"memory", memory, 0, 100_000) * 1e9, null, null);
		final List<RandomAccessibleInterval<?>> inputs = views.all();
		final Tiling tiling = predictor.tiling(Arrays.copyOf(inputs.get(0).dimensionsAsLongArray(), views.axes().count()),
			options);
		tell(trained, tiling, inputs.size(), results.bytes());
		boolean sawNonFinite = false;
		for (int i = 0; i < inputs.size(); i++) {
			final Monitor part = monitor.part(i, inputs.size());
			sawNonFinite |= predictor.on(inputs.get(i), options, part).predict(tiling, results.sink(i, tiling), part);
		}
		if (wantsProbabilities) probabilities = results.probabilityImage(ResultTitle.of(image, regression ? "predicted"
			: "probabilities"), !regression);
		if (wantsLabels) labels = results.labelImage(ResultTitle.of(image, "labels"));
		return sawNonFinite;
	}

	private void tell(final TrainedModel trained, final Tiling tiling, final int views, final double results) {
		IJ.log(image.getTitle() + ": " + (views > 1 ? views + " times " : "") + tiling.toText() + "; the results take " +
			new ByteSize(results) + " of it.");
		if (tiling.count() > 1 && trained.network().seesWholeInput()) IJ.log("The network of " + trained.about().name() +
			" has instance or group normalisation, which takes means over a whole image: tiles don't fit together exactly. " +
			"Allow more memory (memory=...), or train with norm=batch.");
	}

	/** Adds rows to the table; whether anything predicted from was no finite number. */
	private boolean classify(final TrainedModel trained, final NetworkViews views, final Predictor predictor,
		final CommandMonitor monitor, final Optional<TableFile> file)
	{
		final List<String> headings = new ArrayList<>(List.of("Image", "Slice", "Class"));
		trained.classes().forEach(c -> headings.add("p(" + c + ")"));
		final List<List<Object>> rows = new ArrayList<>();
		final List<RandomAccessibleInterval<?>> inputs = views.all();
		boolean sawNonFinite = false;
		try {
			for (int i = 0; i < inputs.size(); i++) {
				monitor.progress((double) i / inputs.size());
				final ClassScores scores = predictor.classify(inputs.get(i));
				sawNonFinite |= scores.sawNonFinite();
				rows.add(row(trained, views.place(i), scores));
			}
			file.ifPresent(f -> f.write(new Table(headings, rows)));
			return sawNonFinite;
		}
		finally {
			// What is known when a long run is stopped stays known.
			final ResultsTable results = ResultsTable.getResultsTable();
			final Table known = new Table(headings, rows);
			known.appendTo(results);
			classification = known.toResults();
			if (!rows.isEmpty() && IJ.getInstance() != null) results.show("Results");
		}
	}

	private List<Object> row(final TrainedModel trained, final Object place, final ClassScores scores) {
		final int best = scores.best();
		final List<Object> row = new ArrayList<>(List.of(image.getTitle(), place, Float.isNaN(scores.values()[best]) ? "NaN"
			: trained.classes().get(best)));
		for (final float v : scores.values())
			row.add(v);
		return row;
	}

	private static void warnOfNonFinite(final NetworkViews views, final CommandMonitor monitor) {
		final List<RandomAccessibleInterval<?>> all = views.all();
		for (int i = 0; i < all.size(); i++) {
			final String first = NonFinite.first(all.get(i), views.axes().name(), fraction -> monitor.progress(1));
			if (first == null) continue;
			IJ.log(views.name(i) + " has " + first + ": results mean nothing where the network sees such pixels.");
			return;
		}
	}

	private void warnOfScale(final TrainedModel trained, final NetworkViews views) {
		for (int d = 0; d < trained.pixelSize().size(); d++) {
			final double ratio = views.pixelSize().get(d) / trained.pixelSize().get(d);
			if (trained.unit().equals(views.unit()) && (ratio > ODD_SCALE || ratio < 1 / ODD_SCALE)) {
				IJ.log(String.format(Locale.ROOT,
					"%s: pixels of %s %s, but the model was trained with %s %s; scale the image for better results.", image.getTitle(),
					views.pixelSize(), views.unit(), trained.pixelSize(), trained.unit()));
				return;
			}
		}
	}
}
