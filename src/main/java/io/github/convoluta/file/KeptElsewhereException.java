package io.github.convoluta.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file was written, but could not take the place it was meant for. */
public final class KeptElsewhereException extends IOException {

	private static final long serialVersionUID = 1;

	private final transient Path kept;

	KeptElsewhereException(final Path kept, final IOException cause) {
		super(FileProblem.text(cause), cause);
		this.kept = kept;
	}

	/** {@return where it is} */
	public Path kept() {
		return kept;
	}
}
