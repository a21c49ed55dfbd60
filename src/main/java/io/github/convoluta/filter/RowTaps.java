package io.github.convoluta.filter;

/** For each row of a kernel (y fastest): how many rows of the input block it lies from the window's first row. */
final class RowTaps {

	final int[] rowOffset;
	private final int[] step;

	RowTaps(final WindowGeometry g, final RowBlock input) {
		final int n = g.numDimensions();
		step = new int[n];
		int count = 1;
		for (int d = 1; d < n; d++) {
			step[d] = input.rowStep(d) * g.stride()[d];
			count *= g.kernel().size(d);
		}
		rowOffset = new int[count];
		for (int i = 0; i < count; i++)
			for (int d = 1, rest = i; d < n; d++) {
				rowOffset[i] += rest % g.kernel().size(d) * g.dilation()[d] * input.rowStep(d);
				rest /= g.kernel().size(d);
			}
	}

	/** First input row of the window of the result row at {@code position}. */
	int base(final int[] position) {
		int base = 0;
		for (int d = 1; d < position.length; d++)
			base += position[d] * step[d];
		return base;
	}
}
