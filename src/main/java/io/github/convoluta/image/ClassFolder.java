package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.NonFinite;
import io.github.convoluta.sample.VoxelGeometry;
import net.imglib2.RandomAccessibleInterval;

/** Reads images from a folder with one subfolder per class. */
public final class ClassFolder {

	private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(tiff?|png|jpe?g|gif|bmp|dcm|fits?|pgm|avi)");
	/** Types that ImageJ's opener tells of files that are no images. */
	private static final Set<Integer> PASSED_OVER = Set.of(Opener.UNKNOWN, Opener.TEXT, Opener.JAVA_OR_TEXT, Opener.TABLE,
		Opener.ROI, Opener.LUT);

	private ClassFolder() {}

	/**
	 * All images, as samples along the axes: an image with several planes gives several samples of its class. Images of
	 * other extents than wanted are resized. Classes are in the order of {@link ClassOrder}; hidden files and folders, and
	 * files that are no images, are passed over.
	 *
	 * @param extents wanted, x first; null for those of the first image
	 * @throws IllegalArgumentException if there are fewer than two classes with images, an image can't be read, channels
	 *           differ, or memory is short
	 */
	public static ClassSamples read(final Path folder, final SpatialAxes axes, final int[] extents, final Monitor monitor) {
		final List<Path> folders = inOrder(list(folder).stream().filter(Files::isDirectory).toList());
		final List<String> names = new ArrayList<>();
		final List<float[]> values = new ArrayList<>();
		final List<Integer> classes = new ArrayList<>(), groups = new ArrayList<>();
		int[] size = extents;
		int channels = 0, file = 0, done = 0;
		VoxelGeometry geometry = null;
		String unit = "pixel";
		for (final Path sub : folders) {
			final Monitor part = monitor.part(done++, folders.size());
			boolean used = false;
			final List<Path> files = list(sub);
			int read = 0;
			for (final Path path : files) {
				part.progress((double) read++ / files.size());
				final ImagePlus image = open(path);
				if (image == null) continue;
				final NetworkViews views = NetworkViews.of(image, axes);
				if (channels == 0) {
					channels = views.channels();
					geometry = new VoxelGeometry(views.pixelSize(), axes == SpatialAxes.XYT);
					unit = views.unit();
				}
				if (views.channels() != channels) throw new IllegalArgumentException("The image " + path + " has " + views
					.channels() + " channels, but those before it have " + channels + ". Convert them all to the same type.");
				final List<RandomAccessibleInterval<?>> all = views.all();
				for (int i = 0; i < all.size(); i++) {
					final RandomAccessibleInterval<?> view = all.get(i);
					NonFinite.refuse(view, axes.name(), views.name(path.toString(), i), Monitor.NONE);
					if (size == null) size = Arrays.stream(view.dimensionsAsLongArray()).limit(axes.count()).mapToInt(Math::toIntExact)
						.toArray();
					MemoryCheck.require("Reading the images of " + folder, 4.0 * view.size());
					values.add(Resizing.resize(view, size));
					classes.add(names.size());
					groups.add(file);
				}
				used = true;
				file++;
			}
			if (used) names.add(name(sub));
		}
		if (names.size() < 2) throw new IllegalArgumentException("The folder " + folder +
			" must have a subfolder of images for " + "each of at least two classes, but " + (names.isEmpty() ? "there are none"
				: "only " + names + " has images") + ".");
		final ClassifiedArrays samples = new ClassifiedArrays(new Shape(Arrays.stream(size).boxed().toList(), channels), values,
			classes.stream().mapToInt(c -> c).toArray());
		return new ClassSamples(samples, groups.stream().mapToInt(g -> g).toArray(), names, geometry, unit);
	}

	/** Null for what is no image. */
	private static ImagePlus open(final Path path) {
		if (!Files.isRegularFile(path)) return null;
		if (!Files.isReadable(path)) throw unreadable(path, "you may not read it", null);
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		final int type = opener.getFileType(path.toString());
		final boolean named = IMAGE.matcher(name(path)).matches();
		if (!named && PASSED_OVER.contains(type)) return null;
		try {
			final ImagePlus image = PASSED_OVER.contains(type) ? null : opener.openImage(path.toString());
			if (image == null) throw unreadable(path, "it is empty, damaged, or of a kind that ImageJ does not know", null);
			if (isCutOff(image, path)) throw unreadable(path, "its end is missing", null);
			return image;
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The image " + path + " can't be read: " + e, e);
		}
		catch (final NullPointerException | IndexOutOfBoundsException | NegativeArraySizeException e) {
			// ImageJ's readers take what is in a file as it is.
			throw unreadable(path, "it is damaged", e);
		}
	}

	private static IllegalArgumentException unreadable(final Path path, final String reason, final Exception cause) {
		return new IllegalArgumentException("The image " + path + " can't be read: " + reason +
			". Repair it, or take it out of the folder.", cause);
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

	/** Composed characters, which not every system stores as such. */
	private static String name(final Path path) {
		return Normalizer.normalize(path.getFileName().toString(), Normalizer.Form.NFC);
	}

	private static List<Path> inOrder(final List<Path> folders) {
		final List<String> names = ClassOrder.sorted(folders.stream().map(ClassFolder::name).toList());
		return folders.stream().sorted(Comparator.comparingInt(f -> names.indexOf(name(f)))).toList();
	}

	private static boolean isHidden(final Path path) {
		try {
			return name(path).startsWith(".") || name(path).equals("__MACOSX") || Files.isHidden(path);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(path + " can't be read: " + e, e);
		}
	}

	/** What is not hidden in a folder, in natural order. */
	private static List<Path> list(final Path folder) {
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("There is no folder " + folder +
			". Give a folder with one subfolder of images per class, or a CSV or TSV file of signals.");
		try (Stream<Path> paths = Files.list(folder)) {
			return paths.filter(p -> !isHidden(p)).sorted(Comparator.comparing(ClassFolder::name, ClassOrder.NATURAL)).toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The folder " + folder + " can't be read: " + e, e);
		}
	}
}
