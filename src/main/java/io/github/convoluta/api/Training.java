package io.github.convoluta.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.PrecisionChoice;
import io.github.convoluta.engine.Purpose;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.NetworkSource;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.VoxelGeometry;
import io.github.convoluta.torch.TorchEngine;
import io.github.convoluta.training.Checkpoints;
import io.github.convoluta.training.History;
import io.github.convoluta.training.ModelTraining;
import io.github.convoluta.training.PatchExtents;
import io.github.convoluta.training.TrainingLoop;
import io.github.convoluta.training.TrainingPlan;
import net.imglib2.RandomAccessibleInterval;

/**
 * A training of a network on images, described setting by setting; what is not set is as the dialogs propose it. An image
 * has its spatial axes first, x before y before z or time, then its channels, which an image of one channel may lack. For
 * one thread at a time; {@link #run} returns when the training has ended.
 */
public final class Training {

	private static final String[] AXES = { "X", "XY", "XYZ" };

	private final List<LabelledImage> images = new ArrayList<>();
	private final int dimensions;
	private final boolean givesValues;
	private String text = "unet depth=3 width=16";
	private Network network;
	private String axes;
	private VoxelGeometry geometry;
	private String unit = "pixel";
	private int[] patch;
	private TrainingPlan plan = TrainingPlan.USUAL;
	private boolean sparse, perImage;
	private Normalization.Method normalization = new Normalization.Method.ZeroMean();
	private PrecisionChoice precision = PrecisionChoice.AUTOMATIC;
	private Checkpoints checkpoints = Checkpoints.NONE;
	private Consumer<History.Epoch> epochListener = epoch -> {};
	private TrainingLoop.Listener listener = new TrainingLoop.Listener() {

		@Override
		public void epoch(final History.Epoch epoch) {
			epochListener.accept(epoch);
		}
	};

	private Training(final int dimensions, final boolean givesValues) {
		if (dimensions < 1 || dimensions > 3) throw new IllegalArgumentException("Images need 1 to 3 spatial axes, not " +
			dimensions + ".");
		this.dimensions = dimensions;
		this.givesValues = givesValues;
		axes = AXES[dimensions - 1];
		geometry = new VoxelGeometry(Collections.nCopies(dimensions, 1.0), false);
	}

	/**
	 * A segmentation: every pixel gets a class.
	 *
	 * @param image real numbers
	 * @param labels whole numbers with the image's spatial extents and no channels; every value is a class
	 * @return a training with the dialog's settings
	 * @throws IllegalArgumentException if axes or extents don't fit each other
	 */
	public static Training segmentation(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels) {
		return new Training(labels.numDimensions(), false).and(image, labels);
	}

	/**
	 * A regression: every pixel gets values, such as those of an image without noise.
	 *
	 * @param image real numbers
	 * @param target values with the image's spatial extents, in any unit; channels as its last axis, which one of a single
	 *          channel may lack
	 * @param dimensions number of spatial axes, 1 to 3
	 * @return a training with the dialog's settings
	 * @throws IllegalArgumentException if axes or extents don't fit each other
	 */
	public static Training imageToImage(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> target,
		final int dimensions)
	{
		return new Training(dimensions, true).and(image, target);
	}

	/**
	 * Adds another image to learn from.
	 *
	 * @param image real numbers, with as many channels as the others
	 * @param labels its labels, or its target
	 * @return this training
	 * @throws IllegalArgumentException if axes or extents don't fit each other
	 */
	public Training and(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels) {
		final String name = "image " + (images.size() + 1);
		if (image.numDimensions() != dimensions && image.numDimensions() != dimensions + 1) throw new IllegalArgumentException(
			"Images need " + dimensions + " spatial axes, and may have channels as one more, but " + name + " has " + image
				.numDimensions() + " axes.");
		images.add(new LabelledImage(ChannelAxis.of(image, dimensions), givesValues ? ChannelAxis.of(labels, dimensions)
			: labels, name));
		return this;
	}

	/**
	 * What is trained; {@code unet depth=3 width=16} unless this is called.
	 *
	 * @param value an architecture with arguments, a code, or a JSON file's path, as {@link NetworkSource} reads it
	 * @return this training
	 */
	public Training network(final String value) {
		text = Objects.requireNonNull(value, "network");
		network = null;
		return this;
	}

