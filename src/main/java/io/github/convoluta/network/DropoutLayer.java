package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Dropout while training.
 *
 * @param rate share of values set to 0
 * @param spatial whether whole channels are dropped rather than single values
 */
@JsonTypeName("dropout")
public record DropoutLayer(double rate, boolean spatial) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('O', "n", CodeLetter.Reads.ANYTHING, 0, n -> {
		if (n.value() >= 100) throw new IllegalArgumentException("dropout must be below 100 %");
		return new DropoutLayer(n.value(50) / 100.0, false);
	}));

	public DropoutLayer {
		LayerChecks.share("dropout rate", rate);
	}

	@Override
	public String kerasName(final int dimensions) {
		return spatial ? "SpatialDropout" + dimensions + "D" : "Dropout";
	}

	@Override
	public String prefix() {
		return "dropout";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		return LayerChecks.one(inputs, 0);
	}
}
