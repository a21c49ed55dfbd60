package io.github.convoluta.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.convoluta.torch.Torch;

/**
 * The result of a trained network on its example, by which other programs check themselves. What was learnt is worth more
 * than this check: a machine that can't compute it gets a model without.
 */
final class TestOutput {

	private TestOutput() {}

	/**
	 * The result by the first way that can compute it, or empty if none can.
	 *
	 * @param ways how to load the network
	 * @param input values in C order, as the network takes them
	 * @param shape {@code [1, channel, (z,) (y,) x]}
	 */
	static Optional<float[]> of(final List<Supplier<Torch>> ways, final float[] input, final long[] shape) {
		for (final Supplier<Torch> way : ways)
			try (Torch torch = way.get()) {
				return Optional.of(torch.predict(input, shape));
			}
			catch (final RuntimeException | Error e) {
				System.getLogger(TestOutput.class.getName()).log(System.Logger.Level.WARNING,
					"The test output of a model could not be computed: {0}", e.getMessage());
			}
		return Optional.empty();
	}
}
