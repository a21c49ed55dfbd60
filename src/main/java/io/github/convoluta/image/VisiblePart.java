package io.github.convoluta.image;

import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.process.ByteProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.prediction.LabelValues;
import io.github.convoluta.prediction.PredictionOptions;
import io.github.convoluta.prediction.Predictor;
import io.github.convoluta.prediction.TileSink;
import io.github.convoluta.prediction.Tiling;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

/**
 * What a person sees of an image: a plane, or of a large plane the part that the window shows, so that what a network
 * says of it is there soon.
 *
 * @param slice from 1 on
 * @param frame from 1 on
 * @param area in pixels, inside the image and not empty
 */
public record VisiblePart(int slice, int frame, Rectangle area) {

	/** Pixels: smaller planes are always seen as a whole; of larger ones no more is taken than this many times four. */
	private static final int SMALL = 1 << 20, LARGE = 1 << 22;

	public VisiblePart {
		area = new Rectangle(area);
	}

	@Override
	public Rectangle area() {
		return new Rectangle(area);
	}

	/** The part of an image that its window shows; without a window, as if it showed all. */
	public static VisiblePart of(final ImagePlus image) {
		final int[] place = image.convertIndexToPosition(image.getCurrentSlice());
		final Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
		final ImageCanvas canvas = image.getCanvas();
		Rectangle seen = canvas == null || pixels(all) <= SMALL ? all : canvas.getSrcRect().intersection(all);
		if (pixels(seen) > LARGE) {
			final double shrink = Math.sqrt((double) LARGE / pixels(seen));
			final int w = Math.max(1, (int) (seen.width * shrink)), h = Math.max(1, (int) (seen.height * shrink));
			seen = new Rectangle(seen.x + (seen.width - w) / 2, seen.y + (seen.height - h) / 2, w, h);
		}
		return new VisiblePart(place[1], place[2], seen.isEmpty() ? all : seen);
	}

	private static long pixels(final Rectangle r) {
		return (long) r.width * r.height;
	}

	/**
	 * What a network says of the part.
	 *
	 * @param predictor for every pixel, with the axes of the views
	 * @param views of the image
	 * @param classes how many the network has, at most 255
	 * @param monitor may stop this
	 * @return 1 for the first class and so on, of the area's size
	 * @throws IllegalArgumentException if the model doesn't fit the image, or memory is short
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public ByteProcessor classes(final Predictor predictor, final NetworkViews views, final int classes,
		final Monitor monitor)
	{
		final LabelValues values = new LabelValues(IntStream.rangeClosed(1, classes).mapToObj(c -> (float) c).toList());
		final ByteProcessor result = new ByteProcessor(area.width, area.height);
		final byte[] pixels = (byte[]) result.getPixels();
		final RandomAccessibleInterval<?> plane = ArrayImgs.unsignedBytes(pixels, area.width, area.height);
		final PlaneLayout layout = views.image().layout();
		final List<RandomAccessibleInterval<?>> all = views.all();
		switch (views.axes()) {
			case X -> {
				final int first = (slice - 1 + layout.slices() * (frame - 1)) * layout.height() + area.y;
				for (int y = 0; y < area.height; y++)
					predict(predictor, all.get(first + y), values, row(), Views.hyperSlice(plane, 1, y), monitor.part(y, area.height));
			}
			case XY -> predict(predictor, all.get(slice - 1 + layout.slices() * (frame - 1)), values, box(), plane, monitor);
			case XYZ -> predict(predictor, all.get(frame - 1), values, box(slice - 1), Views.addDimension(plane, 0, 0), monitor);
			case XYT -> predict(predictor, all.get(slice - 1), values, box(frame - 1), Views.addDimension(plane, 0, 0), monitor);
		}
		return result;
	}

	private Interval row() {
		return new FinalInterval(new long[] { area.x }, new long[] { area.x + area.width - 1 });
	}

	private Interval box() {
		return new FinalInterval(new long[] { area.x, area.y }, new long[] { area.x + area.width - 1, area.y + area.height -
			1 });
	}

	private Interval box(final int third) {
		return new FinalInterval(new long[] { area.x, area.y, third }, new long[] { area.x + area.width - 1, area.y +
			area.height - 1, third });
	}

	private static void predict(final Predictor predictor, final RandomAccessibleInterval<?> view, final LabelValues values,
		final Interval region, final RandomAccessibleInterval<?> target, final Monitor monitor)
	{
		final PredictionOptions options = PredictionOptions.USUAL.withRegion(region);
		final long[] extents = new long[region.numDimensions()];
		for (int d = 0; d < extents.length; d++)
			extents[d] = view.dimension(d);
		final Tiling tiling = predictor.tiling(extents, options);
		predictor.on(view, options, monitor).predict(tiling, TileSink.labels(tiling, values, target), monitor);
	}
}
