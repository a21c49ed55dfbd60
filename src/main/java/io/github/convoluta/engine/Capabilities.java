package io.github.convoluta.engine;

import java.util.List;
import java.util.Locale;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * What an engine can do on a machine.
 *
 * @param unfolds whether convolutions copy their input, once for every window that a pixel is in, before they compute
 * @param trainableBytes most bytes of a network's weights with what the optimiser keeps for them
 */
public record Capabilities(boolean unfolds, long trainableBytes) {

	/**
	 * Refuses networks that are too large to be trained, their optimiser included.
	 *
	 * @param extents spatial extents of the samples, x first
	 * @throws IllegalArgumentException with the numbers
	 */
	public void requireTrainable(final Network network, final int... extents) {
		final List<Parameter> parameters = Parameter.of(network, extents);
		final long weights = parameters.stream().mapToLong(Parameter::count).sum(), trainable = parameters.stream().filter(p -> p
			.role().isTrainable()).mapToLong(Parameter::count).sum();
		final long bytes = Float.BYTES * (weights + 2 * trainable), most = trainableBytes;
		if (bytes > most) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"The network \"%s\" has %,d parameters, which with the two numbers that the optimiser keeps for each take %s; up to %,d parameters (%s) can be trained. Use fewer filters (width) or layers or, if it flattens its maps, smaller samples.",
			network.name(), trainable, new ByteSize(bytes), most / 3 / Float.BYTES, new ByteSize(most)));
	}
}
