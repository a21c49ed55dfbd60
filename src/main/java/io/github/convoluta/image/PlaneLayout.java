package io.github.convoluta.image;

/**
 * How the planes of a hyperstack are numbered: channel fastest, then slice, then frame, as in ImageJ; all from 0.
 */
record PlaneLayout(int width, int height, int channels, int slices, int frames) {

	int planes() {
		return Math.multiplyExact(Math.multiplyExact(channels, slices), frames);
	}

	int plane(final int c, final int z, final int t) {
		return c + channels * (z + slices * t);
	}

	/** Size of one view along the given axes, channels last if they belong together. */
	long[] viewSize(final SpatialAxes axes, final boolean channelsTogether) {
		final int n = axes.viewDimensions();
		final long[] size = new long[n + (channelsTogether ? 1 : 0)];
		size[0] = width;
		size[1] = height;
		if (axes == SpatialAxes.XYZ) size[2] = slices;
		if (axes == SpatialAxes.XYT) size[2] = frames;
		if (channelsTogether) size[n] = channels;
		return size;
	}

	/** Number of views along the given axes. */
	int views(final SpatialAxes axes, final boolean channelsTogether) {
		return planes() / (channelsTogether ? channels : 1) / (axes == SpatialAxes.XYZ ? slices : axes == SpatialAxes.XYT
			? frames : 1);
	}

	/** The planes of view {@code i}: third axis fastest, then channels if they belong together. */
	int[] viewPlanes(final SpatialAxes axes, final boolean channelsTogether, final int i) {
		final int cs = channelsTogether ? 1 : channels;
		final int zs = axes == SpatialAxes.XYZ ? 1 : slices;
		final int c0 = i % cs, z0 = i / cs % zs, t0 = i / cs / zs;
		final int depth = axes == SpatialAxes.XYZ ? slices : axes == SpatialAxes.XYT ? frames : 1;
		final int together = channelsTogether ? channels : 1;
		final int[] planes = new int[depth * together];
		for (int c = 0; c < together; c++)
			for (int k = 0; k < depth; k++)
				planes[c * depth + k] = plane(channelsTogether ? c : c0, axes == SpatialAxes.XYZ ? k : z0, axes == SpatialAxes.XYT
					? k : t0);
		return planes;
	}
}
