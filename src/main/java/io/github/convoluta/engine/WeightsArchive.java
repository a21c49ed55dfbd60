package io.github.convoluta.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/** How the weights of a network lie in a model file. Nothing is loaded to write or to read them. */
public interface WeightsArchive {

	/** Writes a network with its weights; the stream stays open. The same network always gives the same bytes. */
	void write(Network network, Weights weights, OutputStream target) throws IOException;

	/**
	 * Reads the weights of a network with these parameters.
	 *
	 * @throws IllegalArgumentException if an array is missing or has another size
	 */
	Weights read(List<Parameter> parameters, byte[] archive) throws IOException;
}
