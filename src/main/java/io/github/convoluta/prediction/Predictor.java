package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.convoluta.engine.ComputingThread;
import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.engine.SystemMemory;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.model.NetworkInput;
import io.github.convoluta.model.Task;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.torch.Processor;
import io.github.convoluta.torch.Torch;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.planar.PlanarImgs;

/**
 * A trained model at work. Images are views whose last axis is the channels; they are read tile by tile, so they may be
 * larger than memory. The engine computes on a thread of its own, so that a cancelled prediction returns at once. For one
 * thread at a time; {@link #close} frees the memory.
 */
public final class Predictor implements AutoCloseable {

	/**
	 * How dense predictions are made.
	 *
	 * @param tile extents of a tile without its halo, x first; null for the largest that fit into memory
	 * @param blend share of a tile by which neighbours overlap and are blended, 0 to 0.5; 0 for none
	 * @param flips whether predictions of all flips along spatial axes are averaged, which takes 2, 4 or 8 times as long
	 * @param memory bytes that a tile may take in all; 0 for 40 % of what is free
	 */
	public record Options(int[] tile, double blend, boolean flips, double memory) {

		public static final Options USUAL = new Options(null, 0, false);

		/** As much memory as is usual. */
		public Options(final int[] tile, final double blend, final boolean flips) {
			this(tile, blend, flips, 0);
		}

		public Options {
			if (!(memory >= 0)) throw new IllegalArgumentException("A tile can't take " + memory + " bytes of memory.");
			if (!(blend >= 0 && blend <= 0.5)) throw new IllegalArgumentException("Tiles can overlap by 0 to 0.5 of their size, not " +
				blend + ".");
		}
	}

	/** Free memory that a tile may take, and that of the Java heap. */
	private static final double SHARE = 0.4, HEAP_SHARE = 0.8;

	private final TrainedModel model;
	private final ComputingThread engine = new ComputingThread();
	private final Torch torch;
	private boolean sawNonFinite;

	/**
	 * A predictor whose loading nobody stops.
	 *
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public Predictor(final TrainedModel model, final Precision precision, final Device device) {
		this(model, precision, device, Monitor.NONE);
	}

	/**
	 * @param monitor called several times a second while the engine loads
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 * @throws CancellationException if the monitor cancels
	 */
	public Predictor(final TrainedModel model, final Precision precision, final Device device, final Monitor monitor) {
		this.model = model;
		final AtomicReference<Torch> loaded = new AtomicReference<>();
		boolean isReady = false;
		try {
			torch = engine.call(() -> {
				loaded.set(Torch.load(model.network(), model.weights(), precision, device));
				return loaded.get();
			}, () -> monitor.progress(0));
			isReady = true;
		}
		finally {
			if (!isReady) engine.end(() -> {
				if (loaded.get() != null) loaded.get().close();
			});
		}
	}

	/**
	 * Probabilities of the classes of a whole image, or values. Images of other extents than the training's are resized.
	 *
	 * @throws IllegalArgumentException if channels or axes don't fit
	 */
	public float[] classify(final RandomAccessibleInterval<?> image) {
		check(image);
		final int[] extents = model.patchExtents();
		// As in training, a normalisation for each image is found over the resized one.
		final float[] values = read(NetworkInput.of(Resizing.resize(image, extents), model.normalization(), extents), new long[extents.length],
			extents);
		return engine.call(() -> torch.predict(values, shape(extents)), () -> {});
	}

	/**
	 * Predicts every pixel.
	 *
	 * @param labels gets the value of the most probable class: see
	 *          {@link #classValues}; null for none
	 * @param probabilities gets one probability per class, or values, along its last axis; null for none
	 * @throws IllegalArgumentException if channels or axes don't fit, or memory is short
	 * @throws CancellationException if the monitor cancels, at the latest after a fifth of a second
	 */
	public void segment(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels,
		final RandomAccessibleInterval<?> probabilities, final Options options, final Monitor monitor)
	{
		check(image);
		final long[] extents = Arrays.copyOf(image.dimensionsAsLongArray(), model.network().dimensions());
		segment(image, labels, probabilities, tiling(extents, options), options, monitor);
	}

	/**
	 * How an image of these extents is cut into tiles.
	 *
	 * @throws IllegalArgumentException if memory is short; the message has the numbers
	 */
	public Tiling tiling(final long[] extents, final Options options) {
		if (model.task() == Task.CLASSIFICATION) throw new IllegalArgumentException(
			"This model classifies whole images; it has no result for every pixel.");
		System.gc();
		final double free = SystemMemory.available(), limit = options.memory() == 0 ? SHARE * free : Math.min(options.memory(), free);
		return Tiling.of(new TileMemory(model.network(), Processor.operators().unfolds(), options.flips()), extents, options.tile(), options.blend(),
			new Tiling.Limit(limit, HEAP_SHARE * freeHeap()));
	}

