package io.github.convoluta.network;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** The sum of all inputs. */
@JsonTypeName("addition")
public record AdditionLayer() implements Layer {

	@Override
	public String kerasName(final int dimensions) {
		return "Add";
	}

	@Override
	public String prefix() {
		return "addition";
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		LayerChecks.sameSpatial("added", inputs);
		if (inputs.stream().mapToInt(Shape::channels).distinct().count() > 1) throw new IllegalArgumentException("inputs of " +
			inputs + " have different channels and can't be added");
		return inputs.get(0);
	}
}
