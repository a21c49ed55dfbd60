package io.github.convoluta.network;

import java.util.List;

/**
 * Dropout while training.
 *
 * @param rate share of values set to 0
 * @param spatial whether whole channels are dropped rather than single values
 */
public record DropoutLayer(double rate, boolean spatial) implements Layer {

	public DropoutLayer {
		LayerChecks.share("dropout rate", rate);
	}

	@Override
	public String kerasName(final int dimensions) {
		return spatial ? "SpatialDropout" + dimensions + "D" : "Dropout";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return LayerChecks.one(inputs, 0);
	}
}
