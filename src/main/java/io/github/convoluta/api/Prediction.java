package io.github.convoluta.api;

import java.util.Arrays;

import io.github.convoluta.engine.Device;
import io.github.convoluta.engine.Precision;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.prediction.ClassScores;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.torch.TorchEngine;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Util;

/**
 * A trained model that is loaded, at work on images. An image has the model's spatial axes, x first, and the channels as
 * its last axis, which one of a single channel may lack; its pixels are real numbers, in the unit of the training's images.
 * It is read tile by tile, so it may be larger than memory; results are new images. May be used from several threads, whose
 * predictions wait for each other; {@link #close} frees the memory.
 */
public final class Prediction implements AutoCloseable {

	private final TrainedModel model;
	private final Predictor predictor;

	private Prediction(final TrainedModel model, final Precision precision, final Device device) {
		this.model = model;
		predictor = new Predictor(new TorchEngine(), model, precision, device);
	}

	/**
	 * Loads a model for the processor, to compute with 32 bits.
	 *
	 * @param model trained or opened
	 * @return its predictions
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Prediction of(final TrainedModel model) {
		return new Prediction(model, Precision.FP32, Device.CPU);
	}

	/**
	 * Loads a model for a device.
	 *
	 * @param model trained or opened
	 * @param precision in which layers compute
	 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} or {@code mps}
	 * @return its predictions
	 * @throws IllegalArgumentException if the device is not there; the message names those that are
	 * @throws IllegalStateException if libtorch can't be loaded on this machine; the message says why
	 */
	public static Prediction of(final TrainedModel model, final Precision precision, final String device) {
		return new Prediction(model, precision, Device.parse(device));
	}

	/**
	 * Labels every pixel with the value of its most probable class, with the largest tiles that fit into memory.
	 *
	 * @param image of any origin
	 * @return labels with the image's spatial extents: the values that were trained with, or 1, 2, ... if classes have names
	 * @throws IllegalArgumentException if the model classifies whole images, or the image does not fit it
	 */
	public Img<FloatType> labels(final RandomAccessibleInterval<?> image) {
		return labels(image, PredictionOptions.USUAL);
	}

	/**
	 * Labels every pixel with the value of its most probable class.
	 *
	 * @param image of any origin
	 * @param options tiles, blending, flips, memory, and the region that is predicted
	 * @return labels with the spatial extents of the image or the region
	 * @throws IllegalArgumentException if the model classifies whole images, the image does not fit it, or memory is short
	 */
	public Img<FloatType> labels(final RandomAccessibleInterval<?> image, final PredictionOptions options) {
		final Img<FloatType> target = target(image, options, false);
		predictor.labels(withChannels(image), target, options, Monitor.NONE);
		return target;
	}

	/**
	 * Gives every pixel its probabilities of the classes, or the values that it should have, with the largest tiles that fit
	 * into memory.
	 *
	 * @param image of any origin
	 * @return the image's spatial extents, then one channel per class or value
	 * @throws IllegalArgumentException if the model classifies whole images, or the image does not fit it
	 */
	public Img<FloatType> probabilities(final RandomAccessibleInterval<?> image) {
		return probabilities(image, PredictionOptions.USUAL);
	}

	/**
	 * Gives every pixel its probabilities of the classes, or the values that it should have.
	 *
	 * @param image of any origin
	 * @param options tiles, blending, flips, memory, and the region that is predicted
	 * @return the spatial extents of the image or the region, then one channel per class or value
	 * @throws IllegalArgumentException if the model classifies whole images, the image does not fit it, or memory is short
	 */
	public Img<FloatType> probabilities(final RandomAccessibleInterval<?> image, final PredictionOptions options) {
		final Img<FloatType> target = target(image, options, true);
		predictor.values(withChannels(image), target, options, Monitor.NONE);
		return target;
	}

	/**
	 * Probabilities of the classes of a whole image, which is resized to the extents that were trained with.
	 *
	 * @param image of any extents and origin
	 * @return one probability per class of {@link TrainedModel#classes}
	 * @throws IllegalArgumentException if the image does not fit the model
	 */
	public ClassScores classify(final RandomAccessibleInterval<?> image) {
		return predictor.classify(withChannels(image));
	}

	private RandomAccessibleInterval<?> withChannels(final RandomAccessibleInterval<?> image) {
		return ChannelAxis.of(image, model.network().dimensions());
	}

	private Img<FloatType> target(final RandomAccessibleInterval<?> image, final PredictionOptions options,
		final boolean channels)
	{
		final int n = model.network().dimensions();
		final long[] extents = options.region() == null ? image.dimensionsAsLongArray() : options.region()
			.dimensionsAsLongArray();
		final long[] size = Arrays.copyOf(extents, channels ? n + 1 : n);
		if (channels) size[n] = model.classes().size();
		return Util.getSuitableImgFactory(new FinalDimensions(size), new FloatType()).create(size);
	}

	@Override
	public void close() {
		predictor.close();
	}
}
