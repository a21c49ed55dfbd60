package io.github.convoluta.network;

import java.util.List;

/** One value per channel: the mean or the maximum over all positions. */
public record GlobalPoolingLayer(boolean max) implements Layer {

	@Override
	public String kerasName(final int dimensions) {
		return (max ? "GlobalMaxPooling" : "GlobalAveragePooling") + dimensions + "D";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, 0);
		if (in.dimensions() == 0) throw new IllegalArgumentException("its input is " + in + ", a vector without positions to pool over");
		return Shape.vector(in.channels());
	}
}
