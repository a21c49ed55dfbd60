package io.github.convoluta.prediction;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.github.convoluta.engine.ByteSize;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.util.Intervals;

/**
 * How an image, or a region of it, is cut into tiles: a list of them, x fastest, each made when it is asked for, so that
 * there may be any number. Every tile is computed with a halo as wide as the network sees on each side, on the grid that its
 * pooling has in the whole image, so that tiles fit together as if the image had been computed at once; this does not hold
 * for networks that normalise over the whole input (instance or group normalisation). Images are mirrored up to a multiple of
 * the pooling that all layers fit.
 * <p>
 * The cores of tiles cover the region, every pixel once; where neighbours are blended they overlap. Whoever knows model,
 * extents and options finds the same tiles, if the options tell the tile's extents: so can jobs on several machines.
 * {@link Predictor#tiling} makes one. Immutable.
 */
public final class Tiling implements Iterable<Tile> {

	private final Interval region;
	private final long[] origin;
	private final int[] size;
	private final BlockGrid blocks;
	private final CellGrid grid;
	private final double engine;
	private final double heap;

	/**
	 * @param region what cores cover
	 * @param origin where the first tile begins, at or before the region
	 * @param size extents of a tile without its halo
	 * @param blocks what is computed for tiles, and by how much they overlap
	 * @param engine bytes that the largest tile takes in the engine
	 * @param heap bytes that it takes in the Java heap
	 */
	Tiling(final Interval region, final long[] origin, final int[] size, final BlockGrid blocks, final double engine,
		final double heap)
	{
		this.region = region;
		this.origin = origin;
		this.size = size;
		this.blocks = blocks;
		this.engine = engine;
		this.heap = heap;
		final long[] span = new long[size.length];
		Arrays.setAll(span, d -> region.max(d) + 1 - origin[d]);
		grid = new CellGrid(span, size);
	}

	/** {@return what the cores cover, in pixels of the image, x first} */
	public Interval region() {
		return region;
	}

	/** {@return the extents of a tile without its halo, x first; those at the ends may be smaller} */
	public int[] size() {
		return size.clone();
	}

	/** {@return the pixels computed before a tile that begins at a multiple of the pooling, x first} */
	public long[] before() {
		return blocks.before();
	}

	/** {@return the pixels computed behind a tile that ends at a multiple of the pooling, x first} */
	public long[] after() {
		return blocks.after();
	}

	/** {@return the pixels by which a core reaches into each neighbour, where they are blended, x first; 0 for none} */
	public int[] overlap() {
		return blocks.overlap().clone();
	}

	/** {@return whether neighbouring tiles overlap and are blended} */
	public boolean blends() {
		return Arrays.stream(blocks.overlap()).anyMatch(o -> o > 0);
	}

	/** {@return bytes that the largest tile takes in the engine, about} */
	public double engine() {
		return engine;
	}

	/** {@return bytes that the largest tile takes in the Java heap} */
	public double heap() {
		return heap;
	}

	/** {@return the number of tiles} */
	public long count() {
		return Arrays.stream(grid.getGridDimensions()).reduce(1, Math::multiplyExact);
	}

	/**
	 * {@return a tile}
	 *
	 * @param index from 0, x fastest
	 * @throws IndexOutOfBoundsException if there is no such tile
	 */
	public Tile tile(final long index) {
		final int n = size.length;
		final int[] overlap = blocks.overlap();
		final long[] at = place(index), min = new long[n], max = new long[n], coreMin = new long[n], coreMax = new long[n];
		for (int d = 0; d < n; d++) {
			final long begin = origin[d] + at[d] * size[d], last = begin + size[d] - 1;
			min[d] = Math.max(region.min(d), begin);
			max[d] = Math.min(region.max(d), last);
			coreMin[d] = Math.max(region.min(d), begin - overlap[d]);
			coreMax[d] = Math.min(region.max(d), last + overlap[d]);
		}
		return new Tile(index, new FinalInterval(coreMin, coreMax), blocks.block(new FinalInterval(min, max)));
	}

	private long[] place(final long index) {
		if (index < 0 || index >= count()) throw new IndexOutOfBoundsException("There are " + count() +
			" tiles, from 0 on, but tile " + index + " was asked for.");
		final long[] at = new long[size.length];
		grid.getCellGridPositionFlat(index, at);
		return at;
	}

	/** All tiles in turn, x fastest. */
	@Override
	public Iterator<Tile> iterator() {
		return new Iterator<>() {

			private long next;

			@Override
			public boolean hasNext() {
				return next < count();
			}

			@Override
			public Tile next() {
				if (!hasNext()) throw new NoSuchElementException();
				return tile(next++);
			}
		};
	}

	/**
	 * {@return the indices of the tiles whose cores have pixels of a part of the image, rising: what a viewer needs to
	 * show it}
	 */
	public LongStream touching(final Interval part) {
		if (Intervals.isEmpty(Intervals.intersect(region, part))) return LongStream.empty();
		final int n = size.length;
		final int[] overlap = blocks.overlap();
		final long[] first = new long[n], count = new long[n];
		for (int d = 0; d < n; d++) {
			first[d] = Math.max(0, Math.floorDiv(part.min(d) - overlap[d] - origin[d], (long) size[d]));
			count[d] = Math.min(grid.gridDimension(d) - 1, (part.max(d) + overlap[d] - origin[d]) / size[d]) + 1 - first[d];
		}
		return LongStream.range(0, Arrays.stream(count).reduce(1, Math::multiplyExact)).map(i -> {
			final long[] at = new long[n];
			long rest = i;
			for (int d = 0; d < n; d++) {
				at[d] = first[d] + rest % count[d];
				rest /= count[d];
			}
			return grid.getCellGridIndexFlat(at);
		});
	}

	/** How much each position of a tile's core counts along an axis: ramps of neighbouring cores add up to 1. */
	float[] weights(final Tile tile, final int d) {
		final float[] weights = new float[(int) tile.core().dimension(d)];
		final int overlap = blocks.overlap()[d];
		final long at = place(tile.index())[d], begin = origin[d] + at * size[d] - overlap, end = origin[d] + (at + 1) *
			size[d] + overlap;
		final boolean rises = overlap > 0 && at > 0, falls = overlap > 0 && at < grid.gridDimension(d) - 1;
		final double ramp = 2.0 * overlap;
		for (int i = 0; i < weights.length; i++) {
			final long position = tile.core().min(d) + i;
			double weight = 1;
			if (rises) weight = Math.min(weight, (position - begin + 0.5) / ramp);
			if (falls) weight = Math.min(weight, (end - position - 0.5) / ramp);
			weights[i] = (float) weight;
		}
		return weights;
	}

	/** {@return the tiles, size, halo and memory, for a log} */
	public String toText() {
		return String.format(Locale.ROOT,
			"%d %s of %s pixels with %s computed around, each takes about %s, %s of it in Java's memory", count(), count() == 1
				? "tile" : "tiles", sizeText(), count() == 1 ? "nothing" : haloText(), new ByteSize(engine + heap), new ByteSize(
					heap));
	}

	/** Extents of a tile. */
	String sizeText() {
		return text(Arrays.stream(size).asLongStream());
	}

	/** What is computed around tiles. */
	String haloText() {
		final String before = text(Arrays.stream(before())), after = text(Arrays.stream(after()));
		return before + (before.equals(after) ? "" : " before and " + after + " after");
	}

	private static String text(final LongStream extents) {
		return extents.mapToObj(String::valueOf).collect(Collectors.joining("x"));
	}
}
