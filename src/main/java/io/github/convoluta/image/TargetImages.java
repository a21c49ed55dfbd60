package io.github.convoluta.image;

import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;
import io.github.convoluta.sample.LabelledImage;

/** Images that show what others should become. */
public final class TargetImages {

	private TargetImages() {}

	/**
	 * Views of an image with those of its target: calibrated values, colours as channels.
	 *
	 * @throws IllegalArgumentException if sizes differ; the number of channels may
	 */
	public static List<LabelledImage> pair(final NetworkViews image, final ImagePlus target) {
		LabelImages.requireSameSize(image, target, "target image");
		return LabelImages.pairs(image, views(image, target).all());
	}

	private static NetworkViews views(final NetworkViews image, final ImagePlus target) {
		return new NetworkViews(new SourceImage(target, true), image.axes());
	}

	/** Names of a target's channels, colours included. */
	public static List<String> names(final NetworkViews image, final ImagePlus target) {
		return IntStream.rangeClosed(1, views(image, target).channels()).mapToObj(c -> "channel " + c).toList();
	}
}
