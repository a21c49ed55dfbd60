package io.github.convoluta.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;

/**
 * Makes the images in {@code test-images}: pictures of what users have, small, from formulas and seeded noise, so that
 * what should be found in them is known. {@link #main} writes them anew.
 */
public final class TestImages {

	/** Sizes of the CT phantom in voxels. */
	public static final int CT_WIDTH = 80, CT_HEIGHT = 72, CT_SLICES = 36;
	/** Samples per second of the ECG, and the first beat's and every further beat's distance in samples. */
	public static final int ECG_RATE = 250, ECG_FIRST = 100, ECG_PERIOD = 205;
	private static final int CELLS_WIDTH = 256;
	private static final int ECG_LENGTH = 2000;

	private TestImages() {}

	public static void main(final String... arguments) throws IOException {
		final Path folder = Path.of(arguments.length > 0 ? arguments[0] : "test-images");
		Files.createDirectories(folder);
		for (final ImagePlus image : new ImagePlus[] { cells(), cellsLabels(), membranes(), chest(), ct(), ctLabels(),
			secondCt(), secondCtLabels(), tissue(), timeSeries(), ecg() })
			new FileSaver(image).saveAsTiff(folder.resolve(image.getTitle()).toString());
		Files.writeString(folder.resolve("ecg.csv"), ecgTable(), StandardCharsets.UTF_8);
	}

	/** A cell: an ellipse with its middle, mean radius and stretch. */
	private record Cell(double x, double y, double radius, double stretch, double brightness) {

		/** Distance from the middle, 1 at the border. */
		double distance(final int px, final int py) {
			return Math.hypot((px - x) / stretch, (py - y) * stretch) / radius;
		}
	}

	private static List<Cell> cells(final Random random) {
		final List<Cell> cells = new ArrayList<>();
		for (int i = 0; i < 34; i++)
			cells.add(new Cell(random.nextDouble() * CELLS_WIDTH, random.nextDouble() * CELLS_WIDTH, 7 + 9 * random.nextDouble(),
				0.7 + 0.6 * random.nextDouble(), 60 + 120 * random.nextDouble()));
		return cells;
	}

	/** What a pixel of the cells belongs to: 0 background, 1 a cell. */
	public static ImagePlus cellsLabels() {
		final ByteProcessor ip = new ByteProcessor(CELLS_WIDTH, CELLS_WIDTH);
		for (final Cell cell : cells(new Random(1)))
			for (int y = 0; y < CELLS_WIDTH; y++)
				for (int x = 0; x < CELLS_WIDTH; x++)
					if (cell.distance(x, y) < 1) ip.set(x, y, 1);
		final ImagePlus image = calibrated(new ImagePlus("cells-labels.tif", ip), 0.325, 0.325, 1, "\u00b5m");
		image.setDisplayRange(0, 1);
		return image;
	}

	/** Bright round cells of different sizes on a dark, noisy background, calibrated in micrometres. */
	public static ImagePlus cells() {
		final int n = CELLS_WIDTH;
		final Random random = new Random(1);
		final double[] light = new double[n * n];
		for (final Cell cell : cells(random))
			for (int y = 0; y < n; y++)
				for (int x = 0; x < n; x++)
					light[y * n + x] = Math.max(light[y * n + x], cell.brightness / (1 + Math.exp((cell.distance(x, y) - 1) * 8)));
		final ByteProcessor ip = new ByteProcessor(n, n);
		for (int i = 0; i < light.length; i++)
			ip.set(i, clamp(14 + light[i] + random.nextGaussian() * (3 + Math.sqrt(light[i]) / 2)));
		return calibrated(new ImagePlus("cells.tif", ip), 0.325, 0.325, 1, "\u00b5m");
	}

