package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Enlarges by whole factors, by repetition or linear interpolation. */
@JsonTypeName("upsampling")
public record UpsamplingLayer(List<Integer> factor, boolean linear) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('U', "n", CodeLetter.Reads.POSITIONS, -1,
		n -> new UpsamplingLayer(n.all(n.value(2)), false)));

	public UpsamplingLayer {
		factor = LayerChecks.positive("upsampling factor", factor);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "UpSampling" + dimensions + "D";
	}

	@Override
	public String prefix() {
		return "upsampling";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, factor.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < factor.size(); d++)
			out.add(LayerChecks.extent((long) in.spatial().get(d) * factor.get(d)));
		return new Shape(out, in.channels());
	}

	@Override
	public int axes() {
		return factor.size();
	}

	@Override
	public Ratio step(final int d) {
		return new Ratio(1, factor.get(d));
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		final long f = factor.get(d);
		if (!linear) return new Span(Math.floorDiv(results.first(), f), Math.floorDiv(results.last(), f));
		// Result j lies at (j + 1/2) / f - 1/2, between two samples.
		return new Span(Math.floorDiv(2 * results.first() + 1 - f, 2 * f), Math.floorDiv(2 * results.last() + 1 - f, 2 * f) + 1);
	}
}
