package io.github.convoluta.image;

import java.awt.Color;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.FloatPolygon;
import io.github.convoluta.image.RoiClasses.RoiClass;

/**
 * Classes and what was drawn of them on an image: regions of its overlay, ordinary ones, each with its class as group,
 * name and colour. So they are saved with the image, and {@link RoiClasses} finds the same classes. Whatever else lies in
 * the overlay stays there. Every change can be undone. For one thread at a time.
 */
public final class Annotations {

	private static final int MOST_CLASSES = 255, MOST_STEPS = 100;
	private static final List<String> USUAL = List.of("background", "foreground");

	/** All that a change can change. */
	private record State(List<RoiClass> classes, List<Roi> rois) {}

	private final ImagePlus image;
	private final Deque<State> earlier = new ArrayDeque<>();
	private List<RoiClass> classes;

	/**
	 * The annotations of an image. Regions in its overlay that have no group get that of their class; without regions the
	 * classes are ImageJ's groups that have names, or two usual ones.
	 *
	 * @throws IllegalArgumentException if its regions have too many classes
	 */
	public Annotations(final ImagePlus image) {
		this.image = image;
		final List<Roi> found = RoiSource.drawn(image.getOverlay());
		final RoiClasses known = RoiClasses.of(found, RoiClasses.By.AUTOMATIC);
		classes = found.isEmpty() ? usual() : known.classes();
		final List<Roi> marked = new ArrayList<>();
		for (int i = 0; i < found.size(); i++)
			marked.add(marked(found.get(i), known.classes().get(known.of().get(i))));
		if (!found.isEmpty()) put(marked);
	}

	private static List<RoiClass> usual() {
		final List<RoiClass> result = new ArrayList<>();
		for (int g = 1; Roi.getGroupName(g) != null; g++)
			result.add(new RoiClass(g, Roi.getGroupName(g).strip(), usualColour(g)));
		if (result.size() < USUAL.size()) {
			result.clear();
			for (int g = 1; g <= USUAL.size(); g++)
				result.add(new RoiClass(g, USUAL.get(g - 1), usualColour(g)));
		}
		return List.copyOf(result);
	}

	/** That of the same label in label images. */
	private static Color usualColour(final int value) {
		return new Color(LabelImages.colours().getRGB(value));
	}

	/** The image that is drawn on. */
	public ImagePlus image() {
		return image;
	}

	/** The classes, by their values. */
	public List<RoiClass> classes() {
		return classes;
	}

	/** The regions, in the order they were drawn. */
	public List<Roi> rois() {
		return RoiSource.drawn(image.getOverlay());
	}

	/**
	 * Adds a class with the smallest value that is free.
	 *
	 * @throws IllegalArgumentException if the name is empty or taken, or there are 255 classes
	 */
	public RoiClass addClass(final String name) {
		final String free = freeName(name, 0);
		final Set<Integer> taken = classes.stream().map(RoiClass::value).collect(Collectors.toSet());
		int value = 1;
		while (taken.contains(value))
			value++;
		if (value > MOST_CLASSES) throw new IllegalArgumentException("There are " + MOST_CLASSES +
			" classes already, which is all that ROI groups can tell apart.");
		final RoiClass added = new RoiClass(value, free, usualColour(value));
		final List<RoiClass> all = new ArrayList<>(classes);
		all.add(added);
		all.sort(Comparator.comparingInt(RoiClass::value));
		change(all, rois());
		return added;
	}

	/**
	 * Gives a class another name.
	 *
	 * @throws IllegalArgumentException if the name is empty or another class's, or there is no such class
	 */
	public void rename(final int value, final String name) {
		final String free = freeName(name, value);
		replaceClass(value, c -> new RoiClass(value, free, c.colour()));
	}

	/**
	 * Gives a class another colour.
	 *
	 * @throws IllegalArgumentException if there is no such class
	 */
	public void recolour(final int value, final Color colour) {
		replaceClass(value, c -> new RoiClass(value, c.name(), colour));
	}

	private String freeName(final String name, final int except) {
		final String free = name.strip();
		if (free.isEmpty()) throw new IllegalArgumentException("A class needs a name.");
		if (classes.stream().anyMatch(c -> c.value() != except && c.name().equals(free))) throw new IllegalArgumentException(
			"There is a class \"" + free + "\" already. Give another name.");
		return free;
	}

