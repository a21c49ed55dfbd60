package io.github.convoluta.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Named kernels. A name may be followed by arguments, separated by spaces or commas: {@code gaussian 2},
 * {@code sobel y}, {@code kirsch north-east}. Derivative kernels are written for correlation: their response is
 * positive where values grow along the axis.
 */
public final class KernelCatalogue {

	/** One entry of the catalogue: how to write it, and what it does. */
	public record Entry(String usage, String description) {}

	private interface Recipe {

		Kernel make(CatalogueArguments arguments, int n);
	}

	private record Item(Entry entry, Recipe recipe) {}

	private static final List<String> COMPASS = List.of("north", "north-west", "west", "south-west", "south", "south-east",
		"east", "north-east");
	/** The outer ring of a 3x3 kernel, counter-clockwise from the top right corner. */
	private static final int[] RING = { 2, 1, 0, 3, 6, 7, 8, 5 };

	private static final Map<String, Item> ITEMS = items();

	private KernelCatalogue() {}

	/** {@return all names, in the order of presentation} */
	public static List<String> names() {
		return List.copyOf(ITEMS.keySet());
	}

	/** {@return all entries with usage and description, in the order of presentation} */
	public static List<Entry> entries() {
		return ITEMS.values().stream().map(Item::entry).toList();
	}

	/**
	 * {@return whether the first word of {@code text} is a name of the catalogue, in whatever case}
	 *
	 * @param text a name with or without arguments, or anything else
	 */
	public static boolean contains(final String text) {
		return ITEMS.containsKey(firstWord(text));
	}

	/**
	 * {@return the kernel that {@code text} names}
	 *
	 * @param text a name and its arguments
	 * @param n the number of axes, 1 to 3
	 * @throws IllegalArgumentException for an unknown name, an argument out of range, or a kernel that does not exist
	 *           in {@code n} dimensions
	 */
	public static Kernel create(final String text, final int n) {
		final Item item = ITEMS.get(firstWord(text));
		if (item == null) throw new IllegalArgumentException("No kernel is called \"" + firstWord(text) + "\". Known kernels: " +
			String.join(", ", names()) + ".");
		final CatalogueArguments arguments = new CatalogueArguments(item.entry().usage(), text);
		final Kernel kernel = item.recipe().make(arguments, n);
		arguments.checkNoneLeft();
		return kernel;
	}

	private static String firstWord(final String text) {
		return text.strip().split("[\\s,]+", 2)[0].toLowerCase(Locale.ROOT);
	}

