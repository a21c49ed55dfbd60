package io.github.convoluta.training;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Loss;
import io.github.convoluta.engine.Optimizer;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.TrainingMethod;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.network.Network;
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
 * From images to a trained model, with choices that suit most data.
 *
 * @param engine what trains
 * @param network what is trained
 * @param axes spatial axes: X, XY, XYZ or XYT
 * @param geometry pixel sizes along them
 * @param unit of the pixel sizes
 * @param patch extents of samples, x first
 * @param normalization how samples become the network's input
 * @param perImage whether the normalisation is found for each image, or once over all training images
 * @param plan numbers of the training
 * @param checkpoints where its state is kept
 * @param listener hears of the progress
 */
public record ModelTraining(Engine engine, Network network, String axes, VoxelGeometry geometry, String unit, int[] patch,
	Normalization.Method normalization, boolean perImage, Plan plan, Checkpoints checkpoints, TrainingLoop.Listener listener)
{

	/**
	 * How long, how fast and on how much is trained.
	 *
	 * @param epochs passes over the samples
	 * @param batch samples per step; 0 to choose
	 * @param steps of an epoch, for patches; 0 to choose
	 * @param learningRate largest learning rate
	 * @param augmentation whether samples are changed at random
	 * @param validation share that is not trained on
	 * @param precision in which layers compute
	 * @param device where
	 * @param seed of all that is random
	 */
	public record Plan(int epochs, int batch, int steps, double learningRate, boolean augmentation, double validation,
		Precision precision, Device device, long seed)
	{

		/** What dialogs and programs begin with. */
		public static final Plan USUAL = new Plan(20, 0, 0, 0.003, true, 0.2, Precision.FP32, Device.CPU, 1);
	}

	/**
	 * @param model what was learnt
	 * @param result how
	 */
	public record Outcome(TrainedModel model, TrainingLoop.Result result) {}

	/** Norm to which longer gradients are shortened: keeps rare bad batches from undoing what was learnt. */
	private static final double CLIP = 5;
	/** Characters of the classes' names in a description. */
	private static final int LONGEST_LIST = 800;

	/** Patches of labelled images: an epoch of those to learn from, and some to check with. */
	private record Patches(Split<LabelIndex> parts, Normalization normalization, int batch, Samples training,
		Samples validation)
	{}

	/**
	 * Trains a segmentation with a loss of Dice and cross-entropy.
	 *
	 * @param images labelled images, which are read when they are needed
	 * @param classes what their label values mean
	 * @throws IllegalArgumentException if sizes, channels, labels or the network don't fit each other, or memory is short
	 */
	public Outcome segmentation(final List<LabelledImage> images, final ClassValues classes) {
		checkDense(classes.count(), "classes");
		return segmentation(LabelIndex.of(images, classes, scanning()));
	}

	/**
	 * Trains a segmentation of images whose labels were looked through.
	 *
	 * @throws IllegalArgumentException if sizes, channels, labels or the network don't fit each other, or memory is short
	 */
	public Outcome segmentation(final LabelIndex images) {
		final ClassValues classes = images.classes();
		checkDense(classes.count(), "classes");
		final Patches patches = patches(images);
		final TrainingLoop.Result result = run(patches.training(), patches.validation(), patches.batch(), new Loss.Dice(1),
			Augmentation.forSegmentation(geometry), fingerprint(classes.names(), patches.parts()).with("sparse", classes
				.sparse()));
		return outcome(Task.SEGMENTATION, classes.names(), patches.normalization(), example(patches), network, result.weights(),
			result);
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
		return with(network.logits()).values(images, names);
	}

	private Outcome values(final List<LabelledImage> images, final List<String> names) {
		checkDense(names.size(), "channels of the target");
		final Patches patches = patches(LabelIndex.ofValues(images));
		final TargetRange range = TargetRange.of(patches.parts().training().images().stream().map(LabelledImage::labels)
			.toList(), listener.stage("measuring the targets"));
		final TrainingLoop.Result result = run(range.standardized(patches.training()), range.standardized(patches.validation()),
			patches.batch(), new Loss.MeanSquaredError(), Augmentation.forValues(geometry), fingerprint(names, patches.parts()));
		return outcome(Task.REGRESSION, names, patches.normalization(), example(patches), range.restored(network), range
			.restored(network, result.weights(), patch), result);
	}

	private ModelTraining with(final Network other) {
		return new ModelTraining(engine, other, axes, geometry, unit, patch, normalization, perImage, plan, checkpoints,
			listener);
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
		final TrainingLoop.Result result = run(normalized.subset(split.training()), normalized.subset(split.validation()), batch,
			Loss.crossEntropy(), Augmentation.forClassification(geometry), !checkpoints.isKept() ? Fingerprint.NONE : Fingerprint
				.of(this, names, views, Arrays.stream(split.validation()).<RandomAccessibleInterval<?>> mapToObj(samples::view)
					.toList()).with("the classes of the samples", SampleDigest.of(List.of(ArrayImgs.ints(samples.classes(), samples
						.size())))));
		return outcome(Task.CLASSIFICATION, names, found, samples.values().get(split.training()[0]), network, result.weights(),
			result);
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
		return perImage ? new Normalization.PerImage(normalization) : Normalization.measure(normalization, images, listener
			.stage("measuring the normalisation"));
	}

	private Monitor scanning() {
		return listener.stage("looking through the labels");
	}

	private Fingerprint fingerprint(final List<String> classes, final Split<LabelIndex> parts) {
		return checkpoints.isKept() ? Fingerprint.of(this, classes, views(parts.training().images()), views(parts.validation()
			.images())) : Fingerprint.NONE;
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

	private TrainingLoop.Result run(final Samples training, final Samples validation, final int batch, final Loss loss,
		final Augmentation augmentation, final Fingerprint fingerprint)
	{
		final TrainingMethod method = new TrainingMethod(loss, Optimizer.adam(), CLIP, plan.precision(), plan.device());
		return TrainingLoop.run(engine, network, training, validation, new TrainingSettings(plan.epochs(), batch, plan
			.learningRate(), new Schedule.OneCycle(), method, plan.augmentation() ? augmentation : Augmentation.NONE, 0, plan
				.seed()), checkpoints.of(fingerprint), listener, patch);
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

	private Outcome outcome(final Task task, final List<String> classes, final Normalization found, final float[] example,
		final Network trained, final Weights weights, final TrainingLoop.Result result)
	{
		final String kind = task.name().toLowerCase(Locale.ROOT);
		final List<Integer> extents = new ArrayList<>();
		for (final int p : patch)
			extents.add(p);
		final String name = (kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + network.name())
			.replaceAll("[^A-Za-z0-9_+\\- ()]", " ");
		final TrainedModel.About about = new TrainedModel.About(name.substring(0, Math.min(128, name.length())), "A " + network
			.dimensions() + "-D " + kind + " of " + named(classes) + ".", Instant.now().truncatedTo(ChronoUnit.SECONDS)
				.toString());
		return new Outcome(new TrainedModel(about, trained, weights, task, axes, found, classes, extents, geometry.spacing(),
			unit, example, result.history().toCsv()), result);
	}

	/** The first names, as many as fit into a description. */
	private static String named(final List<String> classes) {
		final StringBuilder s = new StringBuilder();
		for (int i = 0; i < classes.size(); i++) {
			final String name = classes.get(i).replaceAll("\\p{Cntrl}", " ");
			if (s.length() + name.length() > LONGEST_LIST) return s + (i == 0 ? "" : " and ") + (classes.size() - i) + (i == 0
				? " classes" : " more");
			s.append(i == 0 ? "" : ", ").append(name);
		}
		return s.toString();
	}
}
