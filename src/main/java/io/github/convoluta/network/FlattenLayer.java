package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** All values as one vector. */
@JsonTypeName("flatten")
public record FlattenLayer() implements Layer {

	@Override
	public String kerasName(final int dimensions) {
		return "Flatten";
	}

	@Override
	public String prefix() {
		return "flatten";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return Shape.vector(LayerChecks.extent(LayerChecks.one(inputs, 0).count()));
	}

	@Override
	public boolean keepsPositions() {
		return false;
	}
}
