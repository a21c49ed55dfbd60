package io.github.convoluta.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import io.github.convoluta.file.FileProblem;
import io.github.convoluta.file.WholeFile;

/** Regions of interest in files as ImageJ writes them: one in a {@code .roi} file, several in a {@code .zip}. */
public final class RoiFile {

	private static final String SINGLE = ".roi", SET = ".zip";

	private RoiFile() {}

	/** Whether a name is that of such a file. */
	public static boolean isNamed(final String name) {
		final String lower = name.strip().toLowerCase(Locale.ROOT);
		return lower.endsWith(SINGLE) || lower.endsWith(SET);
	}

	/** Whether a file is one of regions, and not such as a picture in a zip. */
	static boolean holdsRegions(final Path file) {
		if (!Files.isRegularFile(file) || !isNamed(file.toString())) return false;
		if (file.toString().toLowerCase(Locale.ROOT).endsWith(SINGLE)) return true;
		try (InputStream in = Files.newInputStream(file); ZipInputStream zip = new ZipInputStream(in)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
				if (entry.getName().toLowerCase(Locale.ROOT).endsWith(SINGLE)) return true;
			return false;
		}
		catch (final IOException | IllegalArgumentException e) {
			return false;
		}
	}

	/**
	 * The regions of a file, in its order.
	 *
	 * @throws IllegalArgumentException if there is no such file, or nothing in it is a region; the message says why
	 */
	public static List<Roi> read(final Path file) {
		final List<Roi> found = new ArrayList<>();
		try {
			if (file.toString().toLowerCase(Locale.ROOT).endsWith(SINGLE)) add(found, Files.readAllBytes(file), String.valueOf(file
				.getFileName()));
			else try (InputStream in = Files.newInputStream(file); ZipInputStream zip = new ZipInputStream(in)) {
				for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
					if (entry.getName().toLowerCase(Locale.ROOT).endsWith(SINGLE)) add(found, zip.readAllBytes(), entry.getName());
			}
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new IllegalArgumentException("The regions in " + file + " can't be read: " + (e instanceof final IOException io
				? FileProblem.reason(io) : e.getMessage()), e);
		}
		if (found.isEmpty()) throw new IllegalArgumentException(file +
			" holds no region of interest. Save them with More>Save... of the " +
			"ROI Manager, or with File>Save As>Selection...");
		return found;
	}

	private static void add(final List<Roi> found, final byte[] bytes, final String name) throws IOException {
		final Roi roi;
		try {
			roi = new RoiDecoder(bytes, name.replaceAll("(?i)\\.roi$", "")).getRoi();
		}
		// The decoder trusts what it reads.
		catch (final RuntimeException e) {
			throw new IllegalArgumentException(name + " is damaged.", e);
		}
		if (roi == null) throw new IllegalArgumentException(name + " is no region of interest.");
		found.add(roi);
	}

	/**
	 * Writes regions, one to a {@code .roi} file and any number to a {@code .zip}; a file that is there is replaced.
	 *
	 * @throws IOException if that is not possible
	 */
	public static void write(final List<Roi> rois, final Path file) throws IOException {
		if (file.toString().toLowerCase(Locale.ROOT).endsWith(SINGLE) && rois.size() == 1) WholeFile.write(file, out -> out
			.write(bytes(rois.get(0))));
		else WholeFile.write(file, out -> write(rois, out));
	}

	private static void write(final List<Roi> rois, final OutputStream out) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(out);
		final Set<String> names = new HashSet<>();
		for (int i = 0; i < rois.size(); i++) {
			final Roi roi = rois.get(i);
			final String name = roi.getName() == null || roi.getName().isBlank() ? String.format(Locale.ROOT, "%04d", i + 1) : roi
				.getName().replaceAll("[/\\\\]", "-");
			String unique = name;
			for (int n = 1; !names.add(unique); n++)
				unique = name + "-" + n;
			zip.putNextEntry(new ZipEntry(unique + SINGLE));
			zip.write(bytes(roi));
			zip.closeEntry();
		}
		zip.finish();
	}

	private static byte[] bytes(final Roi roi) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new RoiEncoder(bytes).write(roi);
		return bytes.toByteArray();
	}
}
