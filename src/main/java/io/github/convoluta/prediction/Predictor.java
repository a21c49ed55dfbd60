package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.convoluta.engine.ComputingThread;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.model.NetworkInput;
import io.github.convoluta.model.Normalization;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import net.imglib2.RandomAccessibleInterval;

/**
 * A trained model at work. Images are views of real numbers whose last axis is the channels; before it lie the model's
 * spatial axes, x first. The engine computes on a thread of its own, so that a cancelled prediction returns at once. May be
 * used from several threads, whose predictions wait for each other; {@link #close} frees the memory.
 *
 * <p>
 * {@link #labels} and {@link #values} predict whole images. What they do is open: {@link #tiling} plans, {@link #on} predicts
 * tile by tile, and {@link TileSink} puts results together.
 */
public final class Predictor implements AutoCloseable {

	/** Free memory that a tile may take, and that of the Java heap. */
	private static final double SHARE = 0.4, HEAP_SHARE = 0.8;

	private final TrainedModel model;
	private final ComputingThread thread = new ComputingThread();
	private final Engine engine;
	private final Inference inference;

	/**
	 * A predictor whose loading nobody stops.
	 *
	 * @param engine what computes
	 * @param model what predicts
	 * @param precision in which layers compute
	 * @param device where
	 * @throws IllegalStateException if the engine can't be loaded on this machine; the message says why
	 */
	public Predictor(final Engine engine, final TrainedModel model, final Precision precision, final Device device) {
		this(engine, model, precision, device, Monitor.NONE);
	}

	/**
	 * @param engine what computes
	 * @param model what predicts
	 * @param precision in which layers compute
	 * @param device where
	 * @param monitor called several times a second while the engine loads
	 * @throws IllegalStateException if the engine can't be loaded on this machine; the message says why
	 * @throws CancellationException if the monitor cancels
	 */
	public Predictor(final Engine engine, final TrainedModel model, final Precision precision, final Device device,
		final Monitor monitor)
	{
		this.engine = engine;
		this.model = model;
		final AtomicReference<Inference> loaded = new AtomicReference<>();
		boolean isReady = false;
		try {
			inference = thread.call(() -> {
				loaded.set(engine.load(model.network(), model.weights(), precision, device));
				return loaded.get();
			}, () -> monitor.progress(0));
			isReady = true;
		}
		finally {
			if (!isReady) thread.end(() -> {
				if (loaded.get() != null) loaded.get().close();
			});
		}
	}

	/**
	 * {@return the probabilities of the classes of a whole image, or values} Images of other extents than the training's
	 * are resized.
	 *
	 * @param image with the model's spatial axes, x first, then its channels
	 * @throws IllegalArgumentException if channels or axes don't fit
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	public ClassScores classify(final RandomAccessibleInterval<?> image) {
		check(image);
		final int[] extents = model.patchExtents();
		final float[] values = new float[Arrays.stream(extents).reduce(model.network().channels(), Math::multiplyExact)];
		// As in training, a normalisation for each image is found over the resized one.
		final boolean isFinite = NetworkInput.of(Resizing.resize(image, extents), model.normalization(), extents).read(
			new long[extents.length], extents, values, 0);
		return new ClassScores(compute(values, extents, () -> {}), !isFinite);
	}

	/**
	 * Labels every pixel: with the value of its most probable class, see {@link LabelValues}.
	 *
	 * @param image with the model's spatial axes, x first, then its channels
	 * @param target any real type that holds the values, with the extents of the image or the options' region
	 * @param options how it is cut into tiles
	 * @param monitor hears the progress and may cancel by throwing
	 * @return whether anything that was predicted from was NaN or infinite: see {@link TileResult#sawNonFinite}
	 * @throws IllegalArgumentException if channels, axes or extents don't fit, or memory is short
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 * @throws CancellationException if the monitor cancels, at the latest after a fifth of a second
	 */
	public boolean labels(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> target,
		final PredictionOptions options, final Monitor monitor)
	{
		final Tiling tiling = tilingOf(image, options);
		return on(image, options, monitor).predict(tiling, TileSink.labels(tiling, LabelValues.of(model), target), monitor);
	}

	/**
	 * Gives every pixel its probabilities of the classes, or values.
	 *
	 * @param image with the model's spatial axes, x first, then its channels
	 * @param target any real type, with the extents of the image or the options' region, and the channels as its last axis. All
	 *          0 before, if tiles are blended
	 * @param options how it is cut into tiles
	 * @param monitor hears the progress and may cancel by throwing
	 * @return whether anything that was predicted from was NaN or infinite: see {@link TileResult#sawNonFinite}
	 * @throws IllegalArgumentException if channels, axes or extents don't fit, or memory is short
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 * @throws CancellationException if the monitor cancels, at the latest after a fifth of a second
	 */
	public boolean values(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> target,
		final PredictionOptions options, final Monitor monitor)
	{
		final Tiling tiling = tilingOf(image, options);
		return on(image, options, monitor).predict(tiling, TileSink.values(tiling, target), monitor);
	}

