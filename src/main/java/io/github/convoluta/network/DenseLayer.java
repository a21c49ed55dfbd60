package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Every output is a weighted sum of all values of a vector.
 *
 * @param units number of outputs
 * @param bias whether a learned constant is added
 * @param weightDropout share of weights left out in each training step (DropConnect)
 * @param activation applied to the result
 */
@JsonTypeName("dense")
public record DenseLayer(int units, boolean bias, double weightDropout, Activation activation) implements Layer {

	static final List<CodeLetter> LETTERS = List.of(new CodeLetter('D', "n", CodeLetter.Reads.VECTOR, 0, n -> {
		if (n.value() == 0) throw new IllegalArgumentException("\"D\" needs the number of units, such as D64");
		return new DenseLayer(n.value(), true, 0, Activation.LINEAR);
	}));

	public DenseLayer {
		LayerChecks.positive("units", units);
		LayerChecks.share("weight dropout", weightDropout);
		LayerChecks.given("dense activation", activation);
	}

	@Override
	public DenseLayer with(final Activation newActivation) {
		return new DenseLayer(units, bias, weightDropout, newActivation);
	}

	@Override
	public String kerasName(final int dimensions) {
		return "Dense";
	}

	@Override
	public String prefix() {
		return "dense";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape in = LayerChecks.one(inputs, 0);
		if (in.dimensions() > 0) throw new IllegalArgumentException("a dense layer needs a vector, but its input is " + in +
			". Put Flatten or global pooling before it");
		return Shape.vector(units);
	}

	@Override
	public List<Parameter> parameters(final Shape input) {
		return Parameter.weightAndBias(List.of(units, input.channels()), input.channels(), bias, units);
	}

	@Override
	public long multiplyAdds(final Shape input, final Shape output) {
		return (long) input.channels() * units;
	}
}
