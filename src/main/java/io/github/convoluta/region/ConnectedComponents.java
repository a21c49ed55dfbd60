package io.github.convoluta.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.convoluta.filter.BlockReader;
import io.github.convoluta.filter.BlockWriter;
import io.github.convoluta.filter.Border;
import io.github.convoluta.filter.Monitor;
import net.imglib2.RandomAccessibleInterval;

/**
 * Pixels of the same label that touch, as components numbered from 1 on in the order of their first pixels. 0 and NaN are
 * background. Only runs of equal labels along the first axis are kept, joined by union-find (Hoshen and Kopelman 1976, by
 * runs: Rosenfeld and Pfaltz 1966), so that images may be larger than memory.
 */
public final class ConnectedComponents {

	private final long[] extents;
	private final int rows;
	/** Where the runs of each row begin. */
	private final int[] starts;
	private int count;
	private int[] first = new int[1024], last = new int[1024], parent = new int[1024];
	private float[] label = new float[1024];
	/** Number of the component of each run, from 0 on. */
	private int[] component;
	private long[] sizes;
	private float[] labels;

	private ConnectedComponents(final long[] extents) {
		this.extents = extents;
		long n = 1;
		for (int d = 1; d < extents.length; d++)
			n *= extents[d];
		if (n >= Integer.MAX_VALUE || extents[0] >= Integer.MAX_VALUE) throw new IllegalArgumentException("Objects of " + n +
			" rows of " + extents[0] + " pixels can't be found at once; up to " + (Integer.MAX_VALUE - 1) +
			" rows can. Divide the image.");
		rows = (int) n;
		starts = new int[rows + 1];
	}

	/**
	 * Finds the components of a label image.
	 *
	 * @param image labels, or a mask; of any number of axes
	 * @throws java.util.concurrent.CancellationException if the monitor cancels
	 */
	public static ConnectedComponents of(final RandomAccessibleInterval<?> image, final Neighbours neighbours,
		final Monitor monitor)
	{
		final ConnectedComponents c = new ConnectedComponents(image.dimensionsAsLongArray());
		final int n = c.extents.length;
		final List<int[]> before = before(n, neighbours);
		final int reach = neighbours == Neighbours.CORNERS ? 1 : 0;
		final BlockReader reader = BlockReader.of(image, Border.REPLICATE);
		final int[] size = new int[n];
		Arrays.fill(size, 1);
		size[0] = (int) c.extents[0];
		final float[] values = new float[size[0]];
		for (int row = 0; row < c.rows; row++) {
			if ((row & 127) == 0) monitor.progress((double) row / c.rows);
			final long[] at = c.position(row);
			reader.read(at, size, values, 0);
			c.add(row, values);
			for (final int[] offset : before) {
				final int other = c.neighbour(at, offset);
				if (other >= 0) c.join(row, other, reach);
			}
		}
		c.number();
		monitor.progress(1);
		return c;
	}

	/** Offsets along all axes but the first to the rows that touch one and come before it. */
	private static List<int[]> before(final int n, final Neighbours neighbours) {
		final List<int[]> offsets = new ArrayList<>();
		final int all = (int) Math.pow(3, n - 1.0);
		// In base 3 with digits -1, 0 and 1, the highest axis first, all that come before are those below the middle.
		for (int code = 0; code < all / 2; code++) {
			final int[] offset = new int[n];
			int rest = code, far = 0;
			for (int d = 1; d < n; d++, rest /= 3) {
				offset[d] = rest % 3 - 1;
				far += Math.abs(offset[d]);
			}
			if (neighbours == Neighbours.CORNERS || far == 1) offsets.add(offset);
		}
		return offsets;
	}

	private long[] position(final int row) {
		final long[] at = new long[extents.length];
		long rest = row;
		for (int d = 1; d < at.length; d++) {
			at[d] = rest % extents[d];
			rest /= extents[d];
		}
		return at;
	}

	/** The number of the row at an offset; -1 outside of the image. */
	private int neighbour(final long[] at, final int[] offset) {
		long row = 0, step = 1;
		for (int d = 1; d < at.length; d++) {
			final long p = at[d] + offset[d];
			if (p < 0 || p >= extents[d]) return -1;
			row += p * step;
			step *= extents[d];
		}
		return (int) row;
	}

