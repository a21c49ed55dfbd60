package io.github.convoluta.network;

/**
 * Samples from {@code first} to {@code last} along one axis, both included; they may lie outside of an image.
 *
 * @param first the lowest position
 * @param last the highest
 */
public record Span(long first, long last) {

	/** The shortest span that holds both. */
	Span with(final Span other) {
		return other == null ? this : new Span(Math.min(first, other.first), Math.max(last, other.last));
	}

	/** What windows of {@code reach} samples, {@code step} apart, see; the first begins at {@code start}. */
	Span windows(final long start, final long step, final long reach) {
		return new Span(first * step + start, last * step + start + reach - 1);
	}
}