	private Tiling tilingOf(final RandomAccessibleInterval<?> image, final PredictionOptions options) {
		check(image);
		return tiling(Arrays.copyOf(image.dimensionsAsLongArray(), model.network().dimensions()), options);
	}

	/**
	 * {@return how an image of these extents is cut into tiles}
	 *
	 * @param extents the spatial ones, x first
	 * @param options how it is cut into tiles
	 * @throws IllegalArgumentException if memory is short; the message has the numbers
	 */
	public Tiling tiling(final long[] extents, final PredictionOptions options) {
		checkDense();
		final TilePlanner planner = new TilePlanner(new TileMemory(model.network(), engine.capabilities().unfolds(), options
			.flips()), extents, options);
		final Tiling largest = planner.largest();
		if (limit(options).allows(largest)) return largest;
		// Garbage counts as taken, and matters only where memory is short.
		System.gc();
		return planner.within(limit(options));
	}

	private static TilePlanner.Limit limit(final PredictionOptions options) {
		final double free = SystemMemory.available();
		return new TilePlanner.Limit(options.memory() == 0 ? SHARE * free : Math.min(options.memory(), free), HEAP_SHARE *
			SystemMemory.freeHeap());
	}

	/**
	 * {@return an image for which the model has a result for every pixel} If its numbers are normalised by what is found
	 * over the whole image, that is found here, once.
	 *
	 * @param image with the model's spatial axes, x first, then its channels
	 * @param options whether flips are averaged
	 * @param monitor may stop this
	 * @throws IllegalArgumentException if channels or axes don't fit
	 * @throws CancellationException if the monitor cancels
	 */
	public ImagePrediction on(final RandomAccessibleInterval<?> image, final PredictionOptions options,
		final Monitor monitor)
	{
		checkDense();
		check(image);
		return new ImagePrediction(this, NetworkInput.of(image, model.normalization(), fraction -> monitor.progress(0)), options
			.flips());
	}

	/**
	 * {@return the same with a normalisation that is known: each of many jobs on one image then needs to read only its
	 * own tiles}
	 *
	 * @param image with the model's spatial axes, x first, then its channels
	 * @param options how it is cut into tiles
	 * @param numbers found by {@link Normalization#of} over the whole image
	 * @throws IllegalArgumentException if channels or axes don't fit
	 */
	public ImagePrediction on(final RandomAccessibleInterval<?> image, final PredictionOptions options,
		final Normalization.Fixed numbers)
	{
		checkDense();
		check(image);
		return new ImagePrediction(this, new NetworkInput(image, numbers), options.flips());
	}

	TrainedModel model() {
		return model;
	}

	/**
	 * What the network says.
	 *
	 * @param input normalised, all channels, x fastest
	 * @param extents spatial ones, x first
	 * @param meanwhile runs several times a second; what it throws ends the waiting
	 */
	float[] compute(final float[] input, final int[] extents, final Runnable meanwhile) {
		final int n = extents.length;
		final long[] shape = IntStream.range(0, n + 2).mapToLong(i -> i == 0 ? 1 : i == 1 ? model.network().channels()
			: extents[n + 1 - i]).toArray();
		return thread.call(() -> inference.predict(input, shape), meanwhile);
	}

	private void checkDense() {
		if (model.task() == Task.CLASSIFICATION) throw new IllegalArgumentException(
			"This model classifies whole images; it has no result for every pixel.");
	}

	private void check(final RandomAccessibleInterval<?> image) {
		final int n = model.network().dimensions();
		if (image.numDimensions() != n + 1 || image.dimension(n) != model.network().channels())
			throw new IllegalArgumentException("The model \"" + model.about().name() + "\" takes images with the axes " + model
				.axes() + " and " + model.network().channels() + (model.network().channels() == 1 ? " channel" : " channels") +
				", but this one has " + (image.numDimensions() - 1) + " axes and " + image.dimension(image.numDimensions() - 1) +
				(image.dimension(image.numDimensions() - 1) == 1 ? " channel." : " channels."));
	}

	@Override
	public void close() {
		// A tile that is still being computed for nobody is waited for by its own thread.
		thread.end(inference::close);
	}
}
