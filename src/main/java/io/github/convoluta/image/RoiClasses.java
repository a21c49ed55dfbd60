package io.github.convoluta.image;

import java.awt.Color;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.gui.Roi;

/**
 * What classes regions of interest belong to.
 *
 * @param classes that occur, by their values
 * @param of the class of each region, as an index into the classes
 */
public record RoiClasses(List<RoiClass> classes, List<Integer> of) {

	/** What of a region tells its class. */
	public enum By {

		/** The group, if it has one; otherwise the name's beginning, if it has one; otherwise the colour. */
		AUTOMATIC,
		/** ImageJ's ROI groups, 1 to 255; or larger labels that regions were made from. */
		GROUP,
		/** The name up to the first dash, blank or digit. */
		NAME,
		/** The colour of the outline. */
		COLOUR;

		/**
		 * The rule that a text means.
		 *
		 * @throws IllegalArgumentException if it is none
		 */
		public static By parse(final String text) {
			return switch (text.strip().toLowerCase(Locale.ROOT)) {
				case "automatic" -> AUTOMATIC;
				case "group" -> GROUP;
				case "name" -> NAME;
				case "colour", "color" -> COLOUR;
				default -> throw new IllegalArgumentException("by=" + text +
					" is not known; allowed are automatic, group, name, colour.");
			};
		}
	}

	/**
	 * A class of regions.
	 *
	 * @param value of its pixels in a label image, 1 to 65535
	 * @param name of its group, what its regions' names begin with, or its colour such as {@code #ff0000}
	 * @param colour of its regions
	 */
	public record RoiClass(int value, String name, Color colour) {

		/**
		 * Makes a region one of this class. Group and colour are ImageJ's own; a file keeps the name, the colour of a group, and
		 * values that are no groups, as properties of the region only.
		 */
		public void mark(final Roi roi) {
			roi.setGroup(value <= MOST ? value : 0);
			roi.setStrokeColor(colour);
			// ImageJ reads properties as Latin-1, and blanks and signs may end them.
			roi.setProperty(NAME, value + "." + URLEncoder.encode(name, StandardCharsets.UTF_8));
			roi.setProperty(COLOUR, value + "." + code(colour).substring(1));
		}
	}

	/** Properties of regions with the name and the colour of their class. */
	private static final String NAME = "class", COLOUR = "class-colour";
	private static final Pattern PROPERTY = Pattern.compile("(\\d{1,5})\\.(.*)");
	/** The largest group. More classes than an 8-bit image can tell apart, with 0 for what is in no region, are no classes. */
	private static final int MOST = 255;
	/** The largest value that 16-bit labels have. */
	static final int LARGEST = 65535;

	public RoiClasses {
		classes = List.copyOf(classes);
		of = List.copyOf(of);
	}

	/** What two regions of a class have in common. */
	private record Mark(int group, String text) implements Comparable<Mark> {

		boolean isGroup() {
			return group < Integer.MAX_VALUE;
		}

		@Override
		public int compareTo(final Mark other) {
			return group != other.group ? Integer.compare(group, other.group) : ClassOrder.NATURAL.compare(text, other.text);
		}
	}

	/**
	 * Classes of regions: groups have their number as value; the others follow in the order of their names. A region without
	 * a group is of the group that is called like its name, if there is one.
	 *
	 * @throws IllegalArgumentException if a region has not what tells its class, or there are too many classes
	 */
	public static RoiClasses of(final List<Roi> rois, final By by) {
		final Map<Mark, Roi> firsts = new TreeMap<>();
		for (final Roi roi : rois)
			firsts.putIfAbsent(mark(roi, by), roi);
		final Map<Mark, RoiClass> classes = new HashMap<>();
		final Map<String, RoiClass> named = new HashMap<>();
		final Set<Integer> taken = new HashSet<>();
		firsts.keySet().stream().filter(Mark::isGroup).forEach(m -> taken.add(m.group()));
		int next = 1;
		// Groups come first.
		for (final Map.Entry<Mark, Roi> entry : firsts.entrySet()) {
			final Mark mark = entry.getKey();
			final Roi first = entry.getValue();
			final String name = name(mark, first);
			RoiClass found = mark.isGroup() ? null : named.get(name);
			if (found == null) {
				while (taken.contains(next))
					next++;
				final int value = mark.isGroup() ? mark.group() : next++;
				if (value > MOST && !mark.isGroup()) throw new IllegalArgumentException("The regions have more than " + MOST +
					" different groups, names or colours. Classes are few: give regions of the same class the same group (Edit>Selection>Properties...).");
				found = new RoiClass(value, named.containsKey(name) ? name + " (" + value + ")" : name, colour(first));
				named.putIfAbsent(name, found);
			}
			classes.put(mark, found);
		}
		final List<RoiClass> all = classes.values().stream().distinct().sorted(Comparator.comparingInt(RoiClass::value))
			.toList();
		return new RoiClasses(all, rois.stream().map(roi -> all.indexOf(classes.get(mark(roi, by)))).toList());
	}

