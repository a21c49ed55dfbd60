package io.github.convoluta.image;

import java.nio.file.Path;

/** A file that should be an image can't be read. */
public final class UnreadableImageException extends IllegalArgumentException {

	private static final long serialVersionUID = 1;

	private final String reason;

	UnreadableImageException(final Path path, final String reason, final Exception cause) {
		super("The image " + path + " can't be read: " + reason + ". Repair it, or take it out of the folder.", cause);
		this.reason = reason;
	}

	/** Why, as a part of a sentence. */
	public String reason() {
		return reason;
	}
}
