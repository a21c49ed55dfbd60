package io.github.convoluta.image;

import io.github.convoluta.filter.RowTarget;
import net.imglib2.type.numeric.RealType;

/** Some planes of a store as a target of filters. */
final class PlaneRows<T extends RealType<T>> extends RowTarget<T> {

	private final PlaneStore store;
	private final int[] planes;
	private final long[] size;
	private final RawValues raw;

	/**
	 * @param size extents, whose first two are a plane's
	 * @param planes the planes in the store, in the order of the other axes
	 * @param pixel what the filter writes
	 * @param raw how that becomes what the store keeps; null if it is that
	 */
	PlaneRows(final PlaneStore store, final long[] size, final int[] planes, final T pixel, final RawValues raw) {
		super(size, pixel);
		this.store = store;
		this.planes = planes;
		this.size = size;
		this.raw = raw;
	}

	@Override
	protected void write(final Object samples, final int n, final long[] position) {
		long plane = 0;
		for (int d = size.length - 1; d > 1; d--)
			plane = plane * size[d] + position[d];
		final int offset = (int) (position[1] * size[0] + position[0]);
		store.write(planes[(int) plane], offset, raw == null ? samples : raw.of((float[]) samples, n), n);
	}
}
