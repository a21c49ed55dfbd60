package io.github.convoluta.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * A folder with the state of a training: {@code last.checkpoint} after every epoch, and {@code best.checkpoint} of the
 * epoch with the least validation loss.
 */
public final class Checkpoints {

	/** Keeps nothing. */
	public static final Checkpoints NONE = new Checkpoints(null, false, null);

	private static final String LAST = "last.checkpoint", BEST = "best.checkpoint";

	private final Path folder;
	private final boolean resumes;
	private final Network network;

	private Checkpoints(final Path folder, final boolean resumes, final Network network) {
		this.folder = folder;
		this.resumes = resumes;
		this.network = network;
	}

	/**
	 * @param folder made if it is not there
	 * @param resumes whether a training that was kept there is gone on with; without one, a new training begins
	 */
	public static Checkpoints in(final Path folder, final boolean resumes) {
		return new Checkpoints(folder, resumes, null);
	}

	Checkpoints of(final Network trained) {
		return new Checkpoints(folder, resumes, trained);
	}

	/** The kept training, or null. */
	Checkpoint resume(final Network trained, final List<Parameter> parameters, final long seed) {
		return folder == null || !resumes || !Files.exists(folder.resolve(LAST)) ? null : Checkpoint.read(folder.resolve(LAST),
			trained, parameters, seed);
	}

	void save(final Supplier<Checkpoint> checkpoint, final boolean isBest) {
		if (folder == null) return;
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The folder " + folder + " for checkpoints could not be made: " + e, e);
		}
		final Checkpoint now = checkpoint.get();
		now.write(network, folder.resolve(LAST));
		if (isBest) now.write(network, folder.resolve(BEST));
	}

	/** Deletes what was kept, after a training that was finished. */
	public void delete() {
		if (folder == null) return;
		try {
			Files.deleteIfExists(folder.resolve(LAST));
			Files.deleteIfExists(folder.resolve(BEST));
			Files.deleteIfExists(folder);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The checkpoints in " + folder + " could not be deleted: " + e, e);
		}
	}
}
