package io.github.convoluta.kernel;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Finds the kernel that a user's text means: a catalogue name with arguments ({@code gaussian 2}), the path of a
 * text file, or the weights themselves.
 */
public final class KernelSource {

	private KernelSource() {}

	/**
	 * {@return the kernel that {@code text} names or spells out}
	 *
	 * @param text catalogue name with arguments, file path, or kernel text as {@link KernelText} reads it
	 * @param numDimensions the number of axes a catalogue kernel is made for, 1 to 3
	 * @throws IllegalArgumentException if the text is none of these; the message says what each would look like
	 */
	public static Kernel resolve(final String text, final int numDimensions) {
		final String trimmed = text.strip();
		if (KernelCatalogue.contains(trimmed)) return KernelCatalogue.create(trimmed, numDimensions);
		final Path file = asFile(trimmed);
		if (file != null && Files.isDirectory(file)) throw new IllegalArgumentException(file +
			" is a folder. Give the path of a text file with a kernel.");
		if (file != null) return KernelText.read(file);
		if (!trimmed.isEmpty() && Character.isLetter(trimmed.charAt(0))) throw new IllegalArgumentException("\"" + trimmed +
			"\" is neither a known kernel nor a file. Known kernels: " + String.join(", ", KernelCatalogue.names()) + ".");
		if (trimmed.toLowerCase(Locale.ROOT).endsWith(".txt")) throw new IllegalArgumentException("The kernel file " + trimmed +
			" does not exist.");
		return KernelText.parse(text);
	}

	private static Path asFile(final String text) {
		if (text.isEmpty() || text.indexOf('\n') >= 0) return null;
		try {
			final Path path = Path.of(text);
			return Files.isRegularFile(path) || path.getNameCount() > 1 && Files.isDirectory(path) ? path : null;
		}
		catch (final InvalidPathException e) {
			return null;
		}
	}
}
