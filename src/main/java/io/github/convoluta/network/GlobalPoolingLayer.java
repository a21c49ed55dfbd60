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
		return Shape.vector(LayerChecks.one(inputs, -1).channels());
	}
}