	private void replaceClass(final int value, final UnaryOperator<RoiClass> change) {
		final RoiClass changed = change.apply(find(value));
		change(classes.stream().map(c -> c.value() == value ? changed : c).toList(), rois().stream().map(r -> r
			.getGroup() == value ? marked(r, changed) : r).toList());
	}

	/**
	 * Takes away a class and all that was drawn of it.
	 *
	 * @throws IllegalArgumentException if there is no such class
	 */
	public void removeClass(final int value) {
		final RoiClass gone = find(value);
		change(classes.stream().filter(c -> c != gone).toList(), rois().stream().filter(r -> r.getGroup() != value).toList());
	}

	private RoiClass find(final int value) {
		return classes.stream().filter(c -> c.value() == value).findFirst().orElseThrow(() -> new IllegalArgumentException(
			"There is no class " + value + ". Choose one of the list, or add one."));
	}

	/**
	 * Adds a selection to a class; it belongs to the slice and frame that are shown.
	 *
	 * @param selection as a tool has drawn it; it stays as it is
	 * @throws IllegalArgumentException if it is null, unfinished or no region, lies outside the image, or there is no such
	 *           class
	 */
	public void add(final Roi selection, final int value) {
		final RoiClass to = find(value);
		requireFinished(selection);
		final Roi roi = (Roi) selection.clone();
		place(roi);
		if (!RoiLabels.paint(new ByteProcessor(image.getWidth(), image.getHeight()), roi, 1, image, slice(), frame()))
			throw new IllegalArgumentException("The selection has no pixel inside the image.");
		final List<Roi> all = new ArrayList<>(rois());
		final Set<String> names = all.stream().map(Roi::getName).collect(Collectors.toSet());
		int number = 1;
		while (names.contains(to.name() + "-" + number))
			number++;
		roi.setName(to.name() + "-" + number);
		roi.setFillColor(null);
		to.mark(roi);
		all.add(roi);
		change(classes, all);
	}

	private static void requireFinished(final Roi selection) {
		if (selection == null) throw new IllegalArgumentException(
			"There is no selection. Draw one with ImageJ's tools first: brush, freehand, wand, polygon or line.");
		if (!RoiSource.isDrawn(selection)) throw new IllegalArgumentException(
			"The selection is a text or an image. Draw an area, a line or points.");
		if (selection.getState() == Roi.CONSTRUCTING) throw new IllegalArgumentException(
			"The selection is not finished. Close it first with a double click.");
	}

	private void place(final Roi roi) {
		if (roi.getPosition() == PointRoi.POINTWISE_POSITION) return;
		if (image.isHyperStack() || image.getNChannels() > 1) roi.setPosition(0, slice(), frame());
		else roi.setPosition(image.getStackSize() == 1 ? 0 : image.getCurrentSlice());
	}

	/** The slice that is shown; ImageJ's own number of it is right only where a window follows it. */
	private int slice() {
		return image.convertIndexToPosition(image.getCurrentSlice())[1];
	}

	private int frame() {
		return image.convertIndexToPosition(image.getCurrentSlice())[2];
	}

	/**
	 * Takes the pixels under a selection away from all regions of the slice and frame that are shown; from a region that
	 * lies on several of them, everywhere.
	 *
	 * @return how many regions have lost pixels
	 * @throws IllegalArgumentException if it is null, unfinished or no region
	 */
	public int erase(final Roi selection) {
		requireFinished(selection);
		final Roi eraser = (Roi) selection.clone();
		place(eraser);
		final int w = image.getWidth(), h = image.getHeight(), z = slice(), t = frame();
		final ByteProcessor erased = new ByteProcessor(w, h);
		RoiLabels.paint(erased, eraser, 1, image, z, t);
		final List<Roi> all = new ArrayList<>();
		int count = 0;
		for (final Roi roi : rois()) {
			final List<Roi> rest = RoiLabels.isOn(roi, image, z, t) ? without(roi, erased) : List.of(roi);
			if (rest.size() != 1 || rest.get(0) != roi) count++;
			all.addAll(rest);
		}
		if (count > 0) change(classes, all);
		return count;
	}

