package io.github.convoluta.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.filter.Resizing;
import io.github.convoluta.network.Shape;
import io.github.convoluta.sample.ClassifiedArrays;
import io.github.convoluta.sample.NonFinite;
import io.github.convoluta.sample.VoxelGeometry;
import net.imglib2.RandomAccessibleInterval;

/** Reads images from a folder with one subfolder per class. */
public final class ClassFolder {

	/** So many names are given of what is wrong. */
	private static final int SHOWN = 10;

	private final SpatialAxes axes;
	private final boolean subfolders;
	private final List<String> names = new ArrayList<>();
	private final List<float[]> values = new ArrayList<>();
	private final List<Integer> classes = new ArrayList<>(), groups = new ArrayList<>();
	private final List<String> remarks = new ArrayList<>(), unreadable = new ArrayList<>();
	private final Map<Integer, List<Path>> byBitDepth = new TreeMap<>();
	private UnreadableImageException firstUnreadable;
	private int[] size;
	private int channels, files;
	private VoxelGeometry geometry;
	private String unit = "pixel";

	private ClassFolder(final SpatialAxes axes, final int[] extents, final boolean subfolders) {
		this.axes = axes;
		this.subfolders = subfolders;
		size = extents;
	}

	/** The same without folders within the classes' folders. */
	public static ClassSamples read(final Path folder, final SpatialAxes axes, final int[] extents, final Monitor monitor) {
		return read(folder, axes, extents, false, monitor);
	}

	/**
	 * All images, as samples along the axes: an image with several planes gives several samples of its class. Images of
	 * other extents than wanted are resized. Classes are in the order of {@link ClassOrder}; hidden files and folders, and
	 * files that are no images, are passed over.
	 *
	 * @param extents wanted, x first; null for those of the first image
	 * @param subfolders whether images in folders within a class's folder belong to the class; otherwise such folders are
	 *          remarked
	 * @throws IllegalArgumentException if there are fewer than two classes with images, images can't be read, channels
	 *           differ, or memory is short
	 */
	public static ClassSamples read(final Path folder, final SpatialAxes axes, final int[] extents, final boolean subfolders,
		final Monitor monitor)
	{
		if (!Files.isDirectory(folder)) throw new IllegalArgumentException("There is no folder " + folder +
			". Give a folder with one subfolder of images per class, or a CSV or TSV file of signals.");
		return new ClassFolder(axes, extents, subfolders).samples(folder, monitor);
	}

	private ClassSamples samples(final Path folder, final Monitor monitor) {
		final List<Path> folders = inOrder(ImageFolder.folders(folder));
		int done = 0;
		for (final Path sub : folders)
			readClass(folder, sub, monitor.part(done++, folders.size()));
		if (!unreadable.isEmpty()) throw new IllegalArgumentException(unreadable.size() == 1 ? firstUnreadable.getMessage()
			: unreadable.size() + " of " + (files + unreadable.size()) + " images can't be read: " + shown(unreadable) +
				". Repair them, or take them out of the folder.", firstUnreadable);
		if (names.size() < 2) throw new IllegalArgumentException("The folder " + folder +
			" must have a subfolder of images for each of at least two classes, but " + (names.isEmpty() ? "there are none"
				: "only " + names + " has images") + "." + (remarks.isEmpty() ? "" : " " + String.join(" ", remarks)));
		if (byBitDepth.size() > 1) remarks.add("The images are not of one bit depth: " + byBitDepth.entrySet().stream().map(
			e -> e.getValue().size() + (e.getKey() == 24 ? " of RGB" : " of " + e.getKey() + " bits") + ", such as " + e.getValue()
				.get(0)).collect(Collectors.joining("; ")) +
			". Their values are taken as they are; convert them all to the same type if they don't mean the same.");
		final ClassifiedArrays samples = new ClassifiedArrays(new Shape(Arrays.stream(size).boxed().toList(), channels), values,
			classes.stream().mapToInt(c -> c).toArray());
		return new ClassSamples(samples, groups.stream().mapToInt(g -> g).toArray(), names, geometry, unit, remarks);
	}

	private void readClass(final Path folder, final Path sub, final Monitor monitor) {
		final List<Path> images = ImageFolder.images(sub, "", subfolders);
		final int before = files + unreadable.size();
		int read = 0;
		for (final Path path : images) {
			monitor.progress((double) read++ / images.size());
			try {
				add(folder, path, ImageFile.open(path));
			}
			catch (final UnreadableImageException e) {
				if (firstUnreadable == null) firstUnreadable = e;
				unreadable.add(path + " (" + e.reason() + ")");
			}
		}
		final boolean isUsed = files + unreadable.size() > before;
		if (isUsed) names.add(ImageFile.name(sub));
		final List<String> nested = subfolders ? List.of() : ImageFolder.folders(sub).stream().filter(f -> !ImageFolder.images(f,
			"", true).isEmpty()).map(ImageFile::name).toList();
		if (!nested.isEmpty()) remarks.add("The folder " + sub + " has folders of images, which are passed over: " + shown(
			nested) + ". With subfolders=true they belong to the class.");
		else if (!isUsed) remarks.add("The folder " + sub + " has no images and is no class.");
	}

	private void add(final Path folder, final Path path, final ImagePlus image) {
		final NetworkViews views = NetworkViews.of(image, axes);
		if (channels == 0) {
			channels = views.channels();
			geometry = new VoxelGeometry(views.pixelSize(), axes == SpatialAxes.XYT);
			unit = views.unit();
		}
		if (views.channels() != channels) throw new IllegalArgumentException("The image " + path + " has " + views.channels() +
			" channels, but those before it have " + channels + ". Convert them all to the same type.");
		final List<RandomAccessibleInterval<?>> all = views.all();
		for (int i = 0; i < all.size(); i++) {
			final RandomAccessibleInterval<?> view = all.get(i);
			NonFinite.refuse(view, axes.name(), views.name(path.toString(), i), Monitor.NONE);
			if (size == null) size = Arrays.stream(view.dimensionsAsLongArray()).limit(axes.count()).mapToInt(Math::toIntExact)
				.toArray();
			MemoryCheck.require("Reading the images of " + folder, 4.0 * view.size());
			values.add(Resizing.resize(view, size));
			classes.add(names.size());
			groups.add(files);
		}
		byBitDepth.computeIfAbsent(image.getBitDepth(), b -> new ArrayList<>()).add(path);
		files++;
	}

	private static String shown(final List<String> texts) {
		return texts.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (texts.size() > SHOWN ? " and " + (texts.size() -
			SHOWN) + " more" : "");
	}

	private static List<Path> inOrder(final List<Path> folders) {
		final List<String> names = ClassOrder.sorted(folders.stream().map(ImageFile::name).toList());
		return folders.stream().sorted(Comparator.comparingInt(f -> names.indexOf(ImageFile.name(f)))).toList();
	}
}