	/**
	 * What is trained.
	 *
	 * @param value a network with the images' channels and a result for every class or value
	 * @return this training
	 */
	public Training network(final Network value) {
		network = Objects.requireNonNull(value, "network");
		return this;
	}

	/**
	 * What the axes are; X, XY or XYZ unless this is called.
	 *
	 * @param time whether the last axis is time
	 * @param name unit of the pixel sizes, such as {@code µm}
	 * @param pixelSize extents of a pixel along the axes, x first, above 0
	 * @return this training
	 * @throws IllegalArgumentException if there is not one pixel size for each axis
	 */
	public Training geometry(final boolean time, final String name, final double... pixelSize) {
		if (pixelSize.length != dimensions || time && dimensions != 3) throw new IllegalArgumentException("geometry needs " +
			dimensions + " pixel sizes, but " + Arrays.toString(pixelSize) + " was given; time is the last of three axes.");
		geometry = new VoxelGeometry(Arrays.stream(pixelSize).boxed().toList(), time);
		axes = time ? "XYT" : AXES[dimensions - 1];
		unit = Objects.requireNonNull(name, "unit");
		return this;
	}

	/**
	 * Passes over the images; 20 unless this is called.
	 *
	 * @param value at least 1
	 * @return this training
	 */
	public Training epochs(final int value) {
		plan = plan.epochs(atLeast("epochs", value, 1));
		return this;
	}

	/**
	 * Samples per step; chosen by samples and memory unless this is called.
	 *
	 * @param value at least 0; 0 chooses
	 * @return this training
	 */
	public Training batch(final int value) {
		plan = plan.batch(atLeast("batch", value, 0));
		return this;
	}

	/**
	 * Steps of an epoch; chosen by the images' size unless this is called.
	 *
	 * @param value at least 0; 0 chooses
	 * @return this training
	 */
	public Training steps(final int value) {
		plan = plan.steps(atLeast("steps", value, 0));
		return this;
	}

	/**
	 * Extents of a sample in pixels; chosen unless this is called.
	 *
	 * @param value one number per axis, x first, at least 1; rounded up to what the network pools
	 * @return this training
	 */
	public Training patch(final int... value) {
		if (value.length != dimensions) throw new IllegalArgumentException("patch needs " + dimensions + " numbers, but " +
			Arrays.toString(value) + " was given.");
		IntStream.of(value).forEach(v -> atLeast("patch", v, 1));
		patch = value.clone();
		return this;
	}

	/**
	 * The largest learning rate; 0.003 unless this is called.
	 *
	 * @param value above 0, at most 1000
	 * @return this training
	 */
	public Training learningRate(final double value) {
		if (!(value > 0 && value <= 1000)) throw new IllegalArgumentException(
			"learningRate must be above 0 and at most 1000, not " + value + ".");
		plan = plan.learningRate(value);
		return this;
	}

	/**
	 * What is made small; Dice and cross-entropy for classes, the mean squared difference for values unless this is called.
	 *
	 * @param value {@code crossentropy}, {@code dice}, {@code dice+ce} or {@code focal} for classes; {@code mse} or {@code mae}
	 *          for values
	 * @return this training
	 * @throws IllegalArgumentException if the text is none of these
	 */
	public Training loss(final String value) {
		plan = plan.loss(Loss.named(value));
		return this;
	}

	/**
	 * Sets what has no method of its own here: optimiser, schedule, patience, weights of classes.
	 *
	 * @param change gets the plan so far, such as {@code plan -> plan.optimizer(Optimizer.named("adamw")).patience(5)}
	 * @return this training
	 */
	public Training plan(final UnaryOperator<TrainingPlan> change) {
		plan = change.apply(plan);
		return this;
	}

	/**
	 * Share of the images, or part of a single one, that is kept apart to check with; 0.2 unless this is called.
	 *
	 * @param value 0 to 0.9
	 * @return this training
	 */
	public Training validation(final double value) {
		if (!(value >= 0 && value <= 0.9)) throw new IllegalArgumentException("validation must be from 0 to 0.9, not " + value +
			".");
		plan = plan.validation(value);
		return this;
	}

