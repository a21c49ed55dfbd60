package io.github.convoluta.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.image.LossPlot;
import io.github.convoluta.image.ModelCover;
import io.github.convoluta.image.SpatialAxes;
import io.github.convoluta.image.Table;
import io.github.convoluta.image.TableFile;
import io.github.convoluta.model.Credits;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.ModelPath;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.network.Network;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.training.Checkpoints;
import io.github.convoluta.training.ModelTraining;
import io.github.convoluta.training.Schedule;
import io.github.convoluta.training.TrainingLoop;
import io.github.convoluta.training.TrainingPlan;
import org.scijava.ItemIO;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/**
 * What commands that train have in common: the network, the numbers of the training, and the file of the model. Escape
 * ends a training; what was learnt by then is written.
 */
abstract class TrainingCommand extends NetworkCommand implements Asking {

	/** Leaves a choice to the program. */
	static final String AUTOMATIC = "automatic";
	/** Of the key {@code classweights}. */
	static final String CLASS_WEIGHTS = "balanced counts rare classes more in the loss, so that all weigh alike";

	/** The values of that key. */
	enum ClassWeighting {
		NONE, BALANCED
	}

	private static final String PER_IMAGE = " per image";

	/** The keys that all trainings have, but for those that may stay empty. */
	static final String ORDER =
		"model network axes epochs batch patch learningrate schedule loss optimizer weightdecay patience augmentation validation normalization precision device seed resume";
	/** The keys of all trainings that may stay empty. */
	static final String LAST = "authors license table";

	/** Of the key {@code network}, which {@link NetworkSummaryCommand} has too. */
	static final String NETWORK =
		"an architecture with arguments such as unet depth=3 width=16, a code such as (CR)2P(CR)2PF, or a JSON file's path";

	/** What dialogs propose. */
	static final String NETWORKS =
		"unet depth=3 width=16|unet depth=4 width=32|fcn depth=3 width=32|cnn depth=3 width=16|resnet18|" +
			"resnet34|lenet5|vgg11|timeseries width=128|mlp|(CR)2P(CR)2PF";

	@Parameter(label = "Network", attrs = { @Attr(name = Field.SUGGESTIONS, value = NETWORKS), @Attr(name = Field.TAKES,
		value = "file") }, description = NETWORK)
	protected String network;

	@Parameter(label = "Axes", choices = { "X", "XY", "XYZ", "XYT" },
		description = "spatial axes of a sample: every row (X), plane (XY), z-stack (XYZ) or time series (XYT)")
	protected String axes = "XY";

	@Parameter(label = "Epochs", min = "1", max = "100000", description = "passes over the training samples")
	private int epochs = TrainingPlan.USUAL.epochs();

	@Parameter(label = "Batch", attrs = @Attr(name = Field.UNIT, value = "samples"), min = "0", max = "4096",
		description = "samples per step; 0 chooses by the size of samples and of memory")
	private int batch = TrainingPlan.USUAL.batch();

	@Parameter(label = "Patch", attrs = @Attr(name = Field.UNIT, value = "pixels"),
		description = "extents of a sample in pixels, x first, or automatic; whole images and signals are resized to them")
	protected String patch = AUTOMATIC;

	@Parameter(label = "Learning rate", min = "0", description = "largest learning rate; schedule says how it changes")
	private double learningrate = TrainingPlan.USUAL.learningRate();

	@Parameter(label = "Schedule", attrs = @Attr(name = Field.SUGGESTIONS,
		value = "onecycle|cosine|step 10 0.1|plateau 5 0.1|constant"),
		description = "how the learning rate changes: onecycle rises, then falls to 0; cosine falls; step 10 0.1 multiplies it by 0.1 every 10 epochs; plateau 5 0.1 when the validation loss has not fallen for 5; constant stays")
	private String schedule = TrainingPlan.USUAL.schedule().text();

	@Parameter(label = "Optimizer", choices = { "adam", "adamw", "sgd", "rmsprop" },
		description = "how weights follow the gradients; sgd has a momentum of 0.9")
	private String optimizer = TrainingPlan.USUAL.optimizer().name();

	@Parameter(label = "Weight decay",
		description = "factor by which weights are drawn to 0 in each step of learning rate 1, or automatic: 0.01 for adamw, 0 for the others")
	private String weightdecay = AUTOMATIC;