	/** The same with tiles that {@link #tiling} has found for an image of these extents. */
	public void segment(final RandomAccessibleInterval<?> image, final RandomAccessibleInterval<?> labels,
		final RandomAccessibleInterval<?> probabilities, final Tiling tiling, final Options options, final Monitor monitor)
	{
		check(image);
		final boolean blends = options.blend() > 0;
		final RandomAccessibleInterval<?> sums = probabilities != null || !blends ? probabilities : accumulator(tiling.extents());
		final NetworkInput input = NetworkInput.of(image, model.normalization(), fraction -> monitor.progress(0));
		final List<Tiling.Tile> tiles = tiling.tiles();
		final float[] values = classValues(model.classes());
		int done = 0;
		for (final Tiling.Tile tile : tiles) {
			final double progress = (double) done++ / tiles.size();
			monitor.progress(progress);
			final float[] result = predict(input, tile, options.flips(), monitor, progress);
			final TileResult computed = new TileResult(result, tile, model.classes().size());
			if (sums != null) computed.write(sums, blends ? tiling : null);
			if (labels != null && !blends) computed.writeLabels(labels, values);
		}
		if (labels != null && blends) Decisions.write(sums, labels, values);
		monitor.progress(1);
	}

	private RandomAccessibleInterval<?> accumulator(final long[] extents) {
		final long[] size = Arrays.copyOf(extents, extents.length + 1);
		size[extents.length] = model.classes().size();
		final long bytes = Arrays.stream(size).reduce(4, Math::multiplyExact);
		final long free = freeHeap();
		if (bytes > free) throw new IllegalArgumentException("Blended tiles need " + bytes / 1_000_000 + " MB of Java memory, but " +
			free / 1_000_000 + " MB are free. Use no blending, or give ImageJ more memory (Edit>Options>Memory & Threads).");
		// A plain image of planes; one with a single axis besides the channels is a plane itself.
		return PlanarImgs.floats(size);
	}

	private static long freeHeap() {
		final Runtime runtime = Runtime.getRuntime();
		return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
	}

	/**
	 * The values of labels: the class names, if they are all whole numbers that a 32-bit image can hold; otherwise 1, 2, 3,
	 * ..., the classes' places.
	 */
	public static float[] classValues(final List<String> classes) {
		final boolean numbers = classes.stream().allMatch(Predictor::isLabel);
		final float[] values = new float[classes.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = numbers ? Long.parseLong(classes.get(i)) : i + 1;
		return values;
	}

	private static boolean isLabel(final String name) {
		return name.matches("0|-?[1-9]\\d{0,9}") && (long) (float) Long.parseLong(name) == Long.parseLong(name);
	}

	private float[] predict(final NetworkInput image, final Tiling.Tile tile, final boolean flips, final Monitor monitor,
		final double progress)
	{
		final int n = tile.blockSize().length;
		final float[] input = read(image, tile.blockMin(), tile.blockSize());
		final long[] shape = shape(tile.blockSize());
		if (!flips) return engine.call(() -> torch.predict(input, shape), () -> monitor.progress(progress));
		final int spatial = model.axes().endsWith("T") ? n - 1 : n;
		float[] sum = null;
		for (int f = 0; f < 1 << spatial; f++) {
			final int flip = f;
			final float[] result = engine.call(() -> Flip.apply(torch.predict(Flip.apply(input, tile.blockSize(), flip), shape), tile
				.blockSize(), flip), () -> monitor.progress(progress));
			if (sum == null) sum = result;
			else for (int i = 0; i < sum.length; i++)
				sum[i] += result[i];
		}
		for (int i = 0; i < sum.length; i++)
			sum[i] /= 1 << spatial;
		return sum;
	}

	private float[] read(final NetworkInput image, final long[] min, final int[] extents) {
		final float[] values = new float[Arrays.stream(extents).reduce(model.network().channels(), Math::multiplyExact)];
		sawNonFinite |= !image.read(min, extents, values, 0);
		return values;
	}

	/**
	 * Whether anything that was predicted from was NaN or infinite. Results are wrong as far as the network sees such a
	 * pixel: everywhere, if it has layers that see the whole image.
	 */
	public boolean sawNonFinite() {
		return sawNonFinite;
	}

	private long[] shape(final int[] extents) {
		final int n = extents.length;
		return IntStream.range(0, n + 2).mapToLong(i -> i == 0 ? 1 : i == 1 ? model.network().channels() : extents[n + 1 -
			i]).toArray();
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
		engine.end(torch::close);
	}
}
