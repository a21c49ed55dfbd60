package io.github.convoluta.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.github.convoluta.engine.ByteSize;
import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.WholeFile;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * Where a user wants a model to be. A name without an extension (a point and letters or digits, a letter first) gets
 * {@code .zip}; any other extension stays as it is.
 *
 * @param file absolute
 */
public record ModelPath(Path file) {

	private static final String EXTENSION = ".zip";
	/** Bytes: a file system with less has no room for any model. */
	private static final long LEAST_ROOM = 1 << 20;
	/** On disk for each weight: two checkpoints and a third that is being written, of four numbers each, and the model. */
	private static final long NUMBERS = 13;

	/**
	 * @param text what was given for the key {@code model}
	 * @throws IllegalArgumentException if it is empty or no path
	 */
	public static ModelPath parse(final String text) {
		if (text.isBlank()) throw new IllegalArgumentException("model is empty. Give the path of the model file to write.");
		final Path path = path(text.strip());
		final Path name = path.getFileName();
		if (name == null || text.strip().matches(".*[/\\\\]") || Files.isDirectory(path)) throw new IllegalArgumentException(
			"model=" + text.strip() + " is a folder. Give the path of a file in it, such as " + path.resolve("model.zip") + ".");
		return new ModelPath(hasExtension(name.toString()) ? path : path.resolveSibling(name + EXTENSION));
	}

	/**
	 * The file of a model that is there: as given, or with the extension that {@link #parse} adds.
	 *
	 * @throws IllegalArgumentException if the text is empty or no path
	 */
	public static Path existing(final String text) {
		if (text.isBlank()) throw new IllegalArgumentException("model is empty. Give the path of a model file.");
		final Path path = path(text.strip());
		if (Files.isRegularFile(path) || path.getFileName() == null) return path;
		final Path named = path.resolveSibling(path.getFileName() + EXTENSION);
		return Files.isRegularFile(named) ? named : path;
	}

	private static Path path(final String text) {
		try {
			return Path.of(text).toAbsolutePath();
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("model=" + text + " is no path: " + e.getReason() + ".", e);
		}
	}

	private static boolean hasExtension(final String name) {
		return name.matches(".+\\.[A-Za-z][A-Za-z0-9]{0,9}");
	}

	/** Whether something is there already; after {@link #check}, a model. */
	public boolean exists() {
		return Files.exists(file);
	}

	/** The folder for the states of the training. */
	public Path checkpoints() {
		return file.resolveSibling(file.getFileName() + ".checkpoints");
	}

	/**
	 * Makes sure, before anything is computed, that the model can be written at the end: only a model of this program, or
	 * nothing, stands there, and its folder, which is made if it is missing, can be written to. Cleans up after writers
	 * that were killed.
	 *
	 * @throws IllegalArgumentException if something else stands there
	 * @throws UncheckedIOException if nothing can be written there
	 */
	public void check() {
		if (Files.exists(file) && !ModelFile.isModel(file)) throw new IllegalArgumentException("model=" + file +
			" is there already and is no model of this program: it is not replaced. Give another name, or delete it first.");
		if (Files.exists(file) && !Files.isWritable(file)) throw new IllegalArgumentException("model=" + file +
			" is there already and is protected against writing. Give another name, or remove the protection.");
		final Path folder = file.getParent();
		try {
			Files.createDirectories(folder);
			WholeFile.clean(folder);
			WholeFile.tryIn(folder);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("model=" + file + " can't be written: " + FileProblem.text(e) +
				". Give a path in a folder that you may write to.", e);
		}
		requireRoom(LEAST_ROOM);
	}

	/**
	 * Makes sure that there is room for a network's model and the states of its training.
	 *
	 * @param extents spatial extents of its input, x first
	 * @throws IllegalArgumentException if the disk has less left
	 */
	public void requireRoom(final Network network, final int... extents) {
		requireRoom(NUMBERS * Float.BYTES * Parameter.of(network, extents).stream().mapToLong(Parameter::count).sum());
	}

	/**
	 * @param bytes that must be left on the disk
	 * @throws IllegalArgumentException if the disk has less left
	 */
	void requireRoom(final long bytes) {
		try {
			final long room = Files.getFileStore(file.getParent()).getUsableSpace();
			// Some network drives tell 0 for what they don't know.
			if (room > 0 && room < bytes) throw new IllegalArgumentException("model=" + file +
				" and the states of its training need " + new ByteSize(bytes) + ", but its disk has only " + new ByteSize(room) +
				" left. Make room, or give a path on another disk.");
		}
		catch (final IOException e) {
			System.getLogger(ModelPath.class.getName()).log(System.Logger.Level.DEBUG, "the room on a disk is not known", e);
		}
	}

}
