package io.github.convoluta.filter;

/** A sum of separable terms: each term one axis after the other, the last axis first and x last, with float sums. */
record SeparableConvolution(WindowGeometry geometry, KernelFactors factors) implements Algorithm {

	@Override
	public int[] tileSize() {
		return TiledLoop.tileSize(geometry.outputSize(), geometry.stride(), geometry.reach());
	}

	@Override
	public double cost() {
		double cost = 0;
		for (final double[][] term : factors.terms())
			for (int d = 0; d < term.length; d++)
				if (term[d].length > 1) cost += d == 0 ? 0.12 * geometry.stride()[0] * term[d].length : 0.06 * term[d].length;
		return cost + 0.1;
	}

	@Override
	public Run start() {
		final AxisFilter filter = new AxisFilter();
		final RowBlock work = new RowBlock(), other = new RowBlock();
		final int terms = factors.terms().size();
		return (input, size, output) -> {
			for (int t = 0; t < terms; t++) {
				RowBlock from = input;
				final double[][] term = factors.terms().get(t);
				for (int d = term.length - 1; d >= 0; d--) {
					if (d > 0 && term[d].length == 1 && term[d][0] == 1 && size[d] == from.size[d]) continue;
					final int results = d == 0 ? geometry.denseWidth(size[0]) : size[d];
					final RowBlock to = d == 0 && t == 0 ? output : from == work ? other : work;
					filter.apply(from, d, term[d], geometry.dilation()[d], d == 0 ? 1 : geometry.stride()[d], results, to);
					from = to;
				}
				if (t > 0) for (int r = 0; r < output.rowCount(); r++)
					RowArithmetic.add(from.rows[r], output.rows[r], output.size[0]);
			}
		};
	}
}
