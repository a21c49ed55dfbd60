package io.github.convoluta.command;

import ij.ImagePlus;
import ij.ImageStack;
import io.github.convoluta.image.ImageFilter;
import io.github.convoluta.image.SpatialAxes;

/**
 * As much of an image as a preview of its current slice needs: that slice, or for filters across slices or frames those
 * around it too.
 *
 * @param image a copy, with the calibration and selection of the original
 * @param channel the current slice's place in the copy, from 1 on, as are slice and frame
 */
record PreviewPart(ImagePlus image, int channel, int slice, int frame) {

	/** Slices on either side; what lies further away does not count in the preview. */
	private static final int REACH = 16;

	static PreviewPart of(final ImagePlus image, final ImageFilter filter) {
		final int c = image.getC(), z = image.getZ(), t = image.getT();
		final boolean volume = filter.axes() == SpatialAxes.XYZ, video = filter.axes() == SpatialAxes.XYT;
		final int firstC = filter.channelsTogether() ? 1 : c, lastC = filter.channelsTogether() ? image.getNChannels() : c;
		final int firstZ = volume ? Math.max(1, z - REACH) : z, lastZ = volume ? Math.min(image.getNSlices(), z + REACH) : z;
		final int firstT = video ? Math.max(1, t - REACH) : t, lastT = video ? Math.min(image.getNFrames(), t + REACH) : t;
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int frame = firstT; frame <= lastT; frame++)
			for (int slice = firstZ; slice <= lastZ; slice++)
				for (int channel = firstC; channel <= lastC; channel++)
					stack.addSlice(image.getStack().getProcessor(image.getStackIndex(channel, slice, frame)).duplicate());
		final ImagePlus part = new ImagePlus(image.getTitle(), stack);
		part.setDimensions(lastC - firstC + 1, lastZ - firstZ + 1, lastT - firstT + 1);
		part.setOpenAsHyperStack(true);
		part.setCalibration(image.getCalibration());
		part.setRoi(image.getRoi());
		return new PreviewPart(part, c - firstC + 1, z - firstZ + 1, t - firstT + 1);
	}

	/** Where the current slice's result is in that of the copy. */
	int indexIn(final ImagePlus result) {
		return result.getStackIndex(Math.min(channel, result.getNChannels()), Math.min(slice, result.getNSlices()), Math.min(
			frame, result.getNFrames()));
	}
}
