package io.github.convoluta.torch;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import ai.djl.util.Platform;

/**
 * libtorch and its Java binding as they are packed in jars.
 *
 * @param folder name of the folder that the binding looks for it in
 */
record PackedLibrary(String folder, List<PackedFile> files) {

	/**
	 * A file in a jar.
	 *
	 * @param name its name when unpacked
	 * @param size in bytes, unpacked
	 * @param checksum CRC-32, or -1 if the source doesn't know it
	 */
	record PackedFile(String name, URL source, long size, long checksum) {

		static PackedFile of(final String name, final URL source) throws IOException {
			final URLConnection connection = source.openConnection();
			connection.setUseCaches(false);
			if (!(connection instanceof final JarURLConnection jar)) return new PackedFile(name, source, connection
				.getContentLengthLong(), -1);
			try (JarFile file = jar.getJarFile()) {
				final JarEntry entry = file.getJarEntry(jar.getEntryName());
				return new PackedFile(name, source, entry.getSize(), entry.getCrc());
			}
		}

		/**
		 * Unpacks the file.
		 *
		 * @throws IOException if the jar is damaged, or the file can't be written
		 */
		void unpack(final java.nio.file.Path target) throws IOException {
			final URLConnection connection = source.openConnection();
			connection.setUseCaches(false);
			final CRC32 crc = new CRC32();
			final long copied;
			try (InputStream in = new CheckedInputStream(connection.getInputStream(), crc); var out = new java.io.FileOutputStream(
				target.toFile()))
			{
				copied = in.transferTo(out);
				out.getFD().sync();
			}
			if (copied != size || checksum >= 0 && crc.getValue() != checksum) throw new IOException("the jar of " + name +
				" is damaged, install the plugin again");
		}
	}

	/** Bytes that it takes unpacked. */
	long size() {
		return files.stream().mapToLong(PackedFile::size).sum();
	}

	/**
	 * Looks for the library of this system.
	 *
	 * @return null if there is none
	 */
	static PackedLibrary find(final ClassLoader loader) throws IOException {
		// The binding's own choice among the libraries that the thread's loader finds.
		final Platform platform = Platform.detectPlatform("pytorch");
		if (platform.isPlaceholder()) return null;
		final String version = platform.getVersion(), flavor = platform.getFlavor(), system = platform.getClassifier();
		final List<PackedFile> files = new ArrayList<>();
		for (final String name : platform.getLibraries())
			files.add(PackedFile.of(name, resource(loader, "pytorch/" + flavor + "/" + system + "/" + name)));
		final String binding = System.mapLibraryName("djl_torch");
		files.add(PackedFile.of(platform.getApiVersion() + "-" + binding, resource(loader, "jnilib/" + system + "/" + flavor +
			"/" + binding)));
		return new PackedLibrary(version + "-" + flavor + "-" + system, List.copyOf(files));
	}

	private static URL resource(final ClassLoader loader, final String name) throws IOException {
		final URL url = loader.getResource(name);
		if (url == null) throw new IOException("no jar has the file " + name + ", install the plugin again");
		return url;
	}
}
