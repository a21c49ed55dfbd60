package io.github.convoluta.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;

import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.convoluta.model.TrainedModel;

/** The picture on a model file: the middle of its example, or its curve. */
public final class ModelCover {

	private static final int SIZE = 256;

	private ModelCover() {}

	/** A square picture in PNG format. */
	public static byte[] png(final TrainedModel model) {
		final int width = model.patch().get(0), height = model.patch().size() > 1 ? model.patch().get(1) : 1;
		final int slices = model.patch().size() > 2 ? model.patch().get(2) : 1, middle = slices / 2 * width * height;
		final float[] values = new float[width * height];
		System.arraycopy(model.example(), middle, values, 0, values.length);
		final ImageProcessor plane = height > 1 ? new FloatProcessor(width, height, values) : curve(values);
		plane.resetMinAndMax();
		plane.setInterpolationMethod(ImageProcessor.BILINEAR);
		final BufferedImage picture = plane.resize(SIZE, SIZE).convertToByte(true).getBufferedImage();
		final ByteArrayOutputStream png = new ByteArrayOutputStream();
		try {
			ImageIO.write(picture, "png", png);
			return png.toByteArray();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static FloatProcessor curve(final float[] values) {
		final FloatProcessor ip = new FloatProcessor(SIZE, SIZE);
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final float v : values) {
			min = Math.min(min, v);
			max = Math.max(max, v);
		}
		ip.setValue(1);
		for (int x = 0; x < SIZE; x++) {
			final float v = values[x * values.length / SIZE];
			final int y = (int) ((SIZE - 1) * (1 - (v - min) / Math.max(Float.MIN_NORMAL, max - min)));
			if (x == 0) ip.moveTo(x, y);
			else ip.lineTo(x, y);
		}
		return ip;
	}
}
