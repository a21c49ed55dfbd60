package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Adds zeros at both ends of each axis. */
@JsonTypeName("zero padding")
public record ZeroPaddingLayer(List<Integer> before, List<Integer> after) implements Layer {

	public ZeroPaddingLayer {
		before = LayerChecks.notNegative("zero padding before", before);
		after = LayerChecks.notNegative("zero padding after", after);
		LayerChecks.sameLength("zero padding after", after, before);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "ZeroPadding" + dimensions + "D";
	}

	@Override
	public String prefix() {
		return "zeropadding";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, before.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < before.size(); d++)
			out.add(LayerChecks.extent((long) in.spatial().get(d) + before.get(d) + after.get(d)));
		return new Shape(out, in.channels());
	}

	@Override
	public int axes() {
		return before.size();
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		return new Span(results.first() - before.get(d), results.last() - before.get(d));
	}
}