	private static Map<String, Item> items() {
		final Map<String, Item> m = new LinkedHashMap<>();
		add(m, "identity [size]", "leaves the image as it is", (a, n) -> identity(a.odd("size", 1), n));
		add(m, "box [size ...]", "mean of a box; one size, or one per axis", (a, n) -> box(a.sizes(3, n)));
		add(m, "mean [size ...]", "the same as box", (a, n) -> box(a.sizes(3, n)));
		add(m, "gaussian [sigma]", "Gaussian blur, truncated at 4 sigma", (a, n) -> gaussian(a.positive("sigma", 1), n));
		add(m, "sharpen", "adds the negative Laplacian", (a, n) -> laplacianCross(n).times(-1).plus(identity(3, n)));
		add(m, "unsharp [sigma] [amount]", "unsharp mask: adds amount times the difference to the blurred image", (a, n) -> {
			final Kernel g = gaussian(a.positive("sigma", 1), n);
			final double amount = a.positive("amount", 1);
			return identity(g.size(0), n).times(1 + amount).plus(g.times(-amount));
		});
		add(m, "emboss", "relief, lit from the top left", (a, n) -> flat("emboss", n, -2, -1, 0, -1, 1, 1, 0, 1, 2));
		add(m, "sobel [axis]", "derivative, smoothed by 1 2 1 across", (a, n) -> derivative(a, n, 1, 2, 1));
		add(m, "prewitt [axis]", "derivative, smoothed by 1 1 1 across", (a, n) -> derivative(a, n, 1, 1, 1));
		add(m, "scharr [axis]", "derivative, smoothed by 3 10 3 across", (a, n) -> derivative(a, n, 3, 10, 3));
		add(m, "roberts [1|2]", "difference along a diagonal of 2x2 pixels", (a, n) -> {
			requirePlane("roberts", n);
			final boolean first = a.word("diagonal", "1", "1", "2").equals("1");
			final Kernel k = first ? Kernel.of2D(new double[] { 1, 0 }, new double[] { 0, -1 }) : Kernel.of2D(new double[] { 0,
				1 }, new double[] { -1, 0 });
			return k.squeezedTo(n).withOrigin(IntStream.range(0, n).map(d -> 0).toArray());
		});
		add(m, "kirsch [direction]", "edge in one of 8 compass directions, from north to north-east", (a, n) -> kirsch(a.word(
			"direction", "north", COMPASS.toArray(String[]::new)), n));
		add(m, "laplacian [connectivity]", "4 or 8 neighbours in a plane; 6, 18 or 26 in 3-D", KernelCatalogue::laplacian);
		add(m, "log [sigma]", "Laplacian of a Gaussian", (a, n) -> laplacianOfGaussian(a.positive("sigma", 1), n));
		add(m, "dog [sigma1] [sigma2]", "difference of two Gaussians", (a, n) -> {
			final double s1 = a.positive("sigma1", 1), s2 = a.positive("sigma2", 1.6);
			final int radius = Gaussian.radius(Math.max(s1, s2));
			return repeated(Gaussian.samples(s1, radius), n).plus(repeated(Gaussian.samples(s2, radius), n).times(-1));
		});
		add(m, "line [direction]", "bright lines: horizontal, vertical, diagonal (falling) or antidiagonal", (a, n) -> line(a
			.word("direction", "horizontal", "horizontal", "vertical", "diagonal", "antidiagonal"), n));
		add(m, "motion [length] [angle]", "mean along a line; angle in degrees, counter-clockwise from x", (a, n) -> motion(a
			.positive("length", 9), a.number("angle", 0), n));
		add(m, "gabor [sigma] [wavelength] [angle] [aspect] [phase]",
			"oriented wave under a Gaussian; angle and phase in degrees", (a, n) -> gabor(a, n));
		add(m, "average [length]", "moving average along x", (a, n) -> Kernel.of1D(filled(a.size("length", 5))).squeezedTo(n));
		return m;
	}

	private static void add(final Map<String, Item> items, final String usage, final String description, final Recipe recipe) {
		items.put(firstWord(usage), new Item(new Entry(usage, description), recipe));
	}

	private static Kernel identity(final int size, final int n) {
		final double[] dirac = new double[size];
		dirac[size / 2] = 1;
		return repeated(dirac, n);
	}

	private static Kernel box(final int[] sizes) {
		return Kernel.outer(Arrays.stream(sizes).mapToObj(KernelCatalogue::filled).toArray(double[][]::new));
	}

	private static double[] filled(final int size) {
		final double[] f = new double[size];
		Arrays.fill(f, 1.0 / size);
		return f;
	}

	private static Kernel repeated(final double[] factor, final int n) {
		return Kernel.outer(IntStream.range(0, n).mapToObj(d -> factor).toArray(double[][]::new));
	}

	private static Kernel gaussian(final double sigma, final int n) {
		return repeated(Gaussian.samples(sigma), n);
	}

	private static Kernel derivative(final CatalogueArguments a, final int n, final double... smoothing) {
		final int axis = a.axis(n);
		return Kernel.outer(IntStream.range(0, n).mapToObj(d -> d == axis ? new double[] { -1, 0, 1 } : smoothing).toArray(
			double[][]::new));
	}

	private static Kernel kirsch(final String direction, final int n) {
		final double[] values = new double[9];
		final int first = COMPASS.indexOf(direction);
		for (int i = 0; i < RING.length; i++)
			values[RING[(i + first) % 8]] = i < 3 ? 5 : -3;
		return flat("kirsch", n, values);
	}

	private static Kernel laplacian(final CatalogueArguments a, final int n) {
		final String connectivity = switch (n) {
			case 1 -> a.word("connectivity", "2", "2");
			case 2 -> a.word("connectivity", "4", "4", "8");
			default -> a.word("connectivity", "6", "6", "18", "26", "4", "8");
		};
		final boolean planar = n == 3 && (connectivity.equals("4") || connectivity.equals("8"));
		final int axes = planar ? 2 : n;
		final int furthest = switch (connectivity) {
			case "8", "18" -> 2;
			case "26" -> 3;
			default -> 1;
		};
		return laplacian(axes, furthest).squeezedTo(n);
	}

	private static Kernel laplacianCross(final int n) {
		return laplacian(n, 1);
	}

