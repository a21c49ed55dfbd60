package io.github.convoluta.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.Augmentation;
import io.github.convoluta.sample.ClassValues;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.ImagePatches;
import io.github.convoluta.sample.LabelIndex;
import io.github.convoluta.sample.LabelledImage;
import io.github.convoluta.sample.NonFinite;
import io.github.convoluta.sample.NormalizedSamples;
import io.github.convoluta.sample.SampleDigest;
import io.github.convoluta.sample.Samples;
import io.github.convoluta.sample.Split;
import io.github.convoluta.sample.VoxelGeometry;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;

/**
 * From images to a trained model, with choices that suit most data unless others are set. For one thread at a time; the
 * methods that train return when the training has ended.
 */
public final class ModelTraining {

	private static final String[] AXES = { "X", "XY", "XYZ" };

	private final Engine engine;
	private final Network network;
	private final int[] patch;
	private String axes;
	private VoxelGeometry geometry;
	private String unit = "pixel";
	private Normalization.Method normalization = new Normalization.Method.ZeroMean();
	private boolean perImage;
	private TrainingPlan plan = TrainingPlan.USUAL;
	private Checkpoints checkpoints = Checkpoints.NONE;
	private TrainingLoop.Listener listener = new TrainingLoop.Listener() {};
	private TrainedModel earlier;

	private ModelTraining(final Engine engine, final Network network, final int... patch) {
		this.engine = engine;
		this.network = network;
		this.patch = patch.clone();
		axes = AXES[patch.length - 1];
		geometry = new VoxelGeometry(Collections.nCopies(patch.length, 1.0), false);
	}

	/**
	 * A training along the axes X, XY or XYZ with pixels of size 1.
	 *
	 * @param engine what trains
	 * @param network what is trained
	 * @param patch extents of samples in pixels, x first
	 */
	public static ModelTraining of(final Engine engine, final Network network, final int... patch) {
		return new ModelTraining(engine, network, patch);
	}

	/**
	 * What the axes of samples are.
	 *
	 * @param names X, XY, XYZ or XYT
	 * @param sizes pixel sizes along them
	 * @param unitOfSizes such as {@code µm}
	 * @return this training
	 */
	public ModelTraining along(final String names, final VoxelGeometry sizes, final String unitOfSizes) {
		axes = names;
		geometry = sizes;
		unit = unitOfSizes;
		return this;
	}

	/**
	 * How samples become the network's input; with mean 0 and variance 1 unless this is called.
	 *
	 * @param method which numbers are found
	 * @param eachImage whether they are found for each image, or once over all training images
	 * @return this training
	 */
	public ModelTraining normalization(final Normalization.Method method, final boolean eachImage) {
		normalization = method;
		perImage = eachImage;
		return this;
	}

	/**
	 * {@return this training, as long, as fast and on as much as a plan says}
	 *
	 * @param value what is to be set otherwise than usual
	 */
	public ModelTraining plan(final TrainingPlan value) {
		plan = value;
		return this;
	}

	/**
	 * {@return this training, whose state is kept there}
	 *
	 * @param value where, and whether an earlier training is gone on with
	 */
	public ModelTraining checkpoints(final Checkpoints value) {
		checkpoints = value;
		return this;
	}

	/**
	 * {@return this training, of whose progress the listener hears}
	 *
	 * @param value called from any thread
	 */
	public ModelTraining listener(final TrainingLoop.Listener value) {
		listener = value;
		return this;
	}

	/**
	 * {@return this training, which begins with what a model has learnt} The model's normalisation is kept; the learning rate
	 * runs through its whole course again. For classes only.
	 *
	 * @param value of the same network and classes
	 */
	public ModelTraining startingFrom(final TrainedModel value) {
		earlier = value;
		return this;
	}

	/**
	 * @param model what was learnt
	 * @param result how
	 */
	public record Outcome(TrainedModel model, TrainingLoop.Result result) {}

	/** Norm to which longer gradients are shortened: keeps rare bad batches from undoing what was learnt. */
	private static final double CLIP = 5;

	/** Patches of labelled images: an epoch of those to learn from, and some to check with. */
	private record Patches(Split<LabelIndex> parts, Normalization normalization, int batch, Samples training,
		Samples validation)
	{}

