package io.github.convoluta.network;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Pooling over windows.
 *
 * @param kind which value stands for a window
 * @param size extents of the window
 * @param stride steps between windows
 * @param padding around the input; padded samples count for nothing
 * @param partial whether windows that reach beyond the end give a value
 */
@JsonTypeName("pooling")
public record PoolingLayer(Kind kind, List<Integer> size, List<Integer> stride, LayerPadding padding, boolean partial)
	implements Layer
{

	static final List<CodeLetter> LETTERS = List.of(letter('P', Kind.MAX), letter('A', Kind.AVERAGE));

	/** Which value stands for a window. */
	public enum Kind {
		MAX, AVERAGE, MIN
	}

	public PoolingLayer {
		LayerChecks.given("pooling kind", kind);
		size = LayerChecks.positive("pooling size", size);
		stride = LayerChecks.positive("pooling stride", stride, size);
		LayerChecks.given("pooling padding", padding).check(size);
		for (int d = 0; d < padding.sizes().size(); d++)
			if (padding.sizes().get(d) > size.get(d) / 2) throw new IllegalArgumentException(
				"Pooling can't be padded by more than " + "half of its window, but padding " + padding.sizes() + " and windows of " +
					size + " were given.");
	}

	private static CodeLetter letter(final char letter, final Kind kind) {
		return new CodeLetter(letter, "n", CodeLetter.Reads.POSITIONS, 1, n -> new PoolingLayer(kind, n.all(n.value(2)), n.all(n
			.value(2)), LayerPadding.VALID, false));
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
	public String prefix() {
		return "pool";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, size.size());
		final List<Integer> out = new ArrayList<>();
		for (int d = 0; d < size.size(); d++) {
			final int n = in.spatial().get(d), s = stride.get(d);
			final LayerPadding.Ends pad = padding.along(d, n, size.get(d), s);
			final long room = pad.before() + n + pad.after() - size.get(d);
			long windows = Math.floorDiv(partial ? room + s - 1 : room, (long) s) + 1;
			// A partial window must begin before the end.
			if (partial && (windows - 1) * s >= n + pad.before()) windows--;
			// Libtorch averages in 3-D over windows that the input alone could fill.
			if (windows < 1 || kind == Kind.AVERAGE && size.size() == 3 && n < size.get(d)) throw LayerChecks.tooSmall(in,
				"window");
			out.add(LayerChecks.extent(windows));
		}
		return new Shape(out, in.channels());
	}

	@Override
	public Ratio step(final int d) {
		return new Ratio(stride.get(d), 1);
	}

	@Override
	public Span source(final int d, final Span results, final int extent) {
		return results.windows(-padding.along(d, extent, size.get(d), stride.get(d)).before(), stride.get(d), size.get(d));
	}
}