	/** Neighbours that differ in at most {@code furthest} coordinates count 1, the centre minus their number. */
	private static Kernel laplacian(final int n, final int furthest) {
		final double[] values = new double[(int) Math.pow(3, n)];
		final int centre = values.length / 2;
		for (int i = 0; i < values.length; i++) {
			int distance = 0;
			for (int d = 0, rest = i; d < n; d++, rest /= 3)
				distance += rest % 3 == 1 ? 0 : 1;
			if (i != centre && distance <= furthest) {
				values[i] = 1;
				values[centre]--;
			}
		}
		return Kernel.of(IntStream.range(0, n).map(d -> 3).toArray(), values);
	}

	private static Kernel laplacianOfGaussian(final double sigma, final int n) {
		final double[] g = Gaussian.samples(sigma), second = Gaussian.secondDerivative(sigma);
		Kernel sum = null;
		for (int axis = 0; axis < n; axis++) {
			final int a = axis;
			final Kernel k = Kernel.outer(IntStream.range(0, n).mapToObj(d -> d == a ? second : g).toArray(double[][]::new));
			sum = sum == null ? k : sum.plus(k);
		}
		return sum;
	}

	private static Kernel line(final String direction, final int n) {
		return switch (direction) {
			case "horizontal" -> flat("line", n, -1, -1, -1, 2, 2, 2, -1, -1, -1);
			case "vertical" -> flat("line", n, -1, 2, -1, -1, 2, -1, -1, 2, -1);
			case "diagonal" -> flat("line", n, 2, -1, -1, -1, 2, -1, -1, -1, 2);
			default -> flat("line", n, -1, -1, 2, -1, 2, -1, 2, -1, -1);
		};
	}

	private static Kernel motion(final double length, final double angle, final int n) {
		if (length > 1000) throw new IllegalArgumentException("motion: length " + length + " is more than 1000 pixels.");
		if (n > 1) requirePlane("motion", n);
		final double c = n == 1 ? 1 : Math.cos(Math.toRadians(angle)), s = n == 1 ? 0 : -Math.sin(Math.toRadians(angle));
		final int r = (int) Math.ceil((length - 1) / 2 - 1e-9);
		final int width = 2 * r + 1;
		final double[] values = new double[width * width];
		final int steps = (int) Math.ceil(length) * 64;
		for (int i = 0; i < steps; i++) {
			final double t = ((i + 0.5) / steps - 0.5) * length;
			final int x = Math.max(-r, Math.min(r, (int) Math.round(t * c))), y = Math.max(-r, Math.min(r, (int) Math.round(t *
				s)));
			values[(r + y) * width + r + x] += 1.0 / steps;
		}
		if (n > 1) return Kernel.of(new int[] { width, width }, values).squeezedTo(n);
		return Kernel.of1D(Arrays.copyOfRange(values, r * width, (r + 1) * width));
	}

	/** Gabor filter (Daugman 1985), angle counter-clockwise between the wave's direction and x. */
	private static Kernel gabor(final CatalogueArguments a, final int n) {
		requirePlane("gabor", n);
		final double sigma = a.positive("sigma", 2), wavelength = a.positive("wavelength", 6);
		final double angle = Math.toRadians(a.number("angle", 0)), aspect = a.positive("aspect", 1);
		final double phase = Math.toRadians(a.number("phase", 0));
		final int r = Gaussian.radius(0.75 * sigma * Math.max(1, 1 / aspect));
		final double[] values = new double[(2 * r + 1) * (2 * r + 1)];
		for (int y = -r, i = 0; y <= r; y++)
			for (int x = -r; x <= r; x++, i++) {
				final double u = x * Math.cos(angle) - y * Math.sin(angle), v = x * Math.sin(angle) + y * Math.cos(angle);
				values[i] = Math.exp(-(u * u + aspect * aspect * v * v) / (2 * sigma * sigma)) * Math.cos(2 * Math.PI * u /
					wavelength + phase);
			}
		return Kernel.of(new int[] { 2 * r + 1, 2 * r + 1 }, values).squeezedTo(n);
	}

	private static Kernel flat(final String name, final int n, final double... nine) {
		requirePlane(name, n);
		return Kernel.of(new int[] { 3, 3 }, nine).squeezedTo(n);
	}

	private static void requirePlane(final String name, final int n) {
		if (n < 2) throw new IllegalArgumentException("The kernel \"" + name +
			"\" has two axes; choose axes=XY (or XYZ) in place of X.");
	}
}
