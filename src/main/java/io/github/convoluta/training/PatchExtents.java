package io.github.convoluta.training;

import io.github.convoluta.network.Network;
import io.github.convoluta.sample.LabelledImage;

/** Extents of the patches that a network learns from. */
public final class PatchExtents {

	/** Extents that networks learn well from, for signals, planes and volumes. */
	private static final int[][] USUAL = { { 256 }, { 256, 256 }, { 64, 64, 32 } };

	private PatchExtents() {}

	/**
	 * Extents in multiples of what the network pools, not larger than the image needs.
	 *
	 * @param wanted pixels along the axes, x first; null to choose
	 * @param network that learns from the patches
	 * @param first one of the images that patches are cut from
	 * @return pixels along the axes, x first
	 */
	public static int[] of(final int[] wanted, final Network network, final LabelledImage first) {
		final int[] divisor = network.divisor();
		final int[] extents = (wanted == null ? USUAL[divisor.length - 1] : wanted).clone();
		for (int d = 0; d < extents.length; d++) {
			final long needed = Math.min(extents[d], first.image().dimension(d));
			extents[d] = (int) ((needed + divisor[d] - 1) / divisor[d] * divisor[d]);
		}
		return extents;
	}
}
