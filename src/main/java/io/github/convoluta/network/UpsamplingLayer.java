package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

/** Enlarges by whole factors, by repetition or linear interpolation. */
public record UpsamplingLayer(List<Integer> factor, boolean linear) implements Layer {

	public UpsamplingLayer {
		factor = LayerChecks.positive("upsampling factor", factor);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "UpSampling" + dimensions + "D";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, factor.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < factor.size(); d++)
			out.add(in.spatial().get(d) * factor.get(d));
		return new Shape(out, in.channels());
	}

	@Override
	public int reach(final int d) {
		return linear ? 2 : 1;
	}

	@Override
	public double step(final int d) {
		return 1.0 / factor.get(d);
	}
}
