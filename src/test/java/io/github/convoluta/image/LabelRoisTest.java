package io.github.convoluta.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.convoluta.filter.Monitor;
import io.github.convoluta.image.RoiClasses.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels, regions of them, and labels again are equal; so are regions, labels and regions again. */
class LabelRoisTest {

	private static final int W = 37, H = 29;

	/** Objects of all shapes that touch and enclose each other; seen as labels they have holes and corners in common. */
	private static ImageProcessor plane(final Random random, final int largest) {
		final ImageProcessor plane = largest > 255 ? new ShortProcessor(W, H) : new ByteProcessor(W, H);
		for (int i = 0; i < 14; i++) {
			final Roi shape = random.nextBoolean() ? new OvalRoi(random.nextInt(W - 3), random.nextInt(H - 3), 3 + random.nextInt(
				9), 3 + random.nextInt(9)) : new Roi(random.nextInt(W), random.nextInt(H), 1 + random.nextInt(6), 1 + random.nextInt(
					6));
			plane.setColor(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(largest));
			plane.fill(shape);
		}
		for (int i = 0; i < 20; i++)
			plane.set(random.nextInt(W), random.nextInt(H), 1 + random.nextInt(largest));
		return plane;
	}

	private static ImagePlus labels(final int slices, final int frames, final int largest) {
		final Random random = new Random(slices + 10 * frames + largest);
		final ImageStack stack = new ImageStack(W, H);
		for (int i = 0; i < slices * frames; i++)
			stack.addSlice(plane(random, largest));
		final ImagePlus labels = new ImagePlus("labels", stack);
		labels.setDimensions(1, slices, frames);
		labels.setOpenAsHyperStack(slices > 1 && frames > 1);
		return labels;
	}

	private static ImagePlus painted(final ImagePlus image, final List<Roi> rois) {
		return LabelSource.paint(rois, RoiClasses.of(rois, By.AUTOMATIC), "none", image, "again", r -> {
			throw new AssertionError(r);
		}).image();
	}

	@ParameterizedTest
	@CsvSource({ "1,1,4,true", "1,1,4,false", "5,1,3,true", "1,4,3,false", "3,2,250,true", "3,2,4,false", "1,1,60000,true",
		"2,2,700,false" })
	void labelsComeBack(final int slices, final int frames, final int largest, final boolean perObject,
		@TempDir final Path folder) throws IOException
	{
		final ImagePlus labels = labels(slices, frames, largest), image = IJ.createHyperStack("image", W, H,
			slices > 1 == frames > 1 ? 2 : 1, slices, frames, 16);
		final Object[] before = Arrays.stream(labels.getStack().getImageArray()).limit(slices * frames).map(
			p -> p instanceof final byte[] b ? b.clone() : ((short[]) p).clone()).toArray();
		final List<Roi> rois = LabelRois.of(labels, perObject, Monitor.NONE);
		RoiFile.write(rois, folder.resolve("RoiSet.zip"));
		for (final List<Roi> some : List.of(rois, RoiFile.read(folder.resolve("RoiSet.zip"))))
			for (final ImagePlus again : List.of(painted(labels, some), painted(image, some))) {
				assertEquals(slices, again.getNSlices());
				assertEquals(frames, again.getNFrames());
				assertEquals(largest > 255 ? 16 : 8, again.getBitDepth());
				for (int i = 1; i <= slices * frames; i++)
					assertArrayEquals(labels.getStack().getProcessor(i).getIntArray(), again.getStack().getProcessor(i).getIntArray());
			}
		for (int i = 1; i <= slices * frames; i++)
			assertEquals(Arrays.deepToString(new Object[] { before[i - 1] }), Arrays.deepToString(new Object[] { labels.getStack()
				.getPixels(i) }), "the labels stay as they are");
		final Set<String> names = new HashSet<>();
		assertTrue(rois.stream().allMatch(r -> names.add(r.getName())), "a name for each");
	}

	/** What of a region others see; rectangles have no mask. */
	private static String text(final Roi roi) {
		final ImageProcessor mask = roi.getMask() == null ? new ByteProcessor(roi.getBounds().width, roi.getBounds().height)
			: roi.getMask();
		if (roi.getMask() == null) mask.add(255);
		return String.join(" ", roi.getName(), "" + roi.getGroup(), "" + roi.getBounds(), "" + roi.getStrokeColor(), roi
			.getPosition() + " " + roi.getZPosition() + " " + roi.getTPosition(), Arrays.deepToString(mask.getIntArray()));
	}

