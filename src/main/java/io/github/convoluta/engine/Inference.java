package io.github.convoluta.engine;

/** A network that an engine has loaded for prediction. For one thread at a time; {@link #close} frees its memory. */
public interface Inference extends AutoCloseable {

	/**
	 * The network's result.
	 *
	 * @param input values in C order
	 * @param shape {@code [sample, channel, (z,) (y,) x]}
	 * @return values in C order
	 * @throws IllegalArgumentException if there are not as many values as the shape needs
	 * @throws IllegalStateException if the engine fails, for example for lack of memory
	 */
	float[] predict(float[] input, long... shape);

	@Override
	void close();
}