	/**
	 * Trains a segmentation, with a loss of Dice and cross-entropy unless the plan has another.
	 *
	 * @param images labelled images that were looked through, which are read when they are needed
	 * @return the model, and how it was learnt
	 * @throws IllegalArgumentException if sizes, channels, labels or the network don't fit each other, or memory is short
	 */
	public Outcome segmentation(final LabelIndex images) {
		final ClassValues classes = images.classes();
		checkDense(classes.count(), "classes");
		final Patches patches = patches(images);
		final long[] counts = patches.parts().training().counts();
		return run(new TrainingSetup(draft(Task.SEGMENTATION, classes.names(), patches.normalization(), example(patches))
			.withLabels(classes.named().isEmpty() ? List.of() : classes.values()), patches.training(), patches.validation(),
			counts, classes.sparse(), () -> TrainingSetup.shared(patches.parts())), patches.batch(), loss(new Loss.Dice(1),
				counts), Augmentation.forSegmentation(geometry), fingerprint(classes.names(), patches.parts()).with("sparse", classes
					.sparse()));
	}

	/**
	 * Trains a network that gives values for every pixel, such as a restored image. A softmax or sigmoid at its end is left
	 * out, and a layer is added that gives its results the range of the targets.
	 *
	 * @param images images with the values they should become, whose last axis is the channels
	 * @param names of the values, one per channel of the targets
	 * @throws IllegalArgumentException if sizes, channels or the network don't fit each other, or memory is short
	 */
	public Outcome regression(final List<LabelledImage> images, final List<String> names) {
		final ModelTraining same = of(engine, network.logits(), patch).along(axes, geometry, unit).normalization(normalization,
			perImage).plan(plan).checkpoints(checkpoints).listener(listener).startingFrom(earlier);
		return same.values(images, names);
	}

	private Outcome values(final List<LabelledImage> images, final List<String> names) {
		checkDense(names.size(), "channels of the target");
		final Patches patches = patches(LabelIndex.ofValues(images));
		final TargetRange range = TargetRange.of(patches.parts().training().images().stream().map(LabelledImage::labels)
			.toList(), listener.stage("measuring the targets"));
		final ModelDraft draft = draft(Task.REGRESSION, names, patches.normalization(), example(patches)).of(range.restored(
			network), w -> range.restored(network, w, patch));
		return run(new TrainingSetup(draft, range.standardized(patches.training()), range.standardized(patches.validation()),
			patches.parts().training().counts(), false, () -> TrainingSetup.shared(patches.parts())), patches.batch(), loss(
				new Loss.MeanSquaredError()), Augmentation.forValues(geometry), fingerprint(names, patches.parts()));
	}

	private Patches patches(final LabelIndex images) {
		final Split<LabelIndex> parts = split(images);
		final List<LabelledImage> learnt = parts.training().images();
		final Normalization found = found(learnt.stream().map(LabelledImage::image).toList());
		final int volume = Arrays.stream(patch).reduce(1, Math::multiplyExact);
		final long pixels = learnt.stream().mapToLong(i -> i.image().size() / network.channels()).sum();
		// An epoch shows every pixel about twice, but has steps enough to learn from a small image too.
		final int wanted = (int) Math.max(48, Math.min(1200, 2 * pixels / volume));
		final int batch = batch(plan.steps() > 0 ? Integer.MAX_VALUE : wanted);
		final int count = plan.steps() > 0 ? Math.multiplyExact(plan.steps(), batch) : (wanted + batch - 1) / batch * batch;
		final Samples training = ImagePatches.of(parts.training(), patch, found, count, plan.seed(), scanning());
		final Samples validation = parts.validation().isEmpty() ? training.subset() : ImagePatches.of(parts.validation(), patch,
			found, Math.max(2, Math.min(64, count / 4)), plan.seed() + 1, scanning());
		return new Patches(parts, found, batch, training, validation);
	}