	private static Roi drawn(final Roi roi, final String name, final int group, final Color colour) {
		roi.setName(name);
		roi.setGroup(group);
		roi.setStrokeColor(colour);
		return roi;
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "4,1", "3,2" })
	void regionsComeBack(final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("image", W, H, 1, slices, frames, 8);
		final Roi ring = new ShapeRoi(new OvalRoi(2, 2, 12, 11)).not(new ShapeRoi(new OvalRoi(5, 5, 4, 4)));
		final List<Roi> rois = List.of(drawn(new Roi(0, 0, 9, 1), "cell nucleus-1", 3, Color.GREEN), drawn(ring, "membrane-1", 7,
			new Color(10, 20, 30)), drawn(new OvalRoi(16, 2, 9, 9), "membrane-2", 7, new Color(10, 20, 30)), drawn(new Roi(6, 15,
				1, 1), "cell nucleus-2", 3, Color.GREEN));
		for (int i = 0; i < rois.size(); i++)
			if (slices > 1 && frames > 1) rois.get(i).setPosition(0, 1 + (i > 1 ? 1 : 0), 1 + (i > 2 ? 1 : 0));
			else if (slices > 1) rois.get(i).setPosition(1 + (i > 1 ? 2 : 0));
		final RoiClasses named = new RoiClasses(List.of(new RoiClasses.RoiClass(3, "cell nucleus", Color.GREEN),
			new RoiClasses.RoiClass(7, "membrane", new Color(10, 20, 30))), List.of(0, 1, 1, 0));
		final ImagePlus labels = LabelSource.paint(rois, named, "", image, "labels", r -> {}).image();
		final List<Roi> again = LabelRois.of(labels, true, Monitor.NONE);
		assertEquals(rois.stream().map(LabelRoisTest::text).sorted().toList(), again.stream().map(LabelRoisTest::text).sorted()
			.toList());
		assertEquals(named.names(), RoiClasses.of(again, By.GROUP).names());
		assertEquals(Color.GREEN, RoiClasses.of(again, By.GROUP).classes().get(0).colour());
	}

	@Test
	void filesOfLabelsKeepTheNamesAndColoursOfClasses(@TempDir final Path folder) {
		final List<Roi> rois = new ArrayList<>();
		for (final String name : List.of("Zelle \u00e4\u65e5", "background", "nucleus"))
			rois.add(drawn(new Roi(5 * rois.size(), 3, 4, 4), name + " 1", 0, Color.PINK));
		final LabelSource source = LabelSource.paint(rois, RoiClasses.of(rois, By.NAME), "rest", new ImagePlus("image",
			new ByteProcessor(W, H)), "labels", r -> {});
		IJ.saveAsTiff(source.image(), folder.resolve("labels.tif").toString());
		final ImagePlus read = IJ.openImage(folder.resolve("labels.tif").toString());
		assertEquals(Map.of(0L, "rest", 1L, "Zelle", 2L, "background", 3L, "nucleus"), LabelClasses.names(read));
		assertEquals(source.names(), LabelClasses.names(read));
		assertEquals(Color.PINK, LabelClasses.of(read, 2, LabelClasses.names(read)).colour());
		assertEquals(Color.BLACK, new Color(read.getProcessor().getLut().getRGB(0)));
	}

	@Test
	void masksAreLabels() {
		final ByteProcessor mask = new ByteProcessor(W, H);
		mask.setColor(255);
		mask.fill(new OvalRoi(3, 3, 8, 8));
		mask.fill(new Roi(20, 3, 5, 5));
		final ImagePlus image = new ImagePlus("mask", mask);
		assertEquals(2, LabelRois.of(image, true, Monitor.NONE).size());
		final List<Roi> one = LabelRois.of(image, false, Monitor.NONE);
		assertEquals(1, one.size());
		assertEquals(255, one.get(0).getGroup());
		assertArrayEquals(mask.getIntArray(), painted(image, one).getProcessor().getIntArray());
	}

	@Test
	void whatIsNoLabelImageIsRefused() {
		final ImageProcessor plane = new ByteProcessor(W, H).convertToFloat();
		plane.setf(3, 0.5f);
		assertTrue(message(new ImagePlus("p", plane)).contains("has the value 0.5"));
		plane.setf(3, -1);
		assertTrue(message(new ImagePlus("p", plane)).contains("whole numbers from 0 to 65535"));
		assertTrue(message(new ImagePlus("p", new ColorProcessor(W, H))).contains("has colours or several channels"));
		assertTrue(message(IJ.createHyperStack("p", W, H, 2, 1, 1, 8)).contains("several channels"));
	}

	private static String message(final ImagePlus labels) {
		return assertThrows(IllegalArgumentException.class, () -> LabelRois.of(labels, true, Monitor.NONE)).getMessage();
	}
}