	private void add(final int row, final float[] values) {
		starts[row] = count;
		for (int x = 0; x < values.length;) {
			final float value = values[x];
			final int from = x++;
			while (x < values.length && values[x] == value)
				x++;
			if (value == 0 || Float.isNaN(value)) continue;
			if (count == first.length) grow();
			first[count] = from;
			last[count] = x - 1;
			label[count] = value;
			parent[count] = count;
			count++;
		}
		starts[row + 1] = count;
	}

	private void grow() {
		final int n = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * count);
		if (n == count) throw new IllegalArgumentException("The image has more than " + count +
			" runs of labelled pixels, too many to find objects in. Smooth it, or divide it.");
		first = Arrays.copyOf(first, n);
		last = Arrays.copyOf(last, n);
		parent = Arrays.copyOf(parent, n);
		label = Arrays.copyOf(label, n);
	}

	private void join(final int row, final int other, final int reach) {
		int a = starts[row], b = starts[other];
		while (a < starts[row + 1] && b < starts[other + 1]) {
			union(a, b, reach);
			// Behind runs that end together either's next may touch the other across a corner.
			if (last[a] == last[b] && a + 1 < starts[row + 1]) union(a + 1, b, reach);
			if (last[a] < last[b]) a++;
			else b++;
		}
	}

	private void union(final int a, final int b, final int reach) {
		if (label[a] != label[b] || first[a] > last[b] + reach || first[b] > last[a] + reach) return;
		final int p = root(a), q = root(b);
		// The lowest number stays, so that components are numbered by their first pixels.
		parent[Math.max(p, q)] = Math.min(p, q);
	}

	private int root(final int run) {
		int r = run;
		while (parent[r] != r) {
			parent[r] = parent[parent[r]];
			r = parent[r];
		}
		return r;
	}

	private void number() {
		component = new int[count];
		int n = 0;
		for (int r = 0; r < count; r++)
			component[r] = parent[r] == r ? n++ : component[root(r)];
		sizes = new long[n];
		labels = new float[n];
		for (int r = 0; r < count; r++) {
			sizes[component[r]] += last[r] - first[r] + 1;
			labels[component[r]] = label[r];
		}
	}

	/** Number of components. */
	public int count() {
		return sizes.length;
	}

	/** Pixels of component {@code number}, from 1 to {@link #count}. */
	public long size(final int number) {
		return sizes[number - 1];
	}

	/** The label of component {@code number}, from 1 to {@link #count}. */
	public float label(final int number) {
		return labels[number - 1];
	}

	/**
	 * Writes an image of objects: 0 for background, 1, 2, 3, ... for components.
	 *
	 * @param target of the image's extents
	 * @param least components of fewer pixels are left out, and the others numbered without gaps
	 * @return labels of the objects written, in their order
	 * @throws IllegalArgumentException if there are more objects than the target's type can tell apart
	 */
	public float[] write(final RandomAccessibleInterval<?> target, final long least, final Monitor monitor) {
		final int[] numbers = new int[sizes.length];
		final float[] kept = new float[sizes.length];
		int n = 0;
		for (int c = 0; c < sizes.length; c++)
			if (sizes[c] >= least) {
				kept[n] = labels[c];
				numbers[c] = ++n;
			}
		if (n > 1 << 24) throw new IllegalArgumentException(n + " objects are more than the " + (1 << 24) +
			" that an image can tell apart. Leave out small ones.");
		final BlockWriter writer = BlockWriter.of(target);
		final int[] size = new int[extents.length];
		Arrays.fill(size, 1);
		size[0] = (int) extents[0];
		final float[] values = new float[size[0]];
		for (int row = 0; row < rows; row++) {
			if ((row & 127) == 0) monitor.progress((double) row / rows);
			Arrays.fill(values, 0);
			for (int r = starts[row]; r < starts[row + 1]; r++)
				Arrays.fill(values, first[r], last[r] + 1, numbers[component[r]]);
			writer.write(position(row), size, values, size, new int[size.length], 0);
		}
		monitor.progress(1);
		return Arrays.copyOf(kept, n);
	}
}
