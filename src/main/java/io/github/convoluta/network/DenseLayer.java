package io.github.convoluta.network;

import java.util.List;

/**
 * Every output is a weighted sum of all values of a vector.
 *
 * @param units number of outputs
 * @param bias whether a learned constant is added
 * @param weightDropout share of weights left out in each training step (DropConnect)
 * @param activation applied to the result
 */
public record DenseLayer(int units, boolean bias, double weightDropout, Activation activation) implements Layer {

	public DenseLayer {
		LayerChecks.positive("units", units);
		LayerChecks.share("weight dropout", weightDropout);
		LayerChecks.given("dense activation", activation);
	}

	/** This layer with another activation. */
	public DenseLayer with(final Activation newActivation) {
		return new DenseLayer(units, bias, weightDropout, newActivation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Dense";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, 0);
		if (in.dimensions() > 0) throw new IllegalArgumentException("a dense layer needs a vector, but its input is " + in +
			". Put Flatten or global pooling before it");
		return Shape.vector(units);
	}

	@Override
	public long trainable(final Shape input) {
		return (long) input.channels() * units + (bias ? units : 0);
	}

	@Override
	public long multiplyAdds(final Shape input, final Shape output) {
		return (long) input.channels() * units;
	}

	@Override
	public Layer logits() {
		return with(activation.logits());
	}
}
