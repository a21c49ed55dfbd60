package io.github.convoluta.image;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * An image as networks see it: one view per signal, plane, stack or series, each with the channels as its last axis.
 * Views are read lazily.
 *
 * @param image where they come from
 * @param axes the spatial axes of a view
 */
public record NetworkViews(SourceImage image, SpatialAxes axes) {

	/**
	 * @throws IllegalArgumentException if the image lacks the axes
	 */
	public NetworkViews {
		axes.check(image.image());
	}

	/**
	 * Views of calibrated values, such as Hounsfield units, of the whole image.
	 *
	 * @throws IllegalArgumentException if the image lacks the axes, or its selection lies wholly outside it
	 */
	public static NetworkViews of(final ImagePlus image, final SpatialAxes axes) {
		Selection.of(image);
		return new NetworkViews(new SourceImage(image, true), axes);
	}

	/** All views: rows first if they are signals, then slices and frames. */
	public List<RandomAccessibleInterval<?>> all() {
		final List<RandomAccessibleInterval<?>> views = new ArrayList<>();
		for (int i = 0; i < image.layout().views(axes, true); i++)
			views.addAll(rows(image.view(axes, true, i), axes));
		return views;
	}

	/** Views of an image with one channel, without an axis for it. */
	List<RandomAccessibleInterval<?>> withoutChannels() {
		return all().stream().<RandomAccessibleInterval<?>> map(v -> Views.hyperSlice(v, v.numDimensions() - 1, v.min(v
			.numDimensions() - 1))).toList();
	}

	/** A view of planes, or its rows. */
	static List<RandomAccessibleInterval<?>> rows(final RandomAccessibleInterval<?> view, final SpatialAxes axes) {
		if (axes != SpatialAxes.X) return List.of(view);
		final List<RandomAccessibleInterval<?>> rows = new ArrayList<>();
		for (long y = 0; y < view.dimension(1); y++)
			rows.add(Views.hyperSlice(view, 1, view.min(1) + y));
		return rows;
	}

	/** Where a view lies in its image: a number if only slices, frames or rows are several, otherwise such as z3 t2 y5. */
	public String place(final int view) {
		final PlaneLayout l = image.layout();
		final int rows = axes == SpatialAxes.X ? l.height() : 1, plane = view / rows;
		final int slices = axes == SpatialAxes.XYZ ? 1 : l.slices(), frames = axes == SpatialAxes.XYT ? 1 : l.frames();
		final List<String> parts = new ArrayList<>();
		if (slices > 1) parts.add("z" + (plane % slices + 1));
		if (frames > 1) parts.add("t" + (plane / slices + 1));
		if (rows > 1) parts.add("y" + (view % rows + 1));
		return parts.isEmpty() ? "1" : parts.size() == 1 ? parts.get(0).substring(1) : String.join(" ", parts);
	}

	/** The image's title and where a view lies in it, such as {@code "ct.tif", slice 5}. */
	public String name(final int view) {
		return name("\"" + image.image().getTitle() + "\"", view);
	}

	/** A name of the image and where a view lies in it. */
	String name(final String title, final int view) {
		final PlaneLayout l = image.layout();
		final int rows = axes == SpatialAxes.X ? l.height() : 1, plane = view / rows;
		final int slices = axes == SpatialAxes.XYZ ? 1 : l.slices(), frames = axes == SpatialAxes.XYT ? 1 : l.frames();
		return title + (slices > 1 ? ", slice " + (plane % slices + 1) : "") + (frames > 1 ? ", frame " + (plane / slices + 1)
			: "") + (rows > 1 ? ", row " + view % rows : "");
	}

	/** Physical extents of a pixel along the axes, x first; a frame counts as 1. */
	public List<Double> pixelSize() {
		final var c = image.image().getCalibration();
		final double[] sizes = { c.pixelWidth, c.pixelHeight, axes == SpatialAxes.XYT ? 1 : c.pixelDepth };
		final List<Double> result = new ArrayList<>();
		for (int d = 0; d < axes.count(); d++)
			result.add(sizes[d] > 0 ? sizes[d] : 1);
		return result;
	}

	/** Unit of the pixel sizes. */
	public String unit() {
		return image.image().getCalibration().getUnit();
	}

	/** Number of channels, colours included. */
	public int channels() {
		return image.channels();
	}
}
