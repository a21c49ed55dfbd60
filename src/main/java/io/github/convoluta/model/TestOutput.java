package io.github.convoluta.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.convoluta.engine.Engine;
import io.github.convoluta.engine.Inference;
import io.github.convoluta.engine.Weights;
import io.github.convoluta.network.Network;

/**
 * The result of a trained network on its example, by which other programs check themselves. What was learnt is worth more
 * than this check: a machine that can't compute it gets a model without.
 */
final class TestOutput {

	private TestOutput() {}

	/**
	 * The result by the first way that can compute it, or empty if none can.
	 *
	 * @param engine loads the network in its own way, and if that fails as it is written to the file
	 * @param input values in C order, as the network takes them
	 * @param shape {@code [1, channel, (z,) (y,) x]}
	 */
	static Optional<float[]> of(final Engine engine, final Network network, final Weights weights, final float[] input,
		final long[] shape)
	{
		final List<Supplier<Inference>> ways = List.of(() -> engine.load(network, weights), () -> engine.loadAsWritten(network,
			weights));
		for (final Supplier<Inference> way : ways)
			try (Inference inference = way.get()) {
				return Optional.of(inference.predict(input, shape));
			}
			catch (final RuntimeException | Error e) {
				System.getLogger(TestOutput.class.getName()).log(System.Logger.Level.WARNING,
					"The test output of a model could not be computed: {0}", e.getMessage());
			}
		return Optional.empty();
	}
}