	/** Dark cell membranes between grey cells, as electron microscopes see them: borders of the nearest of some points. */
	public static ImagePlus membranes() {
		final int n = 256;
		final Random random = new Random(2);
		final double[][] points = new double[70][];
		for (int i = 0; i < points.length; i++)
			points[i] = new double[] { random.nextDouble() * n, random.nextDouble() * n, 150 + 50 * random.nextDouble() };
		final ByteProcessor ip = new ByteProcessor(n, n);
		for (int y = 0; y < n; y++)
			for (int x = 0; x < n; x++) {
				double first = Double.MAX_VALUE, second = Double.MAX_VALUE, grey = 0;
				final double wx = x + 4 * Math.sin(y / 11.0), wy = y + 4 * Math.sin(x / 13.0);
				for (final double[] p : points) {
					final double d = Math.hypot(wx - p[0], wy - p[1]);
					if (d < first) {
						second = first;
						first = d;
						grey = p[2];
					}
					else if (d < second) second = d;
				}
				final double wall = Math.exp(-Math.pow((second - first) / 3, 2));
				ip.set(x, y, clamp(grey * (1 - 0.75 * wall) + random.nextGaussian() * 12));
			}
		return calibrated(new ImagePlus("membranes.tif", ip), 4, 4, 1, "nm");
	}

