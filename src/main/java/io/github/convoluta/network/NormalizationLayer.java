package io.github.convoluta.network;

import java.util.List;
import java.util.OptionalInt;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Normalisation with a learned scale and offset per channel.
 *
 * @param kind over the batch, over groups of channels, or per channel and sample
 * @param groups number of groups for {@link Kind#GROUP}; 1 otherwise
 */
@JsonTypeName("normalization")
public record NormalizationLayer(Kind kind, int groups) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(CodeLetter.of('B', new NormalizationLayer(Kind.BATCH, 1)), CodeLetter.of(
		'I', new NormalizationLayer(Kind.INSTANCE, 1)));

	/** Over what mean and variance are taken. */
	public enum Kind {
		BATCH, GROUP, INSTANCE
	}

	public NormalizationLayer {
		LayerChecks.given("normalization kind", kind);
		LayerChecks.positive("normalization groups", groups);
	}

	@Override
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
	public String prefix() {
		return "norm";
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
	public List<Parameter> parameters(final Shape input) {
		final List<Integer> each = List.of(input.channels());
		final Parameter scale = new Parameter("weight", each, Parameter.Role.SCALE, Initialization.ONE), offset = new Parameter(
			"bias", each, Parameter.Role.OFFSET, Initialization.ZERO);
		return kind != Kind.BATCH ? List.of(scale, offset) : List.of(scale, offset, new Parameter("running_mean", each,
			Parameter.Role.RUNNING_MEAN, Initialization.ZERO), new Parameter("running_var", each, Parameter.Role.RUNNING_VARIANCE,
				Initialization.ONE));
	}

	/** A batch's mean is over all its samples, the others over one; a mean over a single value makes all results 0. */
	@Override
	public OptionalInt leastBatch(final Shape output) {
		final boolean single = output.count() == (kind == Kind.GROUP ? groups : output.channels());
		if (!single) return OptionalInt.of(1);
		return kind == Kind.BATCH ? OptionalInt.of(2) : OptionalInt.empty();
	}
}