	@Parameter(label = "Patience", attrs = @Attr(name = Field.UNIT, value = "epochs"), min = "0", max = "100000",
		description = "epochs without a better validation loss after which training ends; 0 never ends it early")
	private int patience = TrainingPlan.USUAL.patience();

	@Parameter(label = "Augmentation",
		description = "change samples at random: for segmentation flips, rotations, sizes, deformations, brightness, noise; for classes less; for target images flips and quarter turns only")
	private boolean augmentation = TrainingPlan.USUAL.augmentation();

	@Parameter(label = "Validation", min = "0", max = "0.9",
		description = "share of the images, or part of a single image, that is not trained on but checked with")
	private double validation = TrainingPlan.USUAL.validation();

	@Parameter(label = "Normalization", attrs = @Attr(name = Field.SUGGESTIONS,
		value = "zeromean|percentile|range|none|zeromean per image|percentile per image|range per image"),
		description = "zeromean, percentile, percentile 1 99.8, range or none, found over all training images; or the same with \"per image\"")
	private String normalization = "zeromean";

	@Parameter(label = "Seed", description = "of all that is random: the same seed gives the same model")
	private int seed = (int) TrainingPlan.USUAL.seed();

	@Parameter(label = "Resume",
		description = "go on with a training of the same model file that was stopped or killed, with the same data and settings; epochs may be more: the learning rate then follows the longer course")
	private boolean resume = false;

	@Parameter(label = "Model", style = FileWidget.SAVE_STYLE,
		description = "path of the model file to write; .zip is added to a name without extension; only a model is replaced")
	private String model = "";

	@Parameter(label = "Authors", required = false, description = "names of the model's authors, separated by ;")
	private String authors = "";

	@Parameter(label = "License", required = false,
		description = "SPDX identifier of the licence that the model is given under, such as CC-BY-4.0, CC0-1.0 or MIT; empty for none")
	private String license = "CC-BY-4.0";

	@Parameter(type = ItemIO.OUTPUT)
	private File trained;

	@Parameter(type = ItemIO.OUTPUT)
	private ResultsTable metrics;

	private ModelPath path;
	private Checkpoints checkpoints;
	private boolean mayAsk;

	/** With the network that the dialog proposes. */
	TrainingCommand(final String network) {
		this.network = network;
	}

	/** Trains with what {@link #training} gives. */
	abstract ModelTraining.Outcome train(CommandMonitor monitor);

	/** What the key {@code loss} asks for; null to choose. */
	abstract Loss loss();

	/** What the text of a key {@code loss} means. */
	static Loss loss(final String text) {
		return text.strip().equalsIgnoreCase(AUTOMATIC) ? null : Loss.named(text);
	}

	/** Whether rare classes count more. */
	boolean isBalanced() {
		return false;
	}

	/** Steps of an epoch; 0 to choose. */
	int steps() {
		return 0;
	}

	@Override
	public void mayAsk() {
		mayAsk = true;
	}

	@Override
	void execute() {
		final Credits credits = Credits.parse(authors, license);
		path = ModelPath.parse(model);
		path.check();
		final Optional<TableFile> file = TableFile.parse(table);
		checkpoints = Checkpoints.in(path.checkpoints(), resume);
		if (mayAsk && path.exists() && !resume && !IJ.showMessageWithCancel("Replace the model?", path.file() +
			"\nis a model already. Shall the new one take its place\nwhen the training has ended?"))
		{
			cancel(null);
			return;
		}
		checkpoints.prepare().ifPresent(IJ::log);
		final CommandMonitor monitor = new CommandMonitor(status, "preparing");
		try {
			requireDevice(Purpose.TRAINING, monitor);
			final ModelTraining.Outcome outcome = train(monitor);
			ModelFile.write(outcome.model().with(credits), ModelCover.png(outcome.model()), path.file(), engine());
			if (!outcome.result().cancelled()) checkpoints.delete();
			trained = path.file().toFile();
			final Table epochsDone = HistoryTable.of(outcome.result().history());
			metrics = epochsDone.toResults();
			report(outcome);
			file.ifPresent(f -> f.write(epochsDone));
		}
		catch (final CancellationException e) {
			cancel(e.getMessage());
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(withAdvice(e), e);
		}
		catch (final UncheckedIOException e) {
			throw new UncheckedIOException(withAdvice(e), e.getCause());
		}
		catch (final RuntimeException | Error e) {
			checkpoints.advice().ifPresent(IJ::log);
			throw e;
		}
		finally {
			monitor.done();
		}
	}