	/** A picture like a chest X-ray: bright body, dark lungs, ribs, heart and spine. */
	public static ImagePlus chest() {
		final int w = 192, h = 192;
		final Random random = new Random(3);
		final ByteProcessor ip = new ByteProcessor(w, h);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double u = (x - w / 2.0) / w, v = (y - h / 2.0) / h;
				double value = 30 + 130 * soft(0.47 - Math.hypot(u * 0.98, v * 0.8), 0.01);
				final double lungs = Math.max(soft(1 - Math.hypot((u + 0.19) / 0.14, (v + 0.02) / 0.3), 0.06), soft(1 - Math.hypot(
					(u - 0.19) / 0.14, (v + 0.02) / 0.3), 0.06));
				value -= 95 * lungs;
				value += 28 * lungs * Math.pow(Math.max(0, Math.cos(60 * (v + 0.35 * u * u))), 6);
				value += 45 * soft(1 - Math.hypot((u - 0.07) / 0.13, (v - 0.14) / 0.14), 0.08);
				value += 35 * soft(0.03 - Math.abs(u), 0.005);
				ip.set(x, y, clamp(value + random.nextGaussian() * 4));
			}
		return calibrated(new ImagePlus("chest.tif", ip), 1.6, 1.6, 1, "mm");
	}

	/** What a voxel of the CT phantom belongs to: 0 air, 1 soft tissue, 2 lung, 3 bone. */
	public static int ctLabel(final int x, final int y, final int z) {
		return ctLabel((x - CT_WIDTH / 2.0) / CT_WIDTH, (y - CT_HEIGHT / 2.0) / CT_HEIGHT, (z - CT_SLICES / 2.0) / CT_SLICES, z);
	}

	/** The same of another, smaller body that lies turned and further to the left. */
	private static int secondCtLabel(final int x, final int y, final int z) {
		final double a = x - CT_WIDTH / 2.0 + 4, b = y - CT_HEIGHT / 2.0 - 2, cos = Math.cos(0.2), sin = Math.sin(0.2);
		return ctLabel((a * cos + b * sin) / CT_WIDTH / 0.85, (b * cos - a * sin) / CT_HEIGHT / 0.9, (z - CT_SLICES / 2.0) /
			CT_SLICES / 0.9, z + 4);
	}

	/** At a relative position from the middle; {@code z} counts for the ribs. */
	private static int ctLabel(final double u, final double v, final double w, final int z) {
		if (Math.hypot(u / 0.46, v / 0.42) > 1) return 0;
		if (Math.hypot(u / 0.07, (v - 0.25) / 0.09) < 1) return 3;
		for (int side = -1; side <= 1; side += 2)
			if (Math.pow((u - side * 0.2) / 0.14, 2) + Math.pow((v + 0.03) / 0.24, 2) + Math.pow(w / 0.42, 2) < 1) return 2;
		final double shell = Math.hypot(u / 0.42, v / 0.38);
		return shell > 0.93 && shell < 1.02 && Math.floorMod(z, 9) < 3 ? 3 : 1;
	}

	/** Tells what a voxel belongs to. */
	private interface Anatomy {

		int label(int x, int y, int z);
	}

	/** A CT stack in Hounsfield units: 16 bits with an offset of 1000, voxels of 1.5 x 1.5 x 2.5 mm. */
	public static ImagePlus ct() {
		return ct("ct.tif", TestImages::ctLabel, 4, 30);
	}

	/** The CT of another body, with more noise. */
	public static ImagePlus secondCt() {
		return ct("ct-second.tif", TestImages::secondCtLabel, 14, 60);
	}

	private static ImagePlus ct(final String title, final Anatomy anatomy, final long seed, final double noise) {
		final Random random = new Random(seed);
		final int[] density = { -1000, 40, -780, 650 };
		final ImageStack stack = new ImageStack(CT_WIDTH, CT_HEIGHT);
		for (int z = 0; z < CT_SLICES; z++) {
			final ShortProcessor ip = new ShortProcessor(CT_WIDTH, CT_HEIGHT);
			for (int y = 0; y < CT_HEIGHT; y++)
				for (int x = 0; x < CT_WIDTH; x++)
					ip.set(x, y, (int) Math.max(0, Math.round(1000 + density[anatomy.label(x, y, z)] + random.nextGaussian() *
						noise)));
			stack.addSlice("z = " + String.format(Locale.ROOT, "%.1f", 2.5 * z) + " mm", ip);
		}
		final ImagePlus image = calibrated(new ImagePlus(title, stack), 1.5, 1.5, 2.5, "mm");
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -1000, 1 }, "HU");
		image.setDisplayRange(0, 1800);
		return image;
	}

	/** The classes of the CT phantom's voxels. */
	public static ImagePlus ctLabels() {
		return ctLabels("ct-labels.tif", TestImages::ctLabel);
	}

	/** The classes of the second CT's voxels. */
	public static ImagePlus secondCtLabels() {
		return ctLabels("ct-second-labels.tif", TestImages::secondCtLabel);
	}

	private static ImagePlus ctLabels(final String title, final Anatomy anatomy) {
		final ImageStack stack = new ImageStack(CT_WIDTH, CT_HEIGHT);
		for (int z = 0; z < CT_SLICES; z++) {
			final ByteProcessor ip = new ByteProcessor(CT_WIDTH, CT_HEIGHT);
			for (int y = 0; y < CT_HEIGHT; y++)
				for (int x = 0; x < CT_WIDTH; x++)
					ip.set(x, y, anatomy.label(x, y, z));
			stack.addSlice(ip);
		}
		final ImagePlus image = calibrated(new ImagePlus(title, stack), 1.5, 1.5, 2.5, "mm");
		image.setDisplayRange(0, 3);
		return image;
	}

	/** A stained tissue section in colour: pink ground, violet nuclei. */
	public static ImagePlus tissue() {
		final int w = 192, h = 144;
		final Random random = new Random(5);
		final double[] nucleus = new double[w * h];
		for (int i = 0; i < 60; i++) {
			final double cx = random.nextDouble() * w, cy = random.nextDouble() * h, r = 3 + 3 * random.nextDouble();
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++)
					nucleus[y * w + x] = Math.max(nucleus[y * w + x], soft(r - Math.hypot(x - cx, y - cy), 0.7));
		}
		final ColorProcessor ip = new ColorProcessor(w, h);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final double f = nucleus[y * w + x], fibre = 8 * Math.sin(x / 9.0 + 3 * Math.sin(y / 25.0));
				final double noise = random.nextGaussian() * 4;
				ip.set(x, y, 0xff << 24 | clamp(232 - 130 * f + fibre + noise) << 16 | clamp(160 - 90 * f + fibre + noise) << 8 |
					clamp(196 - 40 * f + noise));
			}
		return calibrated(new ImagePlus("tissue.tif", ip), 0.5, 0.5, 1, "\u00b5m");
	}

	/** Two channels over ten frames: a disc that moves right, and a ring that grows. */
	public static ImagePlus timeSeries() {
		final int n = 96, frames = 10;
		final Random random = new Random(6);
		final ImageStack stack = new ImageStack(n, n);
		for (int t = 0; t < frames; t++)
			for (int c = 0; c < 2; c++) {
				final ByteProcessor ip = new ByteProcessor(n, n);
				for (int y = 0; y < n; y++)
					for (int x = 0; x < n; x++) {
						final double disc = soft(9 - Math.hypot(x - 18 - 6 * t, y - 40), 1);
						final double ring = Math.exp(-Math.pow((Math.hypot(x - 48, y - 52) - 8 - 3 * t) / 2.5, 2));
						ip.set(x, y, clamp(12 + 180 * (c == 0 ? disc : ring) + random.nextGaussian() * 5));
					}
				stack.addSlice((c == 0 ? "disc" : "ring") + " t=" + t, ip);
			}
		final ImagePlus plain = new ImagePlus("series.tif", stack);
		plain.setDimensions(2, 1, frames);
		final CompositeImage image = new CompositeImage(plain, CompositeImage.COMPOSITE);
		image.setOpenAsHyperStack(true);
		calibrated(image, 0.2, 0.2, 1, "\u00b5m");
		image.getCalibration().frameInterval = 0.5;
		image.getCalibration().setTimeUnit("s");
		return image;
	}

	/** Whether a beat's peak lies on sample {@code i} of the ECG. */
	public static boolean isBeat(final int i) {
		return i >= ECG_FIRST && (i - ECG_FIRST) % ECG_PERIOD == 0;
	}

	private static float[] ecgSamples() {
		final Random random = new Random(7);
		final float[] samples = new float[ECG_LENGTH];
		for (int i = 0; i < samples.length; i++) {
			final double phase = (double) Math.floorMod(i - ECG_FIRST + ECG_PERIOD / 2, ECG_PERIOD) - ECG_PERIOD / 2;
			final double beat = 1.1 * wave(phase, 0, 2.5) - 0.18 * wave(phase, -7, 2.5) - 0.28 * wave(phase, 7, 3) + 0.12 * wave(
				phase, -42, 9) + 0.3 * wave(phase, 68, 15);
			samples[i] = (float) (beat + 0.15 * Math.sin(2 * Math.PI * 0.3 * i / ECG_RATE) + random.nextGaussian() * 0.02);
		}
		return samples;
	}

	private static double wave(final double x, final double centre, final double width) {
		return Math.exp(-Math.pow((x - centre) / width, 2));
	}

	/** An electrocardiogram of one row in millivolts, one pixel a sample, with wandering baseline. */
	public static ImagePlus ecg() {
		final ImagePlus image = new ImagePlus("ecg.tif", new FloatProcessor(ECG_LENGTH, 1, ecgSamples()));
		return calibrated(image, 1.0 / ECG_RATE, 1, 1, "s");
	}

	/** The same electrocardiogram as a table. */
	static String ecgTable() {
		final StringBuilder table = new StringBuilder("time_s,millivolt,beat\n");
		final float[] samples = ecgSamples();
		for (int i = 0; i < samples.length; i++)
			table.append(String.format(Locale.ROOT, "%.3f,%.5f,%d%n", (double) i / ECG_RATE, samples[i], isBeat(i) ? 1 : 0)
				.replace("\r", ""));
		return table.toString();
	}

	private static ImagePlus calibrated(final ImagePlus image, final double x, final double y, final double z,
		final String unit)
	{
		final Calibration c = image.getCalibration();
		c.pixelWidth = x;
		c.pixelHeight = y;
		c.pixelDepth = z;
		c.setUnit(unit);
		return image;
	}

	/** 0 to 1 across an edge of the given width. */
	private static double soft(final double distance, final double width) {
		return 1 / (1 + Math.exp(-distance / width));
	}

	private static int clamp(final double value) {
		return (int) Math.max(0, Math.min(255, Math.round(value)));
	}
}