	/**
	 * Trains a classifier of whole samples.
	 *
	 * @param samples raw values of the patch's extents
	 * @param groups samples of the same number, such as the slices of one image, are not divided between training and
	 *          validation
	 * @param names of the classes
	 */
	public Outcome classification(final ClassifiedArrays samples, final int[] groups, final List<String> names) {
		for (int i = 0; i < samples.size(); i++)
			NonFinite.refuse(samples.view(i), axes, "sample " + (i + 1), Monitor.NONE);
		final Split<int[]> split = Split.grouped(samples, groups, plan.validation(), plan.seed());
		remark(split);
		if (split.training().length == 0) throw new IllegalArgumentException("There are no samples to train on.");
		final List<RandomAccessibleInterval<?>> views = Arrays.stream(split.training()).<RandomAccessibleInterval<?>> mapToObj(
			samples::view).toList();
		final Normalization found = found(views);
		final Samples normalized = new NormalizedSamples(samples, found);
		final int batch = batch(split.training().length);
		final long[] counts = new long[names.size()];
		for (final int i : split.training())
			counts[samples.classOf(i)]++;
		return run(new TrainingSetup(draft(Task.CLASSIFICATION, names, found, samples.values().get(split.training()[0])),
			normalized.subset(split.training()), normalized.subset(split.validation()), counts, false, () -> TrainingSetup.shared(
				samples, split)), batch, loss(Loss.crossEntropy(), counts), Augmentation.forClassification(geometry), fingerprint(
					names, views, Arrays.stream(split.validation()).<RandomAccessibleInterval<?>> mapToObj(samples::view).toList(),
					samples.classes()));
	}

	private Split<LabelIndex> split(final LabelIndex index) {
		final List<LabelledImage> images = index.images();
		final Monitor looking = listener.stage("looking for pixels that are no numbers");
		for (int i = 0; i < images.size(); i++) {
			final LabelledImage image = images.get(i);
			NonFinite.refuse(image.image(), axes, image.name(), looking.part(i, images.size()));
			if (index.classes() == null) NonFinite.refuse(image.labels(), axes, "what " + image.name() + " should become", looking
				.part(i, images.size()));
		}
		final Split<LabelIndex> parts = Split.of(index, plan.validation(), plan.seed(), fraction -> scanning().progress(1));
		remark(parts);
		return parts;
	}

	private void remark(final Split<?> split) {
		if (!split.remark().isEmpty()) listener.remark(split.remark());
	}

	private Normalization found(final List<? extends RandomAccessibleInterval<?>> images) {
		if (earlier != null) return earlier.normalization();
		return perImage ? new Normalization.PerImage(normalization) : Normalization.measure(normalization, images, listener
			.stage("measuring the normalisation"));
	}

	private Monitor scanning() {
		return listener.stage("looking through the labels");
	}

	private Fingerprint fingerprint(final List<String> classes, final Split<LabelIndex> parts) {
		return fingerprint(classes, views(parts.training().images()), views(parts.validation().images()));
	}

	/** @param classesOfSamples class numbers, where they are not in the images */
	private Fingerprint fingerprint(final List<String> classes, final List<RandomAccessibleInterval<?>> learnt,
		final List<RandomAccessibleInterval<?>> apart, final int... classesOfSamples)
	{
		if (!checkpoints.isKept()) return Fingerprint.NONE;
		final Fingerprint found = Fingerprint.of(learnt, apart).with("axes", axes).with("patch", Fingerprint.extents(Arrays
			.stream(patch).asLongStream().toArray())).with("normalization", normalization.text() + (perImage ? " per image" : ""))
			.with("augmentation", plan.augmentation()).with("validation", plan.validation()).with("pixel size", geometry
				.spacing() + " " + unit).with("classes", String.join(", ", classes));
		return classesOfSamples.length == 0 ? found : found.with("the classes of the samples", SampleDigest.of(List.of(ArrayImgs
			.ints(classesOfSamples, classesOfSamples.length))));
	}

	private static List<RandomAccessibleInterval<?>> views(final List<LabelledImage> images) {
		return images.stream().<RandomAccessibleInterval<?>> flatMap(i -> Stream.of(i.image(), i.labels())).toList();
	}

	private int batch(final int samples) {
		// What is chosen by free memory must not keep a training from going on.
		if (plan.batch() == 0 && checkpoints.batch() > 0) return checkpoints.batch();
		if (plan.batch() == 0) return BatchSize.automatic(engine.capabilities(), network, samples, patch);
		BatchSize.require(engine.capabilities(), network, plan.batch(), patch);
		return plan.batch();
	}

