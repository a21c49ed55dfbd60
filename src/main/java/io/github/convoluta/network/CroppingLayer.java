package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Cuts samples off both ends of each axis. */
@JsonTypeName("cropping")
public record CroppingLayer(List<Integer> before, List<Integer> after) implements Layer {

	public CroppingLayer {
		before = LayerChecks.notNegative("cropping before", before);
		after = LayerChecks.notNegative("cropping after", after);
		LayerChecks.sameLength("cropping after", after, before);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Cropping" + dimensions + "D";
	}

	@Override
	public String prefix() {
		return "cropping";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, before.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < before.size(); d++) {
			final int left = in.spatial().get(d) - before.get(d) - after.get(d);
			if (left < 1) throw LayerChecks.tooSmall(in, "part cut off");
			out.add(left);
		}
		return new Shape(out, in.channels());
	}

	@Override
	public int axes() {
		return before.size();
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		return new Span(results.first() + before.get(d), results.last() + before.get(d));
	}
}
