package io.github.convoluta.network;

import java.util.List;

/** All values as one vector. */
public record FlattenLayer() implements Layer {

	@Override
	public String kerasName(final int dimensions) {
		return "Flatten";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Shape.vector(LayerChecks.extent(LayerChecks.one(inputs, 0).count()));
	}
}
