package io.github.convoluta.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import io.github.convoluta.file.FileProblem;

/**
 * A file with an image, opened through the host: by ImageJ's own readers or, for formats that these don't know, by
 * Bio-Formats where it is installed. No window is shown.
 */
public final class ImageFile {

	private static final Pattern IMAGE = Pattern.compile(
		"(?i).*\\.(tiff?|png|jpe?g|gif|bmp|dcm|fits?|pgm|avi|czi|nd2|lif|lsm|oib|oif|vsi|ims|dv|zvi|svs|ndpi|stk|ics|mrc|nii)");
	/** Types that ImageJ's opener tells of files that are no images. */
	private static final Set<Integer> PASSED_OVER = Set.of(Opener.UNKNOWN, Opener.TEXT, Opener.JAVA_OR_TEXT, Opener.TABLE,
		Opener.ROI, Opener.LUT);

	private ImageFile() {}

	/** Whether a file should be an image, by its name or its first bytes. */
	public static boolean isImage(final Path path) {
		if (!Files.isRegularFile(path)) return false;
		if (isNamed(path)) return true;
		final int type = type(path);
		return type == Opener.ZIP ? isZipped(path) : !PASSED_OVER.contains(type);
	}

	/** Regions and models are zip files too. */
	private static boolean isZipped(final Path path) {
		try (InputStream in = Files.newInputStream(path); ZipInputStream zip = new ZipInputStream(in)) {
			final ZipEntry first = zip.getNextEntry();
			return first != null && first.getName().toLowerCase(Locale.ROOT).matches(".*\\.(tiff?|dcm)");
		}
		catch (final IOException e) {
			// Opening it will say what is wrong.
			return true;
		}
	}

	private static boolean isNamed(final Path path) {
		return IMAGE.matcher(name(path)).matches();
	}

	private static int type(final Path path) {
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		return opener.getFileType(path.toString());
	}

	/**
	 * The image in a file; of several, the first.
	 *
	 * @throws UnreadableImageException if it can't be read; the message says why
	 */
	public static ImagePlus open(final Path path) {
		if (!Files.exists(path)) throw new UnreadableImageException(path, "there is no such file", null);
		if (!Files.isRegularFile(path)) throw new UnreadableImageException(path, "it is a folder", null);
		if (!Files.isReadable(path)) throw new UnreadableImageException(path, "you may not read it", null);
		try {
			final ImagePlus image = PASSED_OVER.contains(type(path)) ? BioFormats.open(path) : opened(path);
			if (image == null || image.getWidth() == 0) throw new UnreadableImageException(path,
				"it is empty, damaged, or of a kind that ImageJ does not know", null);
			if (isCutOff(image, path)) throw new UnreadableImageException(path, "its end is missing", null);
			return image;
		}
		catch (final IOException e) {
			throw new UnreadableImageException(path, FileProblem.reason(e), e);
		}
		catch (final UnreadableImageException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			// ImageJ's readers take what is in a file as it is, and fail at it in all ways.
			throw new UnreadableImageException(path, "it is damaged", e);
		}
	}

	private static ImagePlus opened(final Path path) {
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		return opener.openImage(path.toString());
	}

	/** ImageJ shows black where an uncompressed TIFF ends too early. */
	private static boolean isCutOff(final ImagePlus image, final Path path) throws IOException {
		final FileInfo info = image.getOriginalFileInfo();
		if (info == null || info.fileFormat != FileInfo.TIFF || info.compression > FileInfo.COMPRESSION_NONE ||
			info.stripOffsets != null && info.stripOffsets.length > 1 || info.fileType == FileInfo.BITMAP ||
			info.fileType == FileInfo.GRAY12_UNSIGNED || !name(path).toLowerCase(Locale.ROOT).matches(".*\\.tiff?")) return false;
		final long plane = (long) info.width * info.height * info.getBytesPerPixel();
		return info.getOffset() + plane * Math.max(1, info.nImages) > Files.size(path);
	}

	/** A file's name in composed characters, which not every system stores as such. */
	static String name(final Path path) {
		return Normalizer.normalize(String.valueOf(path.getFileName()), Normalizer.Form.NFC);
	}
}
