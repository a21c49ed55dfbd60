package io.github.convoluta.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.convoluta.file.FileProblem;
import io.github.convoluta.network.Network;
import io.github.convoluta.network.Parameter;

/**
 * A folder with the state of a training: {@code last.checkpoint} after every epoch, and {@code best.checkpoint} of the
 * epoch with the least validation loss. An unfinished training that is not gone on with is kept as
 * {@code previous.checkpoint} until the new one is finished.
 */
public final class Checkpoints {

	/** Keeps nothing. */
	public static final Checkpoints NONE = new Checkpoints(null, false, null, Fingerprint.NONE, new AtomicInteger());

	private static final String LAST = "last.checkpoint", BEST = "best.checkpoint", PREVIOUS = "previous.checkpoint";

	private final Path folder;
	private final boolean resumes;
	private final Network network;
	private final Fingerprint fingerprint;
	/** Epochs whose state this training has kept, itself or before it was resumed. */
	private final AtomicInteger kept;

	private Checkpoints(final Path folder, final boolean resumes, final Network network, final Fingerprint fingerprint,
		final AtomicInteger kept)
	{
		this.folder = folder;
		this.resumes = resumes;
		this.network = network;
		this.fingerprint = fingerprint;
		this.kept = kept;
	}

	/**
	 * @param folder made if it is not there
	 * @param resumes whether a training that was kept there is gone on with; without one, a new training begins
	 */
	public static Checkpoints in(final Path folder, final boolean resumes) {
		return new Checkpoints(folder, resumes, null, Fingerprint.NONE, new AtomicInteger());
	}

	/**
	 * Makes sure that the folder is one, and tidies it after trainings that were killed.
	 *
	 * @return what the user should know about the training that was left there; empty for nothing
	 * @throws IllegalArgumentException if a file has the folder's name
	 */
	public Optional<String> prepare() {
		if (folder == null) return Optional.empty();
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new IllegalArgumentException(folder +
			" is a file, but the states of the training are kept in a folder of this name. Move the file away.");
		clean();
		final boolean isThere = Files.exists(last());
		if (resumes) return isThere ? Optional.empty() : Optional.of("There is no unfinished training in " + folder +
			": a new one begins.");
		return isThere ? Optional.of("An unfinished training" + Checkpoint.look(last()).map(k -> " of " + epochs(k.epochs()))
			.orElse("") + " is in " + last() +
			". To go on with it, stop this one before its first epoch is done and use resume=true with the settings of that training. Otherwise it is kept as " +
			PREVIOUS + " until this one is finished.") : Optional.empty();
	}

	/** How to get at what was kept; empty if that is nothing. */
	public Optional<String> advice() {
		final int epochs = kept.get();
		return epochs == 0 ? Optional.empty() : Optional.of("What was learnt in " + epochs(epochs) + " is kept in " + folder +
			": the same command with resume=true goes on from there, and with epochs=" + epochs +
			" too it only writes the model.");
	}

	private static String epochs(final int n) {
		return n + (n == 1 ? " epoch" : " epochs");
	}

	/** The file to go on with: the last one, or that of before if no new one could be written. */
	private Path last() {
		final Path last = folder.resolve(LAST), previous = folder.resolve(PREVIOUS);
		return Files.exists(last) || !Files.exists(previous) ? last : previous;
	}

	Checkpoints of(final Network trained) {
		return new Checkpoints(folder, resumes, trained, fingerprint, kept);
	}

	/** For a training of these data and settings. */
	Checkpoints of(final Fingerprint trained) {
		return new Checkpoints(folder, resumes, network, trained, kept);
	}

	Fingerprint fingerprint() {
		return fingerprint;
	}

	/** Whether anything is kept. */
	boolean isKept() {
		return folder != null;
	}

	/** Samples per step of the training that is gone on with; 0 if there is none. */
	int batch() {
		if (folder == null || !resumes) return 0;
		return Checkpoint.look(last()).map(k -> k.fingerprint().values().get("batch")).filter(b -> b.matches("[1-9]\\d{0,8}"))
			.map(Integer::valueOf).orElse(0);
	}

	/**
	 * The kept training, or null.
	 *
	 * @param epochs that the training shall have, at least those it has had
	 * @throws IllegalArgumentException if it is another training
	 */
	Checkpoint resume(final Network trained, final List<Parameter> parameters, final int epochs) {
		if (folder == null || !resumes || !Files.exists(last())) return null;
		final Checkpoint earlier = Checkpoint.read(last(), trained, parameters, fingerprint);
		final int done = earlier.history().epochs().size();
		if (done > epochs) throw new IllegalArgumentException("The training in " + folder + " has had " + epochs(done) +
			" already, but epochs=" + epochs + " was given. Use at least " + done + ", or resume=false to begin anew.");
		kept.set(done);
		return earlier;
	}

	void save(final Supplier<Checkpoint> checkpoint, final boolean isBest) {
		if (folder == null) return;
		final Checkpoint now = checkpoint.get();
		try {
			Files.createDirectories(folder);
			if (kept.get() == 0 && Files.exists(folder.resolve(LAST))) Files.move(folder.resolve(LAST), folder.resolve(PREVIOUS),
				StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The folder " + folder + " for checkpoints can't be used: " + FileProblem.text(e) + ".",
				e);
		}
		now.write(network, folder.resolve(LAST));
		kept.set(now.history().epochs().size());
		if (isBest) now.write(network, folder.resolve(BEST));
	}

	/** Deletes what was kept, after a training that was finished and whose model is written; as far as possible. */
	public void delete() {
		if (folder == null) return;
		kept.set(0);
		clean();
		try {
			for (final String name : List.of(LAST, BEST, PREVIOUS))
				Files.deleteIfExists(folder.resolve(name));
			Files.deleteIfExists(folder);
		}
		catch (final DirectoryNotEmptyException e) {
			log(System.Logger.Level.INFO, folder + " holds files of others", e);
		}
		catch (final IOException e) {
			log(System.Logger.Level.WARNING, "the checkpoints in " + folder + " could not be deleted", e);
		}
	}

	/** The folder is this program's: whatever was half written there is a leftover. */
	private void clean() {
		if (!Files.isDirectory(folder)) return;
		try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
			for (final Path part : parts)
				Files.deleteIfExists(part);
		}
		catch (final IOException | DirectoryIteratorException e) {
			log(System.Logger.Level.WARNING, "could not clean " + folder, e);
		}
	}

	private static void log(final System.Logger.Level level, final String text, final Exception e) {
		System.getLogger(Checkpoints.class.getName()).log(level, text, e);
	}
}
