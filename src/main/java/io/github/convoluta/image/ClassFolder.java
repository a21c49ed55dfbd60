package io.github.convoluta.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.io.Opener;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.network.Shape;
import io.github.convoluta.training.ClassifiedArrays;
import io.github.convoluta.training.VoxelGeometry;
import net.imglib2.RandomAccessibleInterval;

/** Reads images from a folder with one subfolder per class. */
public final class ClassFolder {

	private ClassFolder() {}

	/**
	 * All images, as samples along the axes: an image with several planes gives several samples of its class. Images of
	 * other extents than wanted are resized.
	 *
	 * @param extents wanted, x first; null for those of the first image
	 * @throws IllegalArgumentException if there are fewer than two classes with images, channels differ, or memory is short
	 */
	public static ClassSamples read(final Path folder, final SpatialAxes axes, final int[] extents, final Monitor monitor) {
		final List<Path> folders = list(folder).stream().filter(Files::isDirectory).toList();
		final List<String> names = new ArrayList<>();
		final List<float[]> values = new ArrayList<>();
		final List<Integer> classes = new ArrayList<>(), groups = new ArrayList<>();
		int[] size = extents;
		int channels = 0, file = 0, done = 0;
		VoxelGeometry geometry = null;
		String unit = "pixel";
		for (final Path sub : folders) {
			monitor.progress((double) done++ / folders.size());
			boolean used = false;
			for (final Path path : list(sub)) {
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
				for (final RandomAccessibleInterval<?> view : views.all()) {
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
			if (used) names.add(sub.getFileName().toString());
		}
		if (names.size() < 2) throw new IllegalArgumentException("The folder " + folder + " must have a subfolder of images for " +
			"each of at least two classes, but " + (names.isEmpty() ? "there are none" : "only " + names + " has images") + ".");
		final ClassifiedArrays samples = new ClassifiedArrays(new Shape(Arrays.stream(size).boxed().toList(), channels), values,
			classes.stream().mapToInt(c -> c).toArray());
		return new ClassSamples(samples, groups.stream().mapToInt(g -> g).toArray(), names, geometry, unit);
	}

	/** Whatever is no image is passed over. */
	private static ImagePlus open(final Path path) {
		if (!Files.isRegularFile(path) || path.getFileName().toString().startsWith(".")) return null;
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		final int type = opener.getFileType(path.toString());
		return type == Opener.UNKNOWN || type == Opener.TEXT || type == Opener.JAVA_OR_TEXT || type == Opener.TABLE ? null
			: opener.openImage(path.toString());
	}

	private static List<Path> list(final Path folder) {
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("There is no folder " + folder +
			". Give a folder with one subfolder of images per class, or a CSV or TSV file of signals.");
		try (Stream<Path> paths = Files.list(folder)) {
			return paths.sorted().toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The folder " + folder + " can't be read: " + e, e);
		}
	}
}