	/** A segmenting network must give a result of the input's size. */
	private void checkDense(final int results, final String what) {
		final List<Shape> shapes = network.shapes(patch);
		final Shape last = shapes.get(shapes.size() - 1);
		final List<Integer> extents = IntStream.of(patch).boxed().toList();
		if (!last.spatial().equals(extents)) throw new IllegalArgumentException("For every pixel of a patch of " + extents +
			" the network must give a result, but \"" + network.name() + "\" gives " + last +
			". Use a network such as unet, whose convolutions keep the size, and a patch of multiples of " + Arrays.toString(
				network.divisor()) + ".");
		if (last.channels() != results) throw new IllegalArgumentException("The network has " + last.channels() +
			" results, but there are " + results + " " + what + ".");
	}

	/**
	 * The plan's loss, or the usual one of the task; with weights of the classes if the plan balances them.
	 *
	 * @param counts positions of each class that are learnt from
	 */
	private Loss loss(final Loss usual, final long... counts) {
		final Loss chosen = plan.loss() == null ? usual : plan.loss();
		if (chosen.isForClasses() != usual.isForClasses()) throw new IllegalArgumentException("loss=" + chosen.text() +
			" is for " + (usual.isForClasses() ? "target images; classes are learnt by crossentropy, dice, dice+ce or focal."
				: "classes; target images are learnt by mse or mae."));
		if (!plan.balanced()) return chosen;
		if (!(chosen instanceof final Loss.ForClasses loss) || loss.equals(new Loss.Dice(0))) throw new IllegalArgumentException(
			"classweights=balanced has no meaning with loss=" + chosen.text() +
				", which counts all classes alike. Use classweights=none, or loss=dice+ce, crossentropy or focal.");
		return loss.weighted(ClassWeights.balanced(counts));
	}

	private Outcome run(final TrainingSetup setup, final int batch, final Loss loss, final Augmentation augmentation,
		final Fingerprint fingerprint)
	{
		if (setup.heldOut().size() == 0 && (plan.patience() > 0 || plan.schedule() instanceof Schedule.Plateau)) listener.remark(
			"Nothing is kept apart to check with, so that " + (plan.patience() > 0 ? "patience ends nothing early."
				: "the learning rate stays as it is."));
		final TrainingMethod method = new TrainingMethod(loss, plan.optimizer(), CLIP, plan.precision(), plan.device());
		final TrainingSettings settings = new TrainingSettings(plan.epochs(), batch, plan.learningRate(), plan.schedule(),
			method, plan.augmentation() ? augmentation : Augmentation.NONE, plan.patience(), plan.seed());
		final Weights first = first(setup.draft());
		listener.begins(setup, settings);
		final TrainingLoop.Result result = TrainingLoop.run(engine, network, first, setup.training(), setup.heldOut(), settings,
			checkpoints.of(fingerprint), listener, patch);
		return new Outcome(setup.draft().model(result.weights(), result.history()), result);
	}

	private Weights first(final ModelDraft draft) {
		if (earlier == null) return Weights.random(Parameter.of(network, patch), plan.seed());
		if (!earlier.classes().equals(draft.classes())) throw new IllegalArgumentException("The classes are " + String.join(", ",
			draft.classes()) + ", but the model to begin with has learnt " + String.join(", ", earlier.classes()) +
			". Begin anew, or use the same classes.");
		if (!earlier.network().equals(network)) throw new IllegalArgumentException("The network is \"" + network.name() +
			"\" for classes, but the model to begin with has \"" + earlier.network().name() +
			"\" or gives values. Begin anew, or use the same network.");
		return earlier.weights();
	}

	/** A patch from the middle of an image, as it is. */
	private float[] example(final Patches patches) {
		final RandomAccessibleInterval<?> image = patches.parts().training().images().get(0).image();
		final int n = patch.length, channels = (int) image.dimension(n);
		final long[] min = new long[n + 1];
		final int[] size = Arrays.copyOf(patch, n + 1);
		size[n] = channels;
		for (int d = 0; d < n; d++)
			min[d] = (image.dimension(d) - patch[d]) / 2;
		final float[] values = new float[Arrays.stream(size).reduce(1, Math::multiplyExact)];
		BlockReader.of(image, Border.MIRROR).read(min, size, values, 0);
		return values;
	}

	private ModelDraft draft(final Task task, final List<String> classes, final Normalization found, final float[] example) {
		return new ModelDraft(network.name(), network, w -> w, task, axes, found, classes, IntStream.of(patch).boxed().toList(),
			geometry.spacing(), unit, example, List.of());
	}
}