	private String withAdvice(final RuntimeException e) {
		return e.getMessage() + checkpoints.advice().map(a -> " " + a).orElse("");
	}

	/** The spatial axes. */
	final SpatialAxes spatialAxes() {
		return Keys.choice("axes", axes, SpatialAxes.class);
	}

	/** The extents that the key asks for, or null for automatic. */
	final int[] wantedPatch() {
		if (patch.strip().equalsIgnoreCase(AUTOMATIC)) return null;
		final int[] wanted = Keys.perAxis("patch", patch, spatialAxes().count(), 1);
		if (Arrays.stream(wanted).asDoubleStream().reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE)
			throw new IllegalArgumentException("patch=[" + patch + "] has more pixels than a sample can have; allowed are up to " +
				Integer.MAX_VALUE + ".");
		return wanted;
	}

	/** The training that the keys describe. */
	final ModelTraining training(final Network described, final int[] extents, final VoxelGeometry geometry, final String unit,
		final CommandMonitor monitor)
	{
		final boolean perImage = normalization.strip().toLowerCase(Locale.ROOT).endsWith(PER_IMAGE);
		final Normalization.Method method = Normalization.Method.parse(perImage ? normalization.strip().substring(0,
			normalization.strip().length() - PER_IMAGE.length()) : normalization);
		final TrainingPlan plan = TrainingPlan.USUAL.epochs(epochs).batch(batch).steps(steps()).learningRate(Keys.number(
			"learningrate", learningrate, Double.MIN_VALUE, 1000)).schedule(Schedule.parse(schedule)).loss(loss()).balanced(
				isBalanced()).optimizer(optimizer()).patience(patience).augmentation(augmentation).validation(validation).precision(
					precision(Purpose.TRAINING, monitor)).device(device()).seed(seed);
		monitor.whileLoading(engine()::capabilities).requireTrainable(described, extents);
		path.requireRoom(described, extents);
		return ModelTraining.of(engine(), described, extents).along(spatialAxes().name(), geometry, unit).normalization(method,
			perImage).plan(plan).checkpoints(checkpoints).listener(listener(monitor));
	}

	private Optimizer optimizer() {
		final Optimizer chosen = Optimizer.named(optimizer);
		final String decay = weightdecay.strip();
		if (decay.equalsIgnoreCase(AUTOMATIC)) return chosen;
		final double factor = Keys.numbers("weightdecay", decay)[0];
		return chosen.decaying(Keys.number("weightdecay", factor, 0, 1000));
	}

	private TrainingLoop.Listener listener(final CommandMonitor monitor) {
		final boolean shows = !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode() && IJ.getInstance() != null;
		final LossPlot plot = shows ? new LossPlot("Loss of " + path.file().getFileName()) : null;
		return new TrainingProgress(monitor, plot, epochs);
	}

	private void report(final ModelTraining.Outcome outcome) {
		final TrainingLoop.Result result = outcome.result();
		final int done = result.history().epochs().size();
		final StringBuilder s = new StringBuilder(result.cancelled() ? "Training was stopped" : "Training finished").append(
			" after ").append(done).append(done == 1 ? " epoch" : " epochs");
		if (result.validation().matrix() != null) s.append(String.format(Locale.ROOT,
			"; on what was kept apart: accuracy %.4f, mean Dice %.4f", result.validation().accuracy(), result.validation()
				.dice()));
		else if (!Double.isNaN(result.validation().loss())) s.append(String.format(Locale.ROOT,
			"; on what was kept apart: loss %.4f, for targets of variance 1", result.validation().loss()));
		if (!Double.isNaN(result.validation().auc())) s.append(String.format(Locale.ROOT, ", area under the curve %.4f", result
			.validation().auc()));
		IJ.log(s.append(". Model: ").append(path.file()).append(" (patch ").append(Arrays.toString(outcome.model()
			.patchExtents())).append(outcome.model().task() == Task.REGRESSION ? "" : ", classes " + String.join(", ", outcome
				.model().classes())).append(")").append(result.cancelled() ? ". resume=true with the same settings goes on." : "")
			.toString());
	}
}
