package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Pooling over windows.
 *
 * @param kind which value stands for a window
 * @param size extents of the window
 * @param stride steps between windows
 * @param padding around the input; padded samples count for nothing
 * @param partial whether windows that reach beyond the end give a value
 */
public record PoolingLayer(Kind kind, List<Integer> size, List<Integer> stride, LayerPadding padding, boolean partial) implements
	Layer
{

	/** Which value stands for a window. */
	public enum Kind {
		MAX, AVERAGE, MIN
	}

	public PoolingLayer {
		size = LayerChecks.positive("pooling size", size);
		stride = LayerChecks.positive("pooling stride", stride);
	}

	@Override
	public String kerasName(final int dimensions) {
		return switch (kind) {
			case MAX -> "MaxPooling";
			case AVERAGE -> "AveragePooling";
			case MIN -> "MinPooling";
		} + dimensions + "D";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, size.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < size.size(); d++) {
			final int n = in.spatial().get(d), s = stride.get(d);
			final int[] pad = padding.along(d, n, size.get(d), s, 1);
			final int room = n + pad[0] + pad[1] - size.get(d);
			if (room < 0 && !partial) throw LayerChecks.tooSmall(in, "window", size);
			int windows = room < 0 ? 1 : (partial ? (room + s - 1) / s : room / s) + 1;
			if ((windows - 1) * s >= n + pad[0]) windows--;
			out.add(windows);
		}
		return new Shape(out, in.channels());
	}

	@Override
	public int reach(final int d) {
		return size.get(d);
	}

	@Override
	public double step(final int d) {
		return stride.get(d);
	}
}
