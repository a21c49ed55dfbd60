package io.github.convoluta.network;

import java.util.List;

/**
 * Normalisation with a learned scale and offset per channel.
 *
 * @param kind over the batch, over groups of channels, or per channel and sample
 * @param groups number of groups for {@link Kind#GROUP}; 1 otherwise
 */
public record NormalizationLayer(Kind kind, int groups) implements Layer {

	/** Over what mean and variance are taken. */
	public enum Kind {
		BATCH, GROUP, INSTANCE
	}

	public NormalizationLayer {
		LayerChecks.given("normalization kind", kind);
		LayerChecks.positive("normalization groups", groups);
	}

	/** Whether the mean is that of the whole input, so that a part of it gives other results. */
	public boolean seesWholeInput() {
		return kind != Kind.BATCH;
	}

	@Override
	public String kerasName(final int dimensions) {
		return switch (kind) {
			case BATCH -> "BatchNormalization";
			case GROUP -> "GroupNormalization";
			case INSTANCE -> "InstanceNormalization";
		};
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, 0);
		if (kind == Kind.INSTANCE && in.dimensions() == 0) throw new IllegalArgumentException("its input is " + in +
			", a vector, but instance normalisation needs positions to average over");
		if (in.channels() % groups != 0) throw new IllegalArgumentException(in.channels() + " channels can't be split into " +
			groups + " groups of the same size");
		return in;
	}

	@Override
	public long trainable(final Shape input) {
		return 2L * input.channels();
	}

	@Override
	public long nonTrainable(final Shape input) {
		return kind == Kind.BATCH ? 2L * input.channels() : 0;
	}
}
