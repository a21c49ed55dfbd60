package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** One value per channel: the mean or the maximum over all positions. */
@JsonTypeName("global pooling")
public record GlobalPoolingLayer(boolean max) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('G', "", CodeLetter.Reads.POSITIONS, 0,
		n -> new GlobalPoolingLayer(false)));

	@Override
	public String kerasName(final int dimensions) {
		return (max ? "GlobalMaxPooling" : "GlobalAveragePooling") + dimensions + "D";
	}

	@Override
	public String prefix() {
		return "pool";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, 0);
		if (in.dimensions() == 0) throw new IllegalArgumentException("its input is " + in +
			", a vector without positions to pool over");
		return Shape.vector(in.channels());
	}

	@Override
	public boolean keepsPositions() {
		return false;
	}
}
