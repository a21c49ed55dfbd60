package io.github.convoluta.api;

import java.nio.file.Path;

import io.github.convoluta.image.ModelCover;
import io.github.convoluta.model.ModelFile;
import io.github.convoluta.model.TrainedModel;
import io.github.convoluta.torch.TorchEngine;

/** Trained models in files, as the commands read and write them. May be used from any thread. */
public final class Models {

	private Models() {}

	/**
	 * Reads a model. Loads no engine.
	 *
	 * @param file path of a model file
	 * @return the model, with all that a prediction needs
	 * @throws IllegalArgumentException if the file is no model, or is damaged; the message says what is wrong
	 * @throws java.io.UncheckedIOException if it can't be read
	 */
	public static TrainedModel open(final Path file) {
		return ModelFile.read(file, new TorchEngine());
	}

	/**
	 * Writes a model, whole or not at all; only a model is replaced.
	 *
	 * @param model any
	 * @param file path, usually with the ending .zip, in a folder that is there
	 * @throws java.io.UncheckedIOException if it could not be written, or not under this name; the message says what is left
	 */
	public static void save(final TrainedModel model, final Path file) {
		ModelFile.write(model, ModelCover.png(model), file, new TorchEngine());
	}
}