	private static Mark mark(final Roi roi, final By by) {
		final String stem = stem(roi.getName());
		return switch (by) {
			case GROUP -> {
				if (group(roi) == 0) throw new IllegalArgumentException("The region " + roi.getName() +
					" has no group. Give it one (Edit>Selection>Properties...), or use by=name or by=colour.");
				yield new Mark(group(roi), "");
			}
			case NAME -> {
				if (stem.isEmpty()) throw new IllegalArgumentException("The region " + roi.getName() +
					" has no name that begins with a class. Name it such as \"nucleus 1\", or use by=group or by=colour.");
				yield new Mark(Integer.MAX_VALUE, stem);
			}
			case COLOUR -> new Mark(Integer.MAX_VALUE, code(colour(roi)));
			case AUTOMATIC -> group(roi) > 0 ? mark(roi, By.GROUP) : mark(roi, stem.isEmpty() ? By.COLOUR : By.NAME);
		};
	}

	/** A name up to the first dash, blank or digit, without signs at the end that led to it. */
	static String stem(final String name) {
		return name == null ? "" : name.strip().split("[-\\s\\d]", 2)[0].replaceFirst("[_.,:;#(\\[]+$", "");
	}

	private static String name(final Mark mark, final Roi roi) {
		if (!mark.isGroup()) return mark.text();
		final Optional<String> own = property(roi, NAME);
		if (own.isPresent()) return URLDecoder.decode(own.get(), StandardCharsets.UTF_8);
		final String name = Roi.getGroupName(mark.group());
		return name == null || name.isBlank() ? Integer.toString(mark.group()) : name.strip();
	}

	private static Color colour(final Roi roi) {
		final Optional<String> own = property(roi, COLOUR).filter(c -> c.matches("[0-9a-f]{6}"));
		if (own.isPresent()) return new Color(Integer.parseInt(own.get(), 16));
		final Color colour = roi.getStrokeColor() != null ? roi.getStrokeColor() : roi.getFillColor();
		return colour == null ? Roi.getColor() : colour;
	}

	/** The group of a region, or the value that it was marked with where that is more than a group can be; 0 if it has none. */
	private static int group(final Roi roi) {
		if (roi.getGroup() > 0) return roi.getGroup();
		final Matcher marked = PROPERTY.matcher(String.valueOf(roi.getProperty(NAME)));
		final int value = marked.matches() ? Integer.parseInt(marked.group(1)) : 0;
		return value > MOST && value <= LARGEST ? value : 0;
	}

	/** What a region was marked with, unless it was put into another group since. */
	private static Optional<String> property(final Roi roi, final String key) {
		final Matcher marked = PROPERTY.matcher(String.valueOf(roi.getProperty(key)));
		return marked.matches() && Integer.parseInt(marked.group(1)) == group(roi) ? Optional.of(marked.group(2)) : Optional
			.empty();
	}

	private static String code(final Color colour) {
		return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
	}

	/** The value of the class of region {@code i}. */
	public int value(final int i) {
		return classes.get(of.get(i)).value();
	}

	/** The names of the classes. */
	public List<String> names() {
		return classes.stream().map(RoiClass::name).toList();
	}

	/** The classes of the regions from {@code from} to before {@code to}; all classes stay known. */
	public RoiClasses part(final int from, final int to) {
		return new RoiClasses(classes, of.subList(from, to));
	}
}
