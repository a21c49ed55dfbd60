package io.github.convoluta.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.convoluta.engine.Target;
import io.github.convoluta.filter.Monitor;

/**
 * Labelled images with what lies where in their labels, found in one look at each of them: classes, how often they occur,
 * and the class of every pixel. Splits, patches and weights of classes ask it instead of the images. It takes up to an
 * eighth of Java's memory; what does not fit is read again. Safe for several threads.
 */
public final class LabelIndex {

	/** Share of Java's memory. */
	private static final int SHARE = 8;

	/**
	 * An image or a part of one.
	 *
	 * @param image with its labels
	 * @param classes of its pixels; null for values
	 */
	record Entry(LabelledImage image, ClassMap classes) {

		/** Pixels of each class; of values, all. */
		long[] counts() {
			return classes == null ? new long[] { image.labels().size() } : classes.counts();
		}

		/** The part from {@code from} to before {@code to} along an axis; the monitor may stop the looking at it. */
		Entry part(final int axis, final long from, final long to, final Monitor monitor) {
			return new Entry(image.part(axis, from, to), classes == null ? null : classes.part(axis, from, to, monitor));
		}
	}

	private final ClassValues classes;
	private final List<Entry> entries;

	private LabelIndex(final ClassValues classes, final List<Entry> entries) {
		this.classes = classes;
		this.entries = List.copyOf(entries);
	}

	/**
	 * Images whose labels' values are the classes.
	 *
	 * @param sparse whether 0 means that nothing is known there
	 * @param areColours whether the values are colours, 0xRRGGBB
	 * @param monitor hears how much was looked at, and may stop it
	 * @throws IllegalArgumentException if there are too few or too many values, or fractions, or they look like those of a
	 *           picture
	 */
	public static LabelIndex of(final List<LabelledImage> images, final boolean sparse, final boolean areColours,
		final Monitor monitor)
	{
		final ValueTally tally = new ValueTally(sparse, areColours);
		final List<CodedRows> rows = rows(images, tally, CodedRows.CODES, monitor);
		final ClassValues classes = tally.classes();
		return of(images, rows, classes, tally.classOfCode(classes));
	}

	/**
	 * Images with classes that are known.
	 *
	 * @param classes which values mean which classes; others mean none
	 */
	public static LabelIndex of(final List<LabelledImage> images, final ClassValues classes, final Monitor monitor) {
		final ClassLookup lookup = classes.lookup();
		final int none = classes.count();
		final long[] classOfCode = new long[none + 1];
		Arrays.setAll(classOfCode, c -> c < none ? c : Target.IGNORED);
		return of(images, rows(images, (row, codes) -> {
			for (int x = 0; x < row.length; x++) {
				final long c = lookup.classOf(row[x]);
				codes[x] = c < 0 ? none : (int) c;
			}
		}, none + 1, monitor), classes, classOfCode);
	}

	/** Images with the values that they should become, which are not looked at. */
	public static LabelIndex ofValues(final List<LabelledImage> images) {
		return new LabelIndex(null, images.stream().map(i -> new Entry(i, null)).toList());
	}

	private static List<CodedRows> rows(final List<LabelledImage> images, final CodedRows.Coder coder, final int codes,
		final Monitor monitor)
	{
		final CodedRows.Allowance allowance = new CodedRows.Allowance(Runtime.getRuntime().maxMemory() / SHARE);
		final List<CodedRows> rows = new ArrayList<>();
		for (final LabelledImage image : images)
			rows.add(new CodedRows(image.labels(), coder, codes, allowance, monitor.part(rows.size(), images.size())));
		return rows;
	}

	private static LabelIndex of(final List<LabelledImage> images, final List<CodedRows> rows, final ClassValues classes,
		final long[] classOfCode)
	{
		final List<Entry> entries = new ArrayList<>();
		for (int i = 0; i < images.size(); i++)
			entries.add(new Entry(images.get(i), new ClassMap(images.get(i).labels(), rows.get(i), classes, classOfCode)));
		return new LabelIndex(classes, entries);
	}

	/** The same with other images, or parts of them. */
	LabelIndex of(final List<Entry> others) {
		return new LabelIndex(classes, others);
	}

	/**
	 * The same with names of the classes.
	 *
	 * @param names by the labels' values
	 */
	public LabelIndex named(final Map<Long, String> names) {
		return names.isEmpty() ? this : new LabelIndex(classes.named(names), entries);
	}

	/** What the labels' values mean; null for values. */
	public ClassValues classes() {
		return classes;
	}

	List<Entry> entries() {
		return entries;
	}

	/** The images, or parts of them. */
	public List<LabelledImage> images() {
		return entries.stream().map(Entry::image).toList();
	}

	/** Whether there are none. */
	public boolean isEmpty() {
		return entries.isEmpty();
	}

	/** Number of pixels of each class in all images; of values, of all. */
	public long[] counts() {
		final long[] sums = new long[classes == null ? 1 : classes.count()];
		for (final Entry entry : entries) {
			final long[] counts = entry.counts();
			Arrays.setAll(sums, c -> sums[c] + counts[c]);
		}
		return sums;
	}
}
