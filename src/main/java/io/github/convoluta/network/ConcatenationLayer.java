package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** All channels of all inputs, one after the other. */
@JsonTypeName("concatenation")
public record ConcatenationLayer() implements Layer {

	@Override
	public String kerasName(final int dimensions) {
		return "Concatenate";
	}

	@Override
	public String prefix() {
		return "concat";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		LayerChecks.sameSpatial("concatenated", inputs);
		return inputs.get(0).withChannels(LayerChecks.extent(inputs.stream().mapToLong(Shape::channels).sum()));
	}
}
