package io.github.convoluta.image;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;

/** Bio-Formats, which Fiji has and plain ImageJ may have; it is asked by name, since it is not built against. */
final class BioFormats {

	private static final String READER = "loci.plugins.BF";

	private BioFormats() {}

	/**
	 * The first image of a file, without asking anything; null where Bio-Formats is not installed.
	 *
	 * @throws IOException if Bio-Formats can't read the file
	 */
	static ImagePlus open(final Path path) throws IOException {
		return open(path, READER);
	}

	/** @param reader name of a class with a static method {@code openImagePlus} from a path to images */
	static ImagePlus open(final Path path, final String reader) throws IOException {
		try {
			final Object images = Class.forName(reader, true, IJ.getClassLoader()).getMethod("openImagePlus", String.class).invoke(
				null, path.toString());
			return images instanceof final ImagePlus[] found && found.length > 0 ? found[0] : null;
		}
		catch (final ClassNotFoundException e) {
			return null;
		}
		catch (final InvocationTargetException e) {
			throw new IOException("Bio-Formats says: " + e.getCause().getMessage(), e);
		}
		catch (final ReflectiveOperationException e) {
			throw new IOException("this version of Bio-Formats is not known", e);
		}
	}
}