	/** What is left of a region: itself if it loses nothing. */
	private List<Roi> without(final Roi roi, final ByteProcessor erased) {
		if (roi instanceof final PointRoi points) return without(points, erased);
		final ByteProcessor plane = new ByteProcessor(erased.getWidth(), erased.getHeight());
		RoiLabels.paint(plane, roi, 255, image, slice(), frame());
		boolean loses = false, isLeft = false;
		for (int i = 0; i < plane.getPixelCount(); i++) {
			if (plane.get(i) == 0) continue;
			if (erased.get(i) == 0) isLeft = true;
			else {
				loses = true;
				plane.set(i, 0);
			}
		}
		if (!loses) return List.of(roi);
		if (!isLeft) return List.of();
		plane.setThreshold(255, 255, ByteProcessor.NO_LUT_UPDATE);
		return List.of(like(roi, new ThresholdToSelection().convert(plane)));
	}

	/** Points of a region may lie on different slices. */
	private List<Roi> without(final PointRoi points, final ByteProcessor erased) {
		final FloatPolygon all = points.getFloatPolygon();
		final int shown = image.getCurrentSlice();
		final TreeMap<Integer, FloatPolygon> left = new TreeMap<>();
		int kept = 0;
		for (int i = 0; i < all.npoints; i++) {
			final int at = points.getPointPosition(i), x = (int) Math.floor(all.xpoints[i]), y = (int) Math.floor(all.ypoints[i]);
			final boolean isInside = x >= 0 && y >= 0 && x < erased.getWidth() && y < erased.getHeight();
			if ((at <= 0 || at == shown) && isInside && erased.get(x, y) != 0) continue;
			left.computeIfAbsent(Math.max(0, at), p -> new FloatPolygon()).addPoint(all.xpoints[i], all.ypoints[i]);
			kept++;
		}
		if (kept == all.npoints) return List.of(points);
		final List<Roi> parts = new ArrayList<>();
		left.forEach((at, some) -> {
			final Roi part = like(points, new PointRoi(some));
			if (at > 0) part.setPosition(at);
			parts.add(part);
		});
		return parts;
	}

	/** A part of a region, with its class and place. */
	private Roi like(final Roi whole, final Roi part) {
		part.setName(whole.getName());
		if (whole.hasHyperStackPosition()) part.setPosition(whole.getCPosition(), whole.getZPosition(), whole.getTPosition());
		else if (whole.getPosition() > 0) part.setPosition(whole.getPosition());
		find(whole.getGroup()).mark(part);
		return part;
	}

	private static Roi marked(final Roi roi, final RoiClass of) {
		final Roi marked = (Roi) roi.clone();
		of.mark(marked);
		return marked;
	}

	/** Whether there is anything to undo. */
	public boolean canUndo() {
		return !earlier.isEmpty();
	}

	/** Takes the last change back that was not yet; up to a hundred of them. */
	public void undo() {
		if (earlier.isEmpty()) return;
		final State before = earlier.pop();
		classes = before.classes();
		put(before.rois());
	}

	private void change(final List<RoiClass> newClasses, final List<Roi> newRois) {
		earlier.push(new State(classes, rois()));
		if (earlier.size() > MOST_STEPS) earlier.removeLast();
		classes = List.copyOf(newClasses);
		put(newRois);
	}

	/** Puts regions into the overlay in the place of those that were there; other things in it stay below. */
	private void put(final List<Roi> rois) {
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		final Set<Roi> gone = Collections.newSetFromMap(new IdentityHashMap<>());
		gone.addAll(rois());
		for (int i = overlay.size() - 1; i >= 0; i--)
			if (gone.contains(overlay.get(i))) overlay.remove(i);
		rois.forEach(overlay::add);
		image.setOverlay(overlay);
	}

	/** Number of pixels of each class, in the order of the classes, on all slices and frames; the last region is seen. */
	public long[] counts() {
		final List<Roi> rois = rois();
		final List<RoiClass> all = classes;
		final long[] byValue = new long[MOST_CLASSES + 1];
		for (int t = 1; t <= image.getNFrames(); t++)
			for (int z = 1; z <= image.getNSlices(); z++) {
				final int slice = z, frame = t;
				final List<Roi> here = rois.stream().filter(r -> RoiLabels.isOn(r, image, slice, frame)).toList();
				if (here.isEmpty()) continue;
				final ByteProcessor plane = new ByteProcessor(image.getWidth(), image.getHeight());
				for (final Roi roi : here)
					RoiLabels.paint(plane, roi, roi.getGroup(), image, z, t);
				final int[] histogram = plane.getHistogram();
				for (int value = 1; value <= MOST_CLASSES; value++)
					byValue[value] += histogram[value];
			}
		return all.stream().mapToLong(c -> byValue[c.value()]).toArray();
	}
}