	/**
	 * Whether samples are changed at random; they are unless this is called.
	 *
	 * @param value whether they are
	 * @return this training
	 */
	public Training augmentation(final boolean value) {
		plan = plan.augmentation(value);
		return this;
	}

	/**
	 * Whether 0 in labels means that nothing is known there; it is a class unless this is called.
	 *
	 * @param value whether it does
	 * @return this training
	 */
	public Training sparse(final boolean value) {
		sparse = value;
		return this;
	}

	/**
	 * How pixels become the network's input; {@code zeromean} over all images unless this is called.
	 *
	 * @param method {@code none}, {@code zeromean}, {@code range}, or {@code percentile}, also with two percentiles
	 * @param eachImage whether it is found for each image
	 * @return this training
	 */
	public Training normalization(final String method, final boolean eachImage) {
		normalization = Normalization.Method.parse(method);
		perImage = eachImage;
		return this;
	}

	/**
	 * Where it is computed and with which numbers; on the processor with what is fastest there unless this is called.
	 *
	 * @param where {@code cpu}, {@code cuda}, {@code cuda:1} or {@code mps}
	 * @param value in which layers compute
	 * @return this training
	 */
	public Training device(final String where, final PrecisionChoice value) {
		plan = plan.device(Device.parse(where));
		precision = Objects.requireNonNull(value, "precision");
		return this;
	}

	/**
	 * Of all that is random; 1 unless this is called. The same seed gives the same model.
	 *
	 * @param value any
	 * @return this training
	 */
	public Training seed(final long value) {
		plan = plan.seed(value);
		return this;
	}

	/**
	 * Keeps the state after every epoch.
	 *
	 * @param folder made if it is not there
	 * @param resumes whether a training that was kept there is gone on with
	 * @return this training
	 */
	public Training checkpoints(final Path folder, final boolean resumes) {
		checkpoints = Checkpoints.in(folder, resumes);
		return this;
	}

	/**
	 * Hears of every epoch, on one of the computing threads.
	 *
	 * @param value gets numbers and scores of the epoch
	 * @return this training
	 */
	public Training onEpoch(final Consumer<History.Epoch> value) {
		epochListener = Objects.requireNonNull(value, "onEpoch");
		return this;
	}

	/**
	 * Hears of all progress and may end the training; {@link #onEpoch} is then not heard.
	 *
	 * @param value called from any thread
	 * @return this training
	 */
	public Training listener(final TrainingLoop.Listener value) {
		listener = Objects.requireNonNull(value, "listener");
		return this;
	}

	/**
	 * Trains, on all cores; the calling thread waits.
	 *
	 * @return the model, and how it was learnt
	 * @throws IllegalArgumentException if images, labels and network don't fit each other, or memory is short
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 * @throws java.util.concurrent.CancellationException if the listener ended it before the first epoch was done
	 */
	public ModelTraining.Outcome run() {
		final Engine engine = new TorchEngine();
		final LabelledImage first = images.get(0);
		final LabelIndex index = givesValues ? null : LabelIndex.of(images, sparse, false, listener.stage(
			"looking through the labels"));
		final List<String> names = givesValues ? IntStream.rangeClosed(1, (int) first.labels().dimension(dimensions)).mapToObj(
			c -> "channel " + c).toList() : index.classes().names();
		final Network trained = network != null ? network : NetworkSource.resolve(text, dimensions, (int) first.image()
			.dimension(dimensions), names.size());
		final int[] extents = PatchExtents.of(patch, trained, first);
		engine.capabilities().requireTrainable(trained, extents);
		final ModelTraining training = ModelTraining.of(engine, trained, extents).along(axes, geometry, unit).normalization(
			normalization, perImage).plan(plan.precision(engine.precision(precision, Purpose.TRAINING, plan.device())))
			.checkpoints(checkpoints).listener(listener);
		return givesValues ? training.regression(images, names) : training.segmentation(index);
	}

	private static int atLeast(final String name, final int value, final int least) {
		if (value < least) throw new IllegalArgumentException(name + " must be at least " + least + ", but " + value +
			" was given.");
		return value;
	}
}
